"""`finder backup` and `finder restore`: a copy of the database while the site serves, and back."""

import sqlite3
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from finder.commands.said import bar, fail, settings
from finder.store import backups
from finder.store.postgresql_tools import ToolFailed

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
    click.echo(f"The database is as it was in {source}.")
