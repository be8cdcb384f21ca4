"""The `finder` command. Exit codes: 0 done, 1 the input or state is wrong, 2 usage."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from pydantic import ValidationError

from finder.settings import Settings, UnknownSetting
from finder.store import gazetteer_build, gazetteer_places, migrating
from finder.store.database import Database, Db

INPUT = click.Path(exists=True, dir_okay=False, path_type=Path)
OUTPUT = click.Path(dir_okay=False, path_type=Path)


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
        fail("\n".join(str(e["msg"]).removeprefix("Value error, ") for e in error.errors()))


@contextmanager
def opened(its: Settings) -> Iterator[Db]:
    """A session on a database whose tables are those of this release."""
    database = Database(its.database)
    if not migrating.is_up_to_date(database):
        fail("The database is not of this release. Run: finder db upgrade")
    with database.session() as db:
        yield db


@click.group()
def main() -> None:
    """Quiet Corner: local baby and toddler groups, and how much you will have to talk."""


@main.group(name="db")
def db_commands() -> None:
    """Change the database's tables."""


@db_commands.command()
def upgrade() -> None:
    """Bring the tables to this release."""
    migrating.upgrade(Database(settings().database))
    click.echo("The database is of this release.")


@db_commands.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the tables back to REVISION (`base` removes them)."""
    try:
        migrating.downgrade(Database(settings().database), revision)
    except migrating.UnknownRevision as error:
        fail(str(error))
    click.echo(f"The database is at {revision}.")


@main.command(name="load-postcodes")
@click.option("--onspd", type=INPUT, help="A newer ONS Postcode Directory zip.")
@click.option("--if-missing", is_flag=True, help="Do nothing where the index is there.")
def load_postcodes(onspd: Path | None, if_missing: bool) -> None:
    """Build the index of postcodes and places."""
    data_dir = settings().data_dir
    if if_missing and gazetteer_build.is_built(data_dir):
        return
    try:
        count = gazetteer_build.build(data_dir, onspd, bar("Postcodes"))
    except gazetteer_build.BadSource as error:
        fail(str(error))
    click.echo(f"{count:,} postcodes are in the index.")


@main.command(name="load-places")
@click.argument("source", type=INPUT, metavar="ZIP")
def load_places(source: Path) -> None:
    """Add the place names of an OS Open Names CSV zip."""
    try:
        count = gazetteer_places.load(settings().data_dir, source, bar("Places"))
    except gazetteer_build.BadSource as error:
        fail(str(error))
    click.echo(f"{count:,} place names were added.")
