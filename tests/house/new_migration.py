"""Writes a migration: `make migration M="add pictures"`.

Alembic compares the tables of the code with a new database of all migrations so far, and writes
what differs. A person reads it before it is committed: a column that was renamed looks to
Alembic like one that went and one that came, and no data moves by itself.
"""

import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import cast

from alembic import command
from alembic.config import Config
from alembic.script import Script, ScriptDirectory

from finder.platform.db import migrate
from finder.platform.db.database import Database


def write(message: str, database: Database, folder: Path = migrate.VERSIONS) -> Path:
    """Write the migration that brings a database to the tables of the code. Gives its file."""
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    if folder != migrate.VERSIONS:
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_locations", f"{migrate.VERSIONS}\n{folder}")
    known = ScriptDirectory.from_config(config).walk_revisions()
    number = max((int(script.revision) for script in known), default=0) + 1
    # Alembic says on stdout what it does; there stands only the file's name.
    with database.engine.connect() as connection, redirect_stdout(sys.stderr):
        config.attributes["connection"] = connection
        written = command.revision(
            config, message, autogenerate=True, rev_id=f"{number:04}", version_path=str(folder)
        )
    return Path(cast(Script, written).path)


def main() -> None:
    """Write one into finder's folder of migrations, and say where."""
    message = " ".join(sys.argv[1:]).strip()
    if not message:
        sys.exit('Say what changes: make migration M="add pictures"')
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'all-migrations.db'}")
        try:
            migrate.upgrade(database)
            path = write(message, database)
        finally:
            database.close()
    print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


if __name__ == "__main__":
    main()
