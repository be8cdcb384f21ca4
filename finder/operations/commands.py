"""Commands of whoever runs the site: backup, restore, check, tidy, mail, tables."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from finder.operations import backups, service, upgrading
from finder.operations.checks import checks
from finder.operations.postgresql_tools import ToolFailed
from finder.platform.clock import SYSTEM_CLOCK
from finder.platform.console import bar, fail, open_database, settings
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.platform.mail import service as mail_service
from finder.platform.mail import transports
from finder.platform.mail.rules import LETTERS
from finder.reviews.learning import service as learning_service
from finder.reviews.learning.rules import moved_levels
from finder.settings import shipped

FORCE = click.option("--force", is_flag=True, help="Replace what is there.")
PROBLEMS = (backups.BadBackup, backups.InTheWay, ToolFailed)


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@FORCE
def backup(target: Path, force: bool) -> None:
    """Copy the whole database into FILE while people use it, and read the copy through."""
    try:
        with bar("Copying") as progress:
            backups.back_up(settings().database, target, progress, force)
    except PROBLEMS as error:
        fail(str(error))
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        fail(f"The copy could not be made ({type(error).__name__}). Nothing was changed.")
    click.echo(f"Written to {target}, and read through.")


@click.command()
@click.argument("source", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@FORCE
def restore(source: Path, force: bool) -> None:
    """Put the database back to what it was in FILE: everything, or nothing."""
    try:
        with bar("Putting back") as progress:
            backups.put_back(settings().database, source, progress, force)
    except backups.NotFinished as error:
        fail(str(error))
    except PROBLEMS as error:
        fail(f"{error} Nothing was changed.")
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        fail(f"It could not be put back ({type(error).__name__}). Nothing was changed.")
    with closing(Database(settings().database)) as database:
        _rate_outdated(database)
    click.echo(f"The database is as it was in {source}.")


@click.command()
def check() -> None:
    """Say of each thing that the site needs whether it is there; end with 1 on a problem."""
    found = []
    for one in checks(settings(), shipped("vendor")):
        click.echo(str(one))
        found.append(one)
    sys.exit(0 if all(one.is_well for one in found) else 1)


@click.group(name="db")
def db_commands() -> None:
    """Change the database's tables."""


@db_commands.command()
def upgrade() -> None:
    """Bring the tables to this release, and rate anew what a release before has rated."""
    with closing(Database(settings().database)) as database:
        for sentence in upgrading.upgrade(database, SYSTEM_CLOCK.now()):
            click.echo(sentence)
    click.echo("The database is of this release.")


@db_commands.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the tables back to REVISION (`base` removes them)."""
    try:
        with closing(Database(settings().database)) as database:
            migrate.downgrade(database, revision)
    except migrate.UnknownRevision as error:
        fail(str(error))
    click.echo(f"The database is at {revision}.")


def _rate_outdated(database: Database) -> None:
    rebuilt = learning_service.rate_outdated(database, SYSTEM_CLOCK.now())
    if rebuilt.groups:
        click.echo(moved_levels(rebuilt.groups, rebuilt.moved))


@click.command(name="send-mail")
def send_mail() -> None:
    """Send the mail that is due, as the serving site does by itself."""
    config = settings()
    out = transports.transport_from(
        config.mail_url.get_secret_value(), config.base_url, config.data_dir
    )
    with open_database(config) as db:
        click.echo(f"{mail_service.deliver_due(db, out, SYSTEM_CLOCK.now()):,} sent.")


@click.command()
def tidy() -> None:
    """Forget what need not be kept, by the list of the privacy page."""
    config = settings()
    with open_database(config) as db:
        done = service.tidy(db, SYSTEM_CLOCK.now())
    files = mail_service.tidy_files(config.data_dir, SYSTEM_CLOCK.now())
    for kept, count in done:
        click.echo(f"{count + (files if kept is LETTERS else 0):,} forgotten: {kept.what}.")
