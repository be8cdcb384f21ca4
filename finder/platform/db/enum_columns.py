"""The type of an enum's column in a migration."""

import sqlalchemy as sa


def named_words(name: str, values: str, length: int = 32) -> sa.Enum:
    """Like `database.words`, for a migration: its column must not change with an enum of ours.

    name: of the enum's class, in lower case, after which the CHECK is named. values: separated by
    blanks.
    """
    return sa.Enum(
        *values.split(), name=name, native_enum=False, create_constraint=True, length=length
    )
