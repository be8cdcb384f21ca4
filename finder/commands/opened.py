"""What several commands open: the database, the index of postcodes."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from finder.commands.said import fail
from finder.domain.places import Found
from finder.settings import Settings
from finder.store import migrating
from finder.store.database import Database, Db
from finder.store.gazetteer import Gazetteer

Locate = Callable[[str], Found | None]


@contextmanager
def opened(its: Settings) -> Iterator[Db]:
    """A session on a database whose tables are those of this release."""
    with closing(Database(its.database)) as database:
        if not migrating.is_up_to_date(database):
            fail("The database is not of this release. Run: finder db upgrade")
        with database.writing() as db:
            yield db


def located(its: Settings) -> Locate:
    """What the index knows of a whole postcode."""
    gazetteer = Gazetteer(its.data_dir)
    if not gazetteer.is_ready():
        fail("The postcode index is missing. Run: finder load-postcodes")
    return gazetteer.postcode
