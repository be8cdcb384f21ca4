"""Column types of our own: enums stored by value, and instants in UTC."""

from datetime import UTC, datetime
from enum import Enum

import sqlalchemy as sa


def words(kind: type[Enum]) -> sa.Enum:
    """A column type that stores an enum by its value, guarded by a CHECK."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        values_callable=lambda members: [m.value for m in members],
        name=kind.__name__.lower(),
        length=32,
    )


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware datetime, given back in UTC, since SQLite stores no time zone.

    ValueError for a naive datetime: nobody could say when it is.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """The same instant in UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """The instant that was stored."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def named_words(name: str, values: str, length: int = 32) -> sa.Enum:
    """The same for a migration, which must not change when an enum of ours does.

    name: of the enum's class, in lower case, after which the CHECK is named. values: separated by
    blanks.
    """
    return sa.Enum(
        *values.split(), name=name, native_enum=False, create_constraint=True, length=length
    )
