"""One address, one account."""

from sqlmodel import select

from finder.accounts import queries as accounts_queries
from finder.accounts.tables import ModeratorRow
from finder.platform.db.database import Database
from tests.support.review_parts import NOW


def test_an_address_that_proves_itself_twice_has_one_account(database: Database) -> None:
    with database.writing() as db:
        first = accounts_queries.id_for(db, "parent@example.org", NOW)

        assert accounts_queries.id_for(db, "parent@example.org", NOW) == first
        assert accounts_queries.id_for(db, "other@example.org", NOW) != first


def test_an_account_is_made_a_moderator_once(database: Database) -> None:
    with database.writing() as db:
        account_id = accounts_queries.id_for(db, "parent@example.org", NOW)

        for _ in range(2):
            accounts_queries.add_moderator(db, account_id, NOW)

        assert len(db.exec(select(ModeratorRow)).all()) == 1
