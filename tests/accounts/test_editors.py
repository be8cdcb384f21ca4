"""What is not an account's own is not found through it."""

from datetime import timedelta
from uuid import UUID

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.listings.drafts import all_drafts
from finder.listings.tables import OrganiserRow
from finder.platform.db.database import Database, Db
from tests.support.review_parts import NOW, add_group

WEEK = timedelta(days=7)


def organiser(db: Db, name: str) -> UUID:
    row = OrganiserRow(name=name)
    db.add(row)
    db.flush()
    return row.id


def test_an_organiser_is_found_through_its_editors_only(database: Database) -> None:
    with database.writing() as db:
        anna, ben = (accounts_queries.id_for(db, f"{n}@example.org", NOW) for n in ("anna", "ben"))
        hill, harbour = organiser(db, "Hill Library"), organiser(db, "Harbour Church")
        for _ in range(2):
            editors.add(db, hill, anna, NOW)
        editors.add(db, harbour, anna, NOW)
        editors.add(db, harbour, ben, NOW + WEEK)

        assert [one.name for one in editors.organisers_of(db, anna)] == [
            "Harbour Church",
            "Hill Library",
        ]
        assert editors.own_organiser(db, ben, hill) is None
        assert editors.own_organiser(db, anna, UUID(int=7)) is None
        assert [email for _, email in editors.emails_of(db, harbour)] == [
            "anna@example.org",
            "ben@example.org",
        ]
        assert editors.remove(db, harbour, ben) == 1
        assert editors.own_organiser(db, ben, harbour) is None


def test_listings_are_counted(database: Database) -> None:
    with database.writing() as db:
        anna = accounts_queries.id_for(db, "anna@example.org", NOW)
        for ref in ("one", "two"):
            add_group(db, ref)
        name = next(draft.organiser for _, draft in all_drafts(db))
        own = db.connection().exec_driver_sql("SELECT id FROM organisers").scalar_one()
        editors.add(db, own if isinstance(own, UUID) else UUID(own), anna, NOW)

        (found,) = editors.organisers_of(db, anna)

        assert (found.name, found.listings) == (name, 2)


def test_an_invitation_is_used_once_and_forgotten_in_time(database: Database) -> None:
    with database.writing() as db:
        anna, hill = (
            accounts_queries.id_for(db, "anna@example.org", NOW),
            organiser(db, "Hill Library"),
        )
        editors.add(db, hill, anna, NOW)
        editors.add_invitation(db, hill, anna, "ben@example.org", "hash", NOW)

        assert editors.count_invitations(db, hill, NOW - WEEK) == 1
        found = editors.good_invitation(db, "hash", NOW)
        assert found is not None
        assert (found.organiser, found.email) == ("Hill Library", "ben@example.org")
        assert [editors.use_up(db, found.id, NOW) for _ in range(2)] == [1, 0]
        assert editors.good_invitation(db, "hash", NOW) is None
        assert [editors.forget_invitations(db, NOW + n * WEEK) for n in (0, 1)] == [0, 1]
