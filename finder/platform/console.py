"""What every command shares: messages, settings and the database."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import NoReturn

import click
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from finder.platform.db import migrate
from finder.platform.db.database import Database, Db
from finder.settings import PREFIX, Settings, UnknownSetting


def fail(message: str) -> NoReturn:
    """Say what is wrong on stderr and end with 1."""
    click.echo(message, err=True)
    sys.exit(1)


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, a plain line otherwise. Give it (done, of how many)."""
    with click.progressbar(length=1, label=label) as shown:

        def progress(done: int, of: int) -> None:
            shown.length = of
            shown.update(done - shown.pos)

        yield progress


def settings() -> Settings:
    """The settings, or a plain sentence about the one that is wrong."""
    try:
        return Settings()
    except UnknownSetting as error:
        fail(str(error))
    except ValidationError as error:
        fail("\n".join(map(_in_words, error.errors())))


def _in_words(error: ErrorDetails) -> str:
    """One wrong setting, by its name; never what it was set to, which may be a password."""
    words = error["msg"].removeprefix("Value error, ")
    named = "".join(str(part) for part in error["loc"])
    return f"{PREFIX}{named.upper()}: {words}" if named else words


@contextmanager
def open_database(config: Settings) -> Iterator[Db]:
    """A session on a database whose tables are those of this release."""
    with closing(Database(config.database)) as database:
        if not migrate.is_up_to_date(database):
            fail("The database is not of this release. Run: finder db upgrade")
        with database.writing() as db:
            yield db
