"""An instant is the same instant when it comes back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from finder.platform.db.database import Database, Instant

PARIS = datetime(2026, 7, 1, 12, 30, tzinfo=timezone(timedelta(hours=2)))


def test_an_instant_comes_back_in_utc(database: Database) -> None:
    table = sa.Table("moments", sa.MetaData(), sa.Column("at", Instant()))
    with database.engine.begin() as connection:
        table.create(connection)
        connection.execute(sa.insert(table), [{"at": PARIS}, {"at": None}])

        kept = set(connection.execute(sa.select(table.c.at)).scalars())

    assert kept == {PARIS, None}
    assert {at.tzinfo for at in kept if at} == {UTC}


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Instant().process_bind_param(datetime(2026, 7, 1), None)  # noqa: DTZ001
