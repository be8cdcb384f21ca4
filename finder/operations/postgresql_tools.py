"""PostgreSQL's own programs: dump a whole database, and restore it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from sqlalchemy import URL, make_url

DEBIAN = Path("/usr/lib/postgresql")
DROP_ALL = """
SET lock_timeout = '30s';
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE %I CASCADE', one.tablename);
  END LOOP;
  FOR one IN SELECT oid::regprocedure AS name FROM pg_proc
      WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS
        (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') LOOP
    EXECUTE format('DROP FUNCTION %s CASCADE', one.name);
  END LOOP;
END $$;
"""


class ToolFailed(Exception):
    """One of the programs is not installed, or ended badly. Says which."""


def dump(url: str, target: Path) -> None:
    """Write the database, as it is at one instant, into a file that pg_restore reads."""
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", url=url)


def revision_in(source: Path) -> str | None:
    """The revision of the tables in a file that dump wrote, which is read to its end."""
    _run("pg_restore", "--file=/dev/null", str(source))
    data = _run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(source))
    lines = data.splitlines()
    copies = [n for n, line in enumerate(lines) if line.startswith("COPY ")]
    return lines[copies[0] + 1].strip() if copies else None


def put_back(url: str, source: Path) -> None:
    """Drop every table and function of ours and make those of the file, in one transaction."""
    with tempfile.TemporaryDirectory(prefix="finder-restore-") as folder:
        script = f"{folder}/restore.sql"
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source))
        together = ["--single-transaction", "--no-psqlrc", "--quiet"]
        together += ["--set=ON_ERROR_STOP=1", f"--command={DROP_ALL}", f"--file={script}"]
        _run("psql", *together, url=url)


def _run(program: str, *words: str, url: str = "") -> str:
    """The output of a program. The password goes by its environment: everybody may list arguments.

    The program's error output may quote the database, so ToolFailed names only the program.
    """
    environment = dict(os.environ)
    command = [_path_of(program), *words]
    if url:
        address = make_url(url)
        environment["PGPASSWORD"] = address.password or environment.get("PGPASSWORD", "")
        plain = URL.create(
            "postgresql",
            address.username,
            None,
            address.host,
            address.port,
            address.database,
            address.query,
        )
        command.append(f"--dbname={plain.render_as_string()}")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ToolFailed(f"{program} could not do it (it ended with {done.returncode}).")
    return done.stdout


def _path_of(program: str) -> str:
    """The newest one: an older program can't read a newer server."""
    newest = sorted(DEBIAN.glob(f"*/bin/{program}"), key=lambda path: int(path.parts[4]))
    found = str(newest[-1]) if newest else shutil.which(program)
    if found is None:
        raise ToolFailed(f"{program} is not installed (Debian package postgresql-client).")
    return found
