"""Imports the tables of every room, so that the metadata knows them all."""

from functools import cache
from importlib import import_module
from pathlib import Path

FINDER = Path(__file__).resolve().parents[2]


@cache
def load() -> None:
    """Import every `tables*.py` below finder/.

    A foreign key names its table by a string: the other table's module must be imported before
    either is used, but a room must not import another's tables for that.
    """
    for path in sorted(FINDER.rglob("tables*.py")):
        import_module(".".join(("finder", *path.relative_to(FINDER).with_suffix("").parts)))
