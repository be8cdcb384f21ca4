"""Runs the real `finder` command in a process of its own, with a data folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.paths import TOP

FINDER = (sys.executable, "-m", "finder")


class Machine:
    """A machine with a data folder and the index of postcodes; its database is `name`."""

    def __init__(self, folder: Path, gazetteer_path: Path) -> None:
        self.folder = folder
        (folder / "postcodes.db").symlink_to(gazetteer_path)

    def environment(self, name: str = "finder.db", **settings: str) -> dict[str, str]:
        # What Python compiles it may keep: every start would else take a quarter of a second more.
        clean = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith("FINDER_") and key != "PYTHONDONTWRITEBYTECODE"
        }
        own = {
            "FINDER_DATA_DIR": str(self.folder),
            "FINDER_DATABASE_URL": f"sqlite:///{self.folder / name}",
            "PYTHONPATH": str(TOP),
        }
        return clean | own | settings

    def run(
        self, *words: str | Path, name: str = "finder.db", **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """`finder WORDS`, to its end."""
        return subprocess.run(
            [*FINDER, *map(str, words)],
            cwd=self.folder,
            env=self.environment(name, **settings),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
