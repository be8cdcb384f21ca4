"""Where the parts of this checkout are, so that a test may stand in any folder."""

from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
TOP = TESTS.parent
DATA = TOP / "data"
DOCS = TOP / "docs"
FINDER = TOP / "finder"
TEMPLATES = TOP / "templates"
SEEDS = TOP / "seed_groups.csv"
