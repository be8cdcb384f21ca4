"""Who is asked to look after listings can stop such letters with one button."""

from finder.accounts.rules import NO_INVITATIONS
from finder.accounts.tables import NoInvitationsRow
from finder.platform.emails import mailbox
from finder.platform.tokens import email_mark, sealed
from tests.support.page_client import PageClient
from tests.support.sign_in_site import Site

MARK = email_mark(mailbox("ben@example.org"))


def test_a_look_stops_nothing_and_the_button_stops_them_for_good(
    pages: PageClient, site: Site
) -> None:
    address = f"/no-invitations/{sealed(str(site.app.secret_key), NO_INVITATIONS.key, MARK)}"

    asked = pages.get(address)
    with site.app.extensions["quiet_corner"].database.session() as db:
        assert db.get(NoInvitationsRow, MARK) is None
    token = asked.values("input[name=csrf_token]", "value")[0]
    done = pages.client.post(address, data={"csrf_token": token})

    assert asked.one("h1") == "Stop invitations"
    assert "You get no more invitations" in done.text
    with site.app.extensions["quiet_corner"].database.session() as db:
        assert db.get(NoInvitationsRow, MARK) is not None


def test_a_link_that_nobody_sent_stops_nothing(pages: PageClient) -> None:
    assert pages.get("/no-invitations/made-up", status=404).one("h1")
