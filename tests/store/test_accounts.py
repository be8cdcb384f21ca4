"""One address, one account."""

from finder.store import accounts
from finder.store.database import Database
from tests.review_parts import NOW


def test_an_address_that_proves_itself_twice_has_one_account(database: Database) -> None:
    with database.writing() as db:
        first = accounts.id_for(db, "parent@example.org", NOW)

        assert accounts.id_for(db, "parent@example.org", NOW) == first
        assert accounts.id_for(db, "other@example.org", NOW) != first
