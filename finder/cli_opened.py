"""What several commands open: a progress bar, the database, the index of postcodes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from finder.cli_said import fail
from finder.domain.places import Found
from finder.settings import Settings
from finder.store import migrating
from finder.store.database import Database, Db
from finder.store.gazetteer import Gazetteer

Locate = Callable[[str], Found | None]


@contextmanager
def bar(label: str, length: int = 1) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, a plain line otherwise. Give it (done, of how many)."""
    with click.progressbar(length=length, label=label) as shown:

        def progress(done: int, of: int) -> None:
            shown.length = of
            shown.update(done - shown.pos)

        yield progress


@contextmanager
def opened(its: Settings) -> Iterator[Db]:
    """A session on a database whose tables are those of this release."""
    database = Database(its.database)
    if not migrating.is_up_to_date(database):
        fail("The database is not of this release. Run: finder db upgrade")
    with database.writing() as db:
        yield db
    database.close()


def located(its: Settings) -> Locate:
    """What the index knows of a whole postcode."""
    gazetteer = Gazetteer(its.data_dir)
    if not gazetteer.is_ready():
        fail("The postcode index is missing. Run: finder load-postcodes")
    return gazetteer.postcode
