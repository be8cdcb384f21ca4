"""Listings that somebody is still writing are theirs alone, and lose no step."""

from datetime import timedelta
from uuid import UUID

from finder.accounts import queries as accounts_queries
from finder.organise.wizard import queries as wizard_queries
from finder.platform.db.database import Database
from tests.support.examples import TUESDAY_NOON as NOW


def test_steps_are_kept_beside_each_other(database: Database) -> None:
    with database.writing() as db:
        anna = accounts_queries.id_for(db, "anna@example.org", NOW)
        made = wizard_queries.add(db, anna, NOW, {"where": {"postcode": ["EH6 7BS"]}})
        wizard_queries.keep(
            db, anna, made, "what", {"name": ["Sängs <b>"]}, NOW + timedelta(hours=1)
        )
        db.commit()

        found = wizard_queries.one(db, anna, made)

    assert found is not None
    assert found.typed == {"where": {"postcode": ["EH6 7BS"]}, "what": {"name": ["Sängs <b>"]}}
    assert found.updated_at == NOW + timedelta(hours=1)


def test_somebody_else_can_neither_read_nor_write_nor_remove_it(database: Database) -> None:
    with database.writing() as db:
        anna, ben = (accounts_queries.id_for(db, f"{n}@example.org", NOW) for n in ("anna", "ben"))
        made = wizard_queries.add(db, anna, NOW)

        assert wizard_queries.one(db, ben, made) is None
        assert wizard_queries.keep(db, ben, made, "what", {}, NOW) is None
        assert wizard_queries.remove(db, ben, made) == 0
        assert wizard_queries.one(db, anna, UUID(int=5)) is None
        assert wizard_queries.remove(db, anna, made) == 1


def test_the_one_written_last_is_first(database: Database) -> None:
    with database.writing() as db:
        anna = accounts_queries.id_for(db, "anna@example.org", NOW)
        made = [wizard_queries.add(db, anna, NOW + timedelta(minutes=n)) for n in range(3)]
        wizard_queries.keep(db, anna, made[0], "what", {}, NOW + timedelta(days=1))

        assert [one.id for one in wizard_queries.of_account(db, anna)] == [
            made[0],
            made[2],
            made[1],
        ]
