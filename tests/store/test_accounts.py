"""One address, one account."""

from sqlmodel import select

from finder.store import accounts
from finder.store.database import Database
from finder.store.tables_organise import ModeratorRow
from tests.support.review_parts import NOW


def test_an_address_that_proves_itself_twice_has_one_account(database: Database) -> None:
    with database.writing() as db:
        first = accounts.id_for(db, "parent@example.org", NOW)

        assert accounts.id_for(db, "parent@example.org", NOW) == first
        assert accounts.id_for(db, "other@example.org", NOW) != first


def test_an_account_is_made_a_moderator_once(database: Database) -> None:
    with database.writing() as db:
        account_id = accounts.id_for(db, "parent@example.org", NOW)

        for _ in range(2):
            accounts.add_moderator(db, account_id, NOW)

        assert len(db.exec(select(ModeratorRow)).all()) == 1
