"""How the command line speaks: settings read or refused in a plain sentence, and the end with 1."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from pydantic import ValidationError

from finder.settings import PREFIX, Settings, UnknownSetting
from finder.store import migrating
from finder.store.database import Database, Db


def fail(message: str) -> NoReturn:
    """Say what is wrong on stderr and end with 1."""
    click.echo(message, err=True)
    sys.exit(1)


def settings() -> Settings:
    """The settings, or a plain sentence about the one that is wrong."""
    try:
        return Settings()
    except UnknownSetting as error:
        fail(str(error))
    except ValidationError as error:
        fail("\n".join(map(_said, error.errors())))


@contextmanager
def opened(its: Settings) -> Iterator[Db]:
    """A session on a database whose tables are those of this release."""
    database = Database(its.database)
    if not migrating.is_up_to_date(database):
        fail("The database is not of this release. Run: finder db upgrade")
    with database.writing() as db:
        yield db
    database.close()


def _said(error: Any) -> str:
    """One wrong setting, by its name; never what it was set to, which may be a password."""
    words = str(error["msg"]).removeprefix("Value error, ")
    named = "".join(str(part) for part in error["loc"])
    return f"{PREFIX}{named.upper()}: {words}" if named else words
