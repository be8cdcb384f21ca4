"""`finder copy-database`: a whole site from one database to another, SQLite or PostgreSQL."""

from contextlib import closing
from pathlib import Path

import click
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from finder.commands.said import bar, fail
from finder.services.moving import CantMove, Copied, move
from finder.store.database import Database

ENGINES = ("sqlite", "postgresql")


@click.command(name="copy-database")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy_database(source: str, target: str) -> None:
    """Copy the whole database at FROM into the empty one at TO, and compare.

    Both are addresses as of FINDER_DATABASE_URL. Stop the site first.
    """
    old, new = _address(source), _address(target)
    if old.get_backend_name() == "sqlite" and not Path(old.database or "").is_file():
        fail(f"There is no database at {old.database}.")
    try:
        with (
            closing(Database(old)) as before,
            closing(Database(new)) as after,
            bar("Rows") as progress,
        ):
            copied = move(before, after, progress)
    except CantMove as error:
        fail(str(error))
    except DBAPIError as error:
        # The driver's words may hold a row's values: its kind says enough.
        kind = type(error.orig).__name__
        fail(f"A database can't be reached, or refused a row ({kind}). Nothing was copied.")
    for one in copied:
        click.echo(_line(one))
    rows = sum(one.rows for one in copied)
    click.echo(f"{rows:,} rows in {len(copied)} tables are the same on both sides.")


def _address(text: str) -> URL:
    try:
        found = make_url(text)
        found.get_dialect()
    except (ArgumentError, NoSuchModuleError, ImportError):
        found = None
    if found is None or found.get_backend_name() not in ENGINES:
        fail("An address must begin with sqlite:/// or postgresql+psycopg://.")
    return found


def _line(one: Copied) -> str:
    return f"{one.table:26}{one.rows:>12,}  {one.checksum}"
