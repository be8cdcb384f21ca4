"""Real databases for tests, as a pytest plugin: an SQLite file, and a PostgreSQL server.

`database` runs a test on both. Tables are made once for each engine; every test has a copy. The
server is this test run's own: a throw-away cluster in a temporary folder, reached by a socket.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from finder.store import migrating
from finder.store.database import Database, Db
from finder.store.tables import NAMES

TEMPLATE = "quiet_template"
VERSIONS = "alembic_version"
NUMBERS = count(1)


class Server:
    """A PostgreSQL server that is up, and its databases."""

    def __init__(self, socket_dir: Path) -> None:
        self.current: str | None = None
        self._host = quote(str(socket_dir), safe="")
        self._admin = sa.create_engine(
            self.url("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
        )

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self._host}"

    def create(self, name: str, template: str = "template0") -> str:
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def hang_up_on(self, name: str) -> None:
        """Cut every connection to a database."""
        self._run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "  # noqa: S608
            f"WHERE datname = '{name}'"
        )

    def rename(self, name: str, to: str) -> None:
        self._run(f"ALTER DATABASE {name} RENAME TO {to}")

    def _run(self, sql: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(sql)


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, or None where it is not installed."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return debian[-1].parent if debian else None


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server of our own for all tests, where PostgreSQL is installed."""
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    with own_server() as server:
        yield server


@contextmanager
def own_server() -> Iterator[Server]:
    """A server of our own, with no safety for what it holds: it is thrown away."""
    programs = binaries()
    assert programs is not None
    # PostgreSQL refuses to run as root; Debian's package makes a user for it.
    identity = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="quiet-pg-", ignore_cleanup_errors=True) as folder:
        if identity:
            shutil.chown(folder, **identity)
        data = f"{folder}/data"
        made = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N"]
        made += ["-E", "UTF8", "--locale", "C.UTF-8"]
        quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, **identity}
        subprocess.run(made, check=True, **quiet)
        options = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]
        options += ["listen_addresses=", f"unix_socket_directories={folder}", "shared_buffers=64MB"]
        started = [programs / "postgres", "-D", data, *(x for o in options for x in ("-c", o))]
        process = subprocess.Popen(started, stderr=subprocess.DEVNULL, **quiet)
        try:
            yield _ready(Path(folder))
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(20)


def _ready(folder: Path) -> Server:
    server = Server(folder)
    for _ in range(200):
        try:
            server.create(TEMPLATE)
        except sa.exc.OperationalError:
            time.sleep(0.05)
        else:
            break
    database = Database(server.url(TEMPLATE))
    migrating.upgrade(database)
    database.close()
    return server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the tables and nothing in them, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrating.upgrade(database)
    with database.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def sqlite_database(migrated_file: Path, tmp_path: Path) -> Iterator[Database]:
    """An SQLite file with the tables of this release."""
    path = shutil.copy(migrated_file, tmp_path / "finder.db")
    database = Database(f"sqlite:///{path}")
    # Nobody pulls the plug here, and waiting for the disk is most of the time of a small test.
    sa.event.listen(database.engine, "connect", _without_waiting)
    yield database
    database.close()


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
    is_whole = tables == {*NAMES.tables, VERSIONS} and migrating.is_up_to_date(database)
    if is_whole:
        with database.engine.begin() as connection:
            for table in reversed(NAMES.sorted_tables):
                connection.execute(sa.delete(table))
    database.close()
    if not is_whole:
        postgresql.drop(postgresql.current)
        postgresql.current = None


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A database with the tables of this release: a test that asks for it runs on both engines."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found


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
