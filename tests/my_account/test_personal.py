"""Every column that says whose something is, has a line in the list of what is forgotten."""

from finder.my_account import personal
from finder.platform.db import migrate
from finder.platform.db.rows import NAMES

assert migrate, "its tables are those of the whole site"


def test_no_table_that_holds_a_person_is_left_out() -> None:
    holds = {
        f"{table.name}.{column.name}"
        for table in NAMES.sorted_tables
        for column in table.columns
        if ("email" in column.name.removesuffix("_mark") and not column.name.endswith("_mark"))
        or column.name == "recipient"
        or any(key.column.table.name == "accounts" for key in column.foreign_keys)
    }

    assert holds == set(personal.OF_A_PERSON)


OPEN_KEYS = {"dedupe_key", "locality_key"}
"""Keys that open nothing: of mail that is sent once, and of an area's name."""


def test_no_secret_is_handed_over() -> None:
    secrets = {
        column.name
        for table in NAMES.sorted_tables
        for column in table.columns
        if column.name.endswith(("_hash", "_mark", "_key")) and column.name not in OPEN_KEYS
    }

    assert secrets == personal.SECRETS
