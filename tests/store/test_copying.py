"""Every table, compared: what one engine keeps in another way is the same to us."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
import sqlalchemy as sa

from finder.domain.was_it_on import FoundOn, OnAnswer
from finder.store import copying, was_it_on
from finder.store.database import Database
from finder.store.group_page import page
from finder.store.tables import NAMES
from tests.support.examples import NO_TERMS, SONGS, TUESDAY_NOON, keep


def test_the_same_group_has_the_same_fingerprints_on_both_engines(
    sqlite_database: Database, postgresql_database: Database
) -> None:
    for database in (sqlite_database, postgresql_database):
        with database.writing() as db:
            keep(db, SONGS)
    tables = [NAMES.tables[name] for name in ("sessions", "steps", "group_facts")]

    found = [
        [
            [tuple(row)[1:] for batch in copying.batches(connection, table) for row in batch]
            for table in tables
        ]
        for database in (sqlite_database, postgresql_database)
        for connection in [database.engine.connect()]
    ]

    assert found[0] == found[1]
    assert any(found[0])


def test_answers_whether_a_group_was_on_are_carried_over(
    sqlite_database: Database, postgresql_database: Database
) -> None:
    answer = OnAnswer(date(2026, 11, 17), False)
    with sqlite_database.writing() as db:
        [saved] = keep(db, SONGS)
        for _ in range(2):
            was_it_on.add(db, saved.public_id, answer)
        db.commit()

    with (
        sqlite_database.engine.connect() as reading,
        postgresql_database.engine.begin() as writing,
    ):
        copied = copying.copy_all(reading, writing, lambda done, of: None)

    assert {one.table: one.rows for one in copied}["was_it_on"] == 1
    with postgresql_database.open() as db:
        found = page(db, saved.public_id, TUESDAY_NOON, NO_TERMS)
    assert found is not None
    assert found.found_on == (FoundOn(answer.on, 0, 2),)


def test_a_fingerprint_tells_every_kind_of_value_apart() -> None:
    rows = [
        (1, None),
        ("1", None),
        (1, ""),
        (UUID(int=1), None),
        (date(2026, 11, 24), None),
        (datetime(2026, 11, 24, tzinfo=UTC), None),
        (time(10), None),
        (True, None),
    ]

    assert len({copying.fingerprint(row) for row in rows}) == len(rows)  # type: ignore[arg-type]


def test_a_checksum_sees_one_changed_letter_and_not_the_order(database: Database) -> None:
    organisers = NAMES.tables["organisers"]
    with database.engine.connect() as connection:
        rows = [{"id": UUID(int=n), "name": f"Trust {n}"} for n in range(3)]
        connection.execute(sa.insert(organisers), rows)
        before = copying.checksum(connection, organisers)
        connection.execute(sa.delete(organisers))
        connection.execute(sa.insert(organisers), rows[::-1])
        again = copying.checksum(connection, organisers)
        connection.execute(
            sa.update(organisers).where(organisers.c.id == UUID(int=1)), {"name": "x"}
        )
        changed = copying.checksum(connection, organisers)

    assert before == again
    assert changed != before
    assert changed[0] == before[0] == 3


def test_no_table_points_at_itself_since_its_rows_have_no_safe_order_then() -> None:
    own = [
        table.name
        for table in NAMES.sorted_tables
        for key in table.foreign_keys
        if key.column.table is table
    ]

    assert own == []


def test_sequences_go_on_after_the_highest_number(postgresql_database: Database) -> None:
    learned = NAMES.tables["learned_tables"]
    asked = sa.text("SELECT nextval(pg_get_serial_sequence('learned_tables', 'id'))")
    with postgresql_database.engine.connect() as connection:
        connection.execute(
            sa.insert(learned),
            {"id": 1, "tables": "{}", "groups": 0, "learned_at": datetime(2026, 11, 1, tzinfo=UTC)},
        )
        copying.set_sequences(connection)

        assert connection.execute(asked).scalar() == 2


def test_tables_that_are_not_ours_are_named(database: Database) -> None:
    assert copying.unknown_tables(database) == set()
    with database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE strangers (id INTEGER)")

    assert copying.unknown_tables(database) == {"strangers"}


def test_an_empty_database_has_nothing_filled(database: Database) -> None:
    assert copying.first_filled(database) is None
    with database.writing() as db:
        keep(db, SONGS)

    assert copying.first_filled(database) is not None


def test_a_row_that_the_other_side_changed_is_noticed(
    sqlite_database: Database, postgresql_database: Database
) -> None:
    with sqlite_database.writing() as db:
        keep(db, SONGS)
    with postgresql_database.engine.begin() as connection:
        for sql in (
            "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS"
            " $$BEGIN NEW.door = 'elsewhere'; RETURN NEW; END$$",
            "CREATE TRIGGER spoiled BEFORE INSERT ON groups FOR EACH ROW EXECUTE FUNCTION spoil()",
        ):
            connection.exec_driver_sql(sql)
    try:
        with (
            sqlite_database.engine.connect() as reading,
            postgresql_database.engine.connect() as writing,
            pytest.raises(copying.NotCopied, match="groups"),
        ):
            copying.copy_all(reading, writing, lambda done, of: None)
    finally:
        with postgresql_database.engine.begin() as connection:
            connection.exec_driver_sql("DROP FUNCTION spoil CASCADE")
