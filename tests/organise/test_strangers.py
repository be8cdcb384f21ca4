"""Nobody reads, changes or learns of what is not theirs, at any address of organisers."""

from datetime import date
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import sqlalchemy as sa
from werkzeug.routing import Rule

from finder.accounts import rules as accounts_rules
from finder.accounts import service as accounts_service
from finder.organise.upkeep import service as upkeep_service
from finder.platform.db.rows import NAMES
from finder.platform.web.request import Parts
from finder.spreadsheets.uploads import queries as uploads_queries
from tests.support.organise_parts import listing
from tests.support.organise_site import Desk
from tests.support.review_parts import NOW, SITE, TODAY
from tests.support.upload_parts import file_of, hers

# What these say of nobody's listings, they say of one's own: tested one by one below.
OPEN_TO_ALL = {
    *("organise.home", "organise.check", "organise_export.export"),
    *("organise_upload.ask", "organise_upload.send", "organise_upload.template"),
    *("organise_claim.ask", "organise_claim.claim"),
}
BLUEPRINTS = {
    *("organise", "organise_dates", "organise_page", "organise_editors", "organise_upload"),
    "organise_claim",
}
PEOPLE = ["nobody", "carol", "ben"]
NOT_KEPT = {"sign_ins", "sign_in_links", "outbox", "accounts"}


class Hers:
    """Anna's listing, with a date cancelled, an invitation, and a checked file."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        calendars = self.wired.calendars
        day = date(2026, 12, 1)
        upkeep_service.cancel_dates(
            desk.db, calendars, desk.anna_id, desk.songs, day, day, "", TODAY, NOW
        )
        anna = accounts_rules.Account(desk.anna_id, "anna@example.org", is_moderator=False)
        accounts_service.invite(desk.db, anna, desk.hill, "dora@example.org", SITE, NOW)
        page = accounts_service.editors_of(desk.db, desk.anna_id, desk.hill, NOW)
        upload = uploads_queries.add(desk.db, desk.anna_id, file_of(hers("secret")), NOW)
        desk.db.commit()
        desk.work()
        self.ids: dict[str, UUID] = {
            "public_id": desk.songs,
            "organiser_id": desk.hill,
            "account_id": desk.anna_id,
            "invitation_id": page.invitations[0].id,
            "upload_id": upload,
        }
        self.typed: dict[str, str] = {
            "wish": "pause",
            "listing": str(desk.songs),
            "first": "2026-12-08",
            "last": "",
            "note": "Taken over",
            "on": day.isoformat(),
            "starts": "10:00:00",
            "email": "eve@example.org",
        }

    @property
    def wired(self) -> Parts:
        wired: Parts = self.desk.app.extensions["quiet_corner"]
        return wired

    def kept(self) -> dict[str, list[tuple[object, ...]]]:
        """All that the database holds, but for who is signed in."""
        with self.desk.database.engine.connect() as connection:
            return {
                table.name: sorted(map(repr, connection.execute(sa.select(table))))
                for table in NAMES.sorted_tables
                if table.name not in NOT_KEPT
            }

    def address(self, rule: Rule) -> str:
        return self.desk.app.url_map.bind("").build(
            rule.endpoint, {name: self.ids[name] for name in rule.arguments}
        )


@pytest.fixture
def there(desk: Desk) -> Hers:
    return Hers(desk)


def rules(there: Hers) -> list[tuple[Rule, str]]:
    found = [
        (rule, method)
        for rule in there.desk.app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in BLUEPRINTS
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    assert {rule.endpoint.split(".")[0] for rule, _ in found} == BLUEPRINTS
    return found


@pytest.mark.parametrize("name", PEOPLE)
def test_no_address_gives_a_stranger_anything_of_hers(there: Hers, name: str) -> None:
    person = getattr(there.desk, name)
    token = "" if name == "nobody" else person.token()
    before = there.kept()
    tried = 0

    for rule, method in rules(there):
        if name != "nobody" and rule.endpoint in OPEN_TO_ALL:
            continue
        sent = {"csrf_token": token, **there.typed} if method == "POST" else None
        answer = person.browser.client.open(there.address(rule), method=method, data=sent)
        where = urlsplit(answer.headers.get("Location", "")).path
        expected = (303, "/sign-in") if name == "nobody" else (404, "")
        assert (answer.status_code, where) == expected, f"{method} {rule.rule}"
        assert "Hill Library" not in answer.text
        tried += 1

    assert tried >= 13
    assert there.kept() == before


def test_the_same_addresses_answer_their_editor(there: Hers) -> None:
    for rule, method in rules(there):
        if method == "GET":
            answer = there.desk.anna.browser.client.get(there.address(rule))
            assert answer.status_code == 200, rule.rule


@pytest.mark.parametrize("name", ["carol", "ben"])
def test_a_stranger_s_own_pages_hold_nothing_of_hers(there: Hers, name: str) -> None:
    listing(there.desk.db, "songs", organiser="Harbour Trust")
    client = getattr(there.desk, name).browser.client
    before = there.kept()

    for address in ("/organise/", "/organise/listings.csv"):
        assert "Hill Library" not in client.get(address).text
    token = getattr(there.desk, name).token()
    sent = {"csrf_token": token, "listing": str(there.desk.songs)}
    assert client.post("/organise/check", data=sent).status_code == 404

    assert there.kept() == before


@pytest.mark.parametrize("name", ["carol", "ben"])
def test_a_stranger_s_file_changes_nothing_of_hers(there: Hers, name: str) -> None:
    person = getattr(there.desk, name)
    before = there.kept() | {"uploads": []}

    page = person.press("/organise/upload/", file=file_of(hers("songs")))
    (address,) = set(page.values("p[role=status] + p a", "href"))
    there.desk.work()
    assert "error" in person.get(address).one("h1")
    person.press(address)
    there.desk.work()

    assert there.kept() | {"uploads": []} == before
    there.desk.anna.get(address, 404)


def test_an_id_that_never_was_is_answered_as_another_s(there: Hers) -> None:
    client = there.desk.ben.browser.client
    theirs = client.get(f"/organise/listings/{there.desk.songs}/dates")
    nobodys = client.get(f"/organise/listings/{UUID(int=7)}/dates")

    assert (theirs.status_code, theirs.text.split("<main")[1].split("Quote")[0]) == (
        nobodys.status_code,
        nobodys.text.split("<main")[1].split("Quote")[0],
    )
