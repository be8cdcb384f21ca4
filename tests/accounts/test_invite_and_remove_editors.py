"""An organiser’s editors invite others, and remove them; the last one stays."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.accounts import service as accounts_service
from finder.accounts.tables import NoInvitationsRow
from finder.domain.refused import NoSuchLink, Refused
from finder.listings.tables import OrganiserRow
from finder.platform.db.database import Database, Db
from tests.support.review_parts import NOW, SITE, add_group, mails
from tests.support.sign_in_parts import sign_in, tokens, who

ANNA = "anna@example.org"
BEN = "ben@example.org"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


def organiser(db: Db, *emails: str, name: str = "Hill Library") -> UUID:
    row = OrganiserRow(name=name)
    db.add(row)
    db.flush()
    for email in emails:
        editors.add(db, row.id, accounts_queries.id_for(db, email, NOW), NOW)
    db.commit()
    return row.id


def test_an_invitation_makes_an_editor_of_whom_it_was_sent_to(db: Db) -> None:
    anna, ben = (who(db, sign_in(db, email)).account for email in (ANNA, BEN))
    hill = organiser(db, ANNA)
    accounts_service.invite(db, anna, hill, "Ben@example.org", SITE, NOW)
    (token,) = tokens(db, BEN, "invitations")

    with pytest.raises(accounts_service.NotYours):
        accounts_service.own_organiser(db, ben.id, hill)
    with pytest.raises(NoSuchLink):
        accounts_service.accept_invitation(db, anna, token, NOW)
    assert accounts_service.accept_invitation(db, ben, token, NOW).organiser == "Hill Library"

    assert accounts_service.own_organiser(db, ben.id, hill).name == "Hill Library"
    with pytest.raises(NoSuchLink):
        accounts_service.accept_invitation(db, ben, token, NOW)


def test_an_invitation_ends_after_seven_days_and_with_its_senders_right(db: Db) -> None:
    anna, ben = (who(db, sign_in(db, email)).account for email in (ANNA, BEN))
    hill = organiser(db, ANNA)
    accounts_service.invite(db, anna, hill, BEN, SITE, NOW)
    (token,) = tokens(db, BEN, "invitations")

    assert accounts_service.find_invitation(db, token, NOW + 7 * DAY - MINUTE).email == BEN
    with pytest.raises(NoSuchLink):
        accounts_service.accept_invitation(db, ben, token, NOW + 7 * DAY)
    editors.remove(db, hill, anna.id)
    db.commit()
    with pytest.raises(NoSuchLink):
        accounts_service.accept_invitation(db, ben, token, NOW)


def test_nobody_invites_to_what_is_not_theirs_or_without_end(db: Db) -> None:
    anna, ben = (who(db, sign_in(db, email)).account for email in (ANNA, BEN))
    hill = organiser(db, ANNA)

    with pytest.raises(accounts_service.NotYours):
        accounts_service.invite(db, ben, hill, BEN, SITE, NOW)
    for number in range(accounts_service.MOST_OPEN_INVITATIONS):
        accounts_service.invite(db, anna, hill, f"p{number}@example.org", SITE, NOW)
    with pytest.raises(Refused, match="not answered"):
        accounts_service.invite(db, anna, hill, BEN, SITE, NOW)


def test_taking_invitations_back_makes_no_relay_of_us(db: Db) -> None:
    anna = who(db, sign_in(db, ANNA)).account
    hill = organiser(db, ANNA)
    for number in range(accounts_service.MOST_INVITATIONS_A_DAY):
        accounts_service.invite(db, anna, hill, f"p{number}@example.org", SITE, NOW)
        (one,) = accounts_service.editors_of(db, anna.id, hill, NOW).invitations
        accounts_service.take_invitation_back(db, anna.id, hill, one.id)

    with pytest.raises(Refused, match="tomorrow"):
        accounts_service.invite(db, anna, hill, BEN, SITE, NOW)


def test_a_mailbox_is_invited_once_a_week_whoever_asks(db: Db) -> None:
    anna, ben = (who(db, sign_in(db, email)).account for email in (ANNA, BEN))
    hill, quay = organiser(db, ANNA), organiser(db, BEN, name="Quay Hall")
    accounts_service.invite(db, anna, hill, "cleo@gmail.com", SITE, NOW)

    with pytest.raises(Refused, match="next week"):
        accounts_service.invite(db, ben, quay, "c.leo+x@gmail.com", SITE, NOW + 6 * DAY)
    accounts_service.invite(db, ben, quay, "cleo@gmail.com", SITE, NOW + 7 * DAY)


def test_a_letter_names_only_an_organiser_that_the_site_has_accepted(db: Db) -> None:
    anna = who(db, sign_in(db, ANNA)).account
    hill = organiser(db, ANNA, name="Buy cheap pills")
    accounts_service.invite(db, anna, hill, BEN, SITE, NOW)
    add_group(db, organiser="Buy cheap pills")
    accounts_service.invite(db, anna, hill, "cleo@example.org", SITE, NOW)

    first, second = (mail.body for mail in mails(db) if "no-invitations" in mail.body)

    assert "Buy cheap pills" not in first
    assert "Buy cheap pills" in second


def test_who_stops_invitations_gets_none_and_only_a_mark_is_kept(db: Db) -> None:
    anna = who(db, sign_in(db, ANNA)).account
    hill = organiser(db, ANNA)
    accounts_service.invite(db, anna, hill, BEN, SITE, NOW, "secret")
    (link,) = tokens(db, BEN, "no-invitations")

    with pytest.raises(NoSuchLink):
        accounts_service.stop_invitations(db, "another secret", link, NOW)
    accounts_service.stop_invitations(db, "secret", link, NOW)
    accounts_service.stop_invitations(db, "secret", link, NOW)

    with pytest.raises(Refused, match="wants no invitations"):
        accounts_service.invite(db, anna, hill, "ben+2@example.org", SITE, NOW + 8 * DAY)
    (row,) = db.exec(select(NoInvitationsRow)).all()
    assert "ben" not in str(row.model_dump())
    assert "ben" not in link


def test_an_editor_is_removed_at_once_but_never_the_last(db: Db) -> None:
    hill = organiser(db, ANNA, BEN)
    anna, ben = (accounts_queries.id_for(db, email, NOW) for email in (ANNA, BEN))

    accounts_service.remove_editor(db, anna, hill, ben)

    assert accounts_service.organisers_of(db, ben) == ()
    with pytest.raises(Refused):
        accounts_service.remove_editor(db, anna, hill, anna)
    page = accounts_service.editors_of(db, anna, hill, NOW)
    assert [one.email for one in page.editors] == [ANNA]


def test_of_two_who_remove_each_other_at_one_moment_one_stays(database: Database) -> None:
    with database.writing() as db:
        hill = organiser(db, ANNA, BEN)
        ids = [accounts_queries.id_for(db, email, NOW) for email in (ANNA, BEN)]
        db.commit()
    gate = threading.Barrier(2)

    def remove(who: UUID, whom: UUID) -> None:
        with database.writing() as own:
            gate.wait()
            try:
                accounts_service.remove_editor(own, who, hill, whom)
            except (Refused, accounts_service.NotYours):
                own.rollback()

    threads = [threading.Thread(target=remove, args=pair) for pair in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.session() as db:
        assert len(editors.emails_of(db, hill)) == 1


def test_an_invitation_that_was_taken_back_lets_nobody_in(db: Db) -> None:
    hill = organiser(db, ANNA)
    anna = who(db, sign_in(db, ANNA)).account
    accounts_service.invite(db, anna, hill, BEN, SITE, NOW)
    (token,) = tokens(db, BEN, "invitations")
    (waiting,) = accounts_service.editors_of(db, anna.id, hill, NOW).invitations
    assert waiting.email == BEN

    accounts_service.take_invitation_back(db, anna.id, hill, waiting.id)

    assert accounts_service.editors_of(db, anna.id, hill, NOW).invitations == ()
    with pytest.raises(NoSuchLink):
        accounts_service.find_invitation(db, token, NOW)


def test_nobody_sees_or_changes_the_editors_of_another_organiser(db: Db) -> None:
    hill, harbour = organiser(db, ANNA), organiser(db, BEN, name="Harbour Trust")
    ben = who(db, sign_in(db, BEN)).account
    anna = who(db, sign_in(db, ANNA)).account
    accounts_service.invite(db, anna, hill, "carol@example.org", SITE, NOW)
    (waiting,) = accounts_service.editors_of(db, anna.id, hill, NOW).invitations

    for errand in (
        lambda: accounts_service.editors_of(db, ben.id, hill, NOW),
        lambda: accounts_service.remove_editor(db, ben.id, hill, anna.id),
        lambda: accounts_service.take_invitation_back(db, ben.id, hill, waiting.id),
        lambda: accounts_service.editors_of(db, ben.id, UUID(int=7), NOW),
    ):
        with pytest.raises(accounts_service.NotYours):
            errand()
    accounts_service.take_invitation_back(db, ben.id, harbour, waiting.id)

    assert len(accounts_service.editors_of(db, anna.id, hill, NOW).invitations) == 1
    assert [email for _, email in editors.emails_of(db, hill)] == [ANNA]
