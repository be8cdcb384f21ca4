"""The records of decisions: each has a number of its own, and a line in the index."""

import re
from collections import Counter
from pathlib import Path

from tests.support.paths import DOCS

FOLDER = DOCS / "decisions"
RECORDS = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
TITLE = re.compile(r"# (\d+)\. (.+)")
ROW = re.compile(r"\| \[(\d{4})\]\(([\w-]+\.md)\) \| (.+?) \|")


def title_of(path: Path) -> tuple[int, str]:
    found = TITLE.fullmatch(path.read_text(encoding="utf-8").splitlines()[0])
    return (int(found[1]), found[2]) if found else (-1, path.name)


def test_no_two_decisions_have_one_number() -> None:
    counts = Counter(path.name[:4] for path in RECORDS)

    assert [number for number, count in counts.items() if count > 1] == []


def test_every_decision_begins_with_its_number_and_title() -> None:
    strays = [path.name for path in RECORDS if title_of(path)[0] != int(path.name[:4])]

    assert strays == []


def test_the_index_lists_every_decision_by_its_title_and_no_other() -> None:
    rows = ROW.findall((FOLDER / "README.md").read_text(encoding="utf-8"))

    assert rows == [(path.name[:4], path.name, title_of(path)[1]) for path in RECORDS]
