"""Real databases for tests, as a pytest plugin: an SQLite file, and a PostgreSQL server.

`database` runs a test on both. Tables are made once for each engine; every test has a copy. The
server is this test run's own: a throw-away cluster in a temporary folder, reached by a socket.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from finder.platform.db import migrate
from finder.platform.db.database import Database, Db
from finder.platform.db.rows import NAMES
from finder.settings import Settings
from tests.support.waiting import PATIENCE_S, wait_until

TEMPLATE = "quiet_template"
VERSIONS = "alembic_version"
NUMBERS = count(1)


class Server:
    """A PostgreSQL server that is up, and its databases."""

    def __init__(self, socket_dir: Path) -> None:
        self.current: str | None = None
        self.socket_dir = socket_dir
        self._host = quote(str(socket_dir), safe="")
        self._admin = sa.create_engine(
            self.url("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
        )

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self._host}"

    def create(self, name: str, template: str = "template0") -> str:
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, name: str) -> None:
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def hang_up_on(self, name: str) -> None:
        """Cut every connection to a database."""
        self.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "  # noqa: S608
            f"WHERE datname = '{name}'"
        )

    def rename(self, name: str, to: str) -> None:
        self.run(f"ALTER DATABASE {name} RENAME TO {to}")

    def run(self, sql: str) -> Any:
        """Say it, and give the first value of an answer that has any."""
        with self._admin.connect() as connection:
            answer = connection.exec_driver_sql(sql)
            return answer.scalar() if answer.returns_rows else None


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, or None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    # Debian's wrapper on the path may stand alone: the other programs are where it leads.
    found += [Path(on_path).resolve()] if on_path else []
    whole = [path.parent for path in found if (path.parent / "pg_basebackup").exists()]
    return whole[-1] if whole else None


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server of our own for all tests, where PostgreSQL is installed."""
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    with own_server() as server:
        yield server


@contextmanager
def own_server(is_safe: bool = False) -> Iterator[Server]:
    """A server of our own. It waits for no disk unless is_safe: what it holds is thrown away."""
    with own_folder() as (folder, programs, quiet):
        made = [programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-N"]
        made += ["-E", "UTF8", "--locale", "C.UTF-8"]
        subprocess.run(made, check=True, **quiet)
        with running(folder, programs, quiet, is_safe):
            yield _ready(folder)


@contextmanager
def own_standby(primary: Server) -> Iterator[Server]:
    """A second server that follows the first by streaming, as a replica does."""
    with own_folder() as (folder, programs, quiet):
        copied = [programs / "pg_basebackup", "-h", primary.socket_dir, "-U", "postgres"]
        copied += ["-D", folder / "data", "-R", "-X", "stream", "-c", "fast", "-N"]
        subprocess.run(copied, check=True, **quiet)
        with running(folder, programs, quiet):
            standby = Server(folder)
            _until_it_answers(standby, "SELECT 1")
            yield standby


@contextmanager
def own_folder() -> Iterator[tuple[Path, Path, dict[str, Any]]]:
    """A temporary folder for a cluster, PostgreSQL's programs, and how to run them."""
    programs = binaries()
    assert programs is not None
    # PostgreSQL refuses to run as root; Debian's package makes a user for it.
    identity = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="quiet-pg-", ignore_cleanup_errors=True) as folder:
        if identity:
            shutil.chown(folder, **identity)
        yield Path(folder), programs, {"stdout": subprocess.DEVNULL, "cwd": folder, **identity}


@contextmanager
def running(
    folder: Path, programs: Path, quiet: dict[str, Any], is_safe: bool = False
) -> Iterator[None]:
    """The server of a folder's cluster, until the end of the block."""
    quick = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]
    options = [] if is_safe else quick
    options += ["listen_addresses=", f"unix_socket_directories={folder}", "shared_buffers=64MB"]
    started = [programs / "postgres", "-D", folder / "data"]
    started += [x for option in options for x in ("-c", option)]
    process = subprocess.Popen(started, stderr=subprocess.DEVNULL, **quiet)
    try:
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(PATIENCE_S)


def _until_it_answers(server: Server, sql: str) -> None:
    def answers() -> bool:
        with suppress(sa.exc.OperationalError):
            server.run(sql)
            return True
        return False

    wait_until(answers, "PostgreSQL did not come up")


def _ready(folder: Path) -> Server:
    server = Server(folder)
    _until_it_answers(server, f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
    database = Database(server.url(TEMPLATE))
    migrate.upgrade(database)
    database.close()
    return server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the tables and nothing in them, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database)
    with database.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def sqlite_database(migrated_file: Path, tmp_path: Path) -> Iterator[Database]:
    """An SQLite file with the tables of this release."""
    path = shutil.copy(migrated_file, tmp_path / "finder.db")
    database = Database(f"sqlite:///{path}")
    wait_for_no_disk(database)
    yield database
    database.close()


def wait_for_no_disk(database: Database) -> None:
    """Nobody pulls the plug here, and waiting for the disk is most of the time of a small test."""
    if database.is_sqlite:
        sa.event.listen(database.engine, "connect", _without_waiting)


def _without_waiting(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def postgresql_database(postgresql: Server) -> Iterator[Database]:
    """A PostgreSQL database with the tables of this release.

    One serves all tests, emptied after each (making one takes most of a second); a test that
    changes its tables leaves the next a new one.
    """
    if postgresql.current is None:
        postgresql.current = f"quiet_{next(NUMBERS)}"
        postgresql.create(postgresql.current, TEMPLATE)
    database = Database(postgresql.url(postgresql.current))
    yield database
    tables = set(sa.inspect(database.engine).get_table_names())
    is_whole = tables == {*NAMES.tables, VERSIONS} and migrate.is_up_to_date(database)
    if is_whole:
        empty(database)
    database.close()
    if not is_whole:
        postgresql.drop(postgresql.current)
        postgresql.current = None


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(
    request: pytest.FixtureRequest, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a database that the tests of one file share, on each engine in turn."""
    if request.param == "sqlite":
        copy = shutil.copy(migrated_file, tmp_path_factory.mktemp("shared") / "finder.db")
        yield f"sqlite:///{copy}"
        return
    server = request.getfixturevalue("postgresql")
    name = f"quiet_shared_{next(NUMBERS)}"
    yield server.create(name, TEMPLATE)
    server.drop(name)


def empty(database: Database) -> None:
    """Take every row out of every table."""
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            # Past the guard of the moderation log, which nobody but a superuser can pass.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table in reversed(NAMES.sorted_tables):
            connection.execute(sa.delete(table))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A database with the tables of this release: a test that asks for it runs on both engines."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found


def settings_on(database: Database, folder: Path, **more: Any) -> Settings:
    """The settings of a site on this database, with its own files in the folder."""
    return Settings(data_dir=folder, database_url=SecretStr(address_of(database)), **more)


def address_of(database: Database) -> str:
    """What a setting says to mean this database."""
    return database.engine.url.render_as_string(hide_password=False)


def engines_of(database: Database) -> list[sa.Engine]:
    """Those to listen to, so that each statement is heard once: SQLite's reader is heard at its
    engine as well."""
    return [database.engine] if database.is_sqlite else [database.engine, database.reader]


@contextmanager
def statements(db: Db) -> Iterator[list[str]]:
    """The SQL statements that a session says within the block, beginnings and ends left out."""
    said: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement)

    engine = db.get_bind()
    sa.event.listen(engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        sa.event.remove(engine, "before_cursor_execute", listen)


def explained(db: Db, ask: Callable[[], object]) -> str:
    """How the database means to answer the last statement that `ask` says."""
    last: list[tuple[str, Any]] = []

    def listen(_c: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        last.append((statement, values))

    engine = db.get_bind()
    sa.event.listen(engine, "before_cursor_execute", listen)
    try:
        ask()
    finally:
        sa.event.remove(engine, "before_cursor_execute", listen)
    statement, values = last[-1]
    word = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    rows = db.connection().exec_driver_sql(f"{word} {statement}", values)
    return "\n".join(str(row[-1]) for row in rows)
