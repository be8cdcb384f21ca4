"""Listings that somebody is still writing are theirs alone, and lose no step."""

from datetime import timedelta
from uuid import UUID

from finder.store import accounts, unfinished
from finder.store.database import Database
from tests.support.examples import TUESDAY_NOON as NOW


def test_steps_are_kept_beside_each_other(database: Database) -> None:
    with database.writing() as db:
        anna = accounts.id_for(db, "anna@example.org", NOW)
        made = unfinished.add(db, anna, NOW, {"where": {"postcode": ["EH6 7BS"]}})
        unfinished.keep(db, anna, made, "what", {"name": ["Sängs <b>"]}, NOW + timedelta(hours=1))
        db.commit()

        found = unfinished.one(db, anna, made)

    assert found is not None
    assert found.typed == {"where": {"postcode": ["EH6 7BS"]}, "what": {"name": ["Sängs <b>"]}}
    assert found.updated_at == NOW + timedelta(hours=1)


def test_somebody_else_can_neither_read_nor_write_nor_remove_it(database: Database) -> None:
    with database.writing() as db:
        anna, ben = (accounts.id_for(db, f"{n}@example.org", NOW) for n in ("anna", "ben"))
        made = unfinished.add(db, anna, NOW)

        assert unfinished.one(db, ben, made) is None
        assert unfinished.keep(db, ben, made, "what", {}, NOW) is None
        assert unfinished.remove(db, ben, made) == 0
        assert unfinished.one(db, anna, UUID(int=5)) is None
        assert unfinished.remove(db, anna, made) == 1


def test_the_one_written_last_is_first(database: Database) -> None:
    with database.writing() as db:
        anna = accounts.id_for(db, "anna@example.org", NOW)
        made = [unfinished.add(db, anna, NOW + timedelta(minutes=n)) for n in range(3)]
        unfinished.keep(db, anna, made[0], "what", {}, NOW + timedelta(days=1))

        assert [one.id for one in unfinished.of_account(db, anna)] == [made[0], made[2], made[1]]
