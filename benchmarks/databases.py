"""Databases of generated groups, made once and kept in data/cache/ (which git ignores).

A kept one is named after the groups in it and what made it, so that a change of the generator
or of the tables makes a new one.
"""

import hashlib
from pathlib import Path

from benchmarks import generate
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.settings import shipped

CACHE = shipped("data") / "cache"
POSTCODES = shipped("data") / "postcodes.db"


def kept(count: int) -> Path:
    """The SQLite file with so many groups in it; made now where it is not there yet."""
    path = CACHE / f"groups-{count}-{_made_by()}.db"
    if path.exists():
        return path
    CACHE.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".db-unfinished")
    unfinished.unlink(missing_ok=True)
    database = Database(f"sqlite:///{unfinished}")
    generate.fill(database, count)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return unfinished.rename(path)


def data_dir_for(count: int) -> Path:
    """A data folder for a server over these groups: the index of postcodes, and their names."""
    folder = CACHE / f"served-{count}"
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "postcodes.db"
    if not link.exists():
        link.unlink(missing_ok=True)
        link.symlink_to(POSTCODES.resolve())
    return folder


def _made_by() -> str:
    digest = hashlib.sha256(Path(generate.__file__).read_bytes())
    versions = Path(migrate.__file__).parent / "migrations" / "versions"
    for revision in sorted(versions.glob("*.py")):
        digest.update(revision.read_bytes())
    return digest.hexdigest()[:8]
