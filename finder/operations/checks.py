"""Checks that everything is there that the site needs, before an operator opens it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from finder.places.gazetteer import Gazetteer
from finder.places.online import UnknownGeocoder
from finder.platform.db import migrate
from finder.platform.db.database import Database, Db
from finder.platform.limits import BadLimitsUrl, Limits
from finder.platform.mail import queries as mail_queries
from finder.platform.mail.transports import BadMailUrl, Files, transport_from
from finder.settings import Settings

FRONT_END = (
    "leaflet/leaflet.js",
    "markercluster/leaflet.markercluster.js",
    "govuk/forms.css",
    "words/strong.txt",
)


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: its name, how it is, and what to do where it is wrong.

    says never holds a password: of an address only the host is named, of an error only its kind.
    """

    name: str
    is_well: bool
    says: str

    def __str__(self) -> str:
        """One line for a person or a script: `ok` or `problem` first."""
        return f"{'ok' if self.is_well else 'problem':8}{self.name}: {self.says}"


class _Wrong(Exception):
    """Something is wrong. Says what to do."""


def checks(settings: Settings, vendor: Path) -> Iterator[Check]:
    """Each thing that the site needs, looked at one by one; none of them changes anything.

    vendor: the folder of the front-end files.
    """
    looks: dict[str, Callable[[], str]] = {
        "base address": lambda: settings.base_url,
        "secret key": lambda: _secret_key(settings),
        "database": lambda: _database(settings),
        "replica": lambda: _replica(settings),
        "limits": lambda: _limits(settings),
        "postcode index": lambda: _postcodes(settings),
        "geocoders": lambda: _geocoders(settings),
        "mail": lambda: _mail(settings),
        "waiting mail": lambda: _waiting(settings),
        "front-end files": lambda: _front_end(vendor),
    }
    for name, look in looks.items():
        try:
            yield Check(name, True, look())
        except _Wrong as wrong:
            yield Check(name, False, str(wrong))


def answers(db: Db) -> bool:
    """Whether the database answers, with the tables of this release."""
    try:
        mail_queries.count_waiting(db)
    except SQLAlchemyError:
        return False
    return True


def _secret_key(settings: Settings) -> str:
    if settings.secret_key.get_secret_value():
        return "set"
    if (settings.data_dir / "secret_key").exists():
        return "kept in the data folder"
    return "made at the first start"


def _database(settings: Settings) -> str:
    database = _reached(settings)
    try:
        if not migrate.is_up_to_date(database):
            raise _Wrong("not of this release. Run: finder db upgrade")
        return f"{database.engine.dialect.name}, of this release"
    finally:
        database.close()


def _replica(settings: Settings) -> str:
    url = settings.database_replica_url.get_secret_value()
    if not url:
        return "none: all is read from the database"
    try:
        with closing(Database(url)) as database:
            is_ready = migrate.is_up_to_date(database)
    except (SQLAlchemyError, OSError, ImportError) as error:
        kind = type(error).__name__
        raise _Wrong(f"can't be reached ({kind}). See FINDER_DATABASE_REPLICA_URL") from error
    if not is_ready:
        raise _Wrong("not of this release. Does it follow the database?")
    return "of this release"


def _limits(settings: Settings) -> str:
    url = settings.limits_url.get_secret_value()
    try:
        if not Limits(url).answers():
            raise _Wrong("can't be reached: each worker counts for itself. See FINDER_LIMITS_URL")
    except BadLimitsUrl as error:
        raise _Wrong(str(error)) from error
    return "counted in each worker" if url.startswith("memory:") else "counted in one place"


def _reached(settings: Settings) -> Database:
    """The database, if it answers. An SQLite file that is not there is not made."""
    try:
        address = make_url(settings.database)
        is_file = address.get_backend_name() == "sqlite"
        if is_file and not (address.database and Path(address.database).exists()):
            raise _Wrong("not there yet. Run: finder db upgrade")
        database = Database(settings.database)
        migrate.current(database)
    except (SQLAlchemyError, OSError, ImportError) as error:
        kind = type(error).__name__
        raise _Wrong(f"can't be reached ({kind}). See FINDER_DATABASE_URL") from error
    return database


def _postcodes(settings: Settings) -> str:
    gazetteer = Gazetteer(settings.data_dir)
    if not gazetteer.is_ready():
        raise _Wrong("missing. Run: finder load-postcodes")
    old = gazetteer.unusable()
    if old:
        raise _Wrong(f"{', '.join(old)} is of another release. Run finder load-places again")
    return f"there, {gazetteer.doubtful()} doubtful postcodes put to the middle of their sector"


def _geocoders(settings: Settings) -> str:
    try:
        Gazetteer(settings.data_dir, settings.geocoder_names)
    except UnknownGeocoder as error:
        raise _Wrong(str(error)) from error
    names = [name.partition("=")[0] for name in settings.geocoder_names]
    return ", ".join(names) or "none: only the index on this machine"


def _mail(settings: Settings) -> str:
    url = settings.mail_url.get_secret_value()
    try:
        transport = transport_from(url, settings.base_url, settings.data_dir)
    except (BadMailUrl, ValueError) as error:
        raise _Wrong("FINDER_MAIL_URL must begin with file:, smtp:// or smtps://.") from error
    return f"files in {transport.folder}" if isinstance(transport, Files) else str(transport)


def _waiting(settings: Settings) -> str:
    try:
        database = _reached(settings)
        with database.session() as db:
            count = mail_queries.count_waiting(db)
        database.close()
    except (_Wrong, SQLAlchemyError):
        return "not known while the database is not ready"
    return f"{count:,} waiting"


def _front_end(vendor: Path) -> str:
    missing = [name for name in FRONT_END if not (vendor / name).exists()]
    if missing:
        raise _Wrong(f"{missing[0]} is missing. Run: make vendor/front-end.stamp")
    return "there"
