"""The pages for those who carry the project on name what is there."""

import re
from pathlib import Path

from tests.house.draw_rooms import imports_between_rooms
from tests.support.paths import FINDER, TOP

CONTRIBUTING, TESTS = TOP / "CONTRIBUTING.md", TOP / "tests" / "README.md"
ARCHITECTURE = TOP / "docs" / "architecture.md"
PAGES = (CONTRIBUTING, TESTS, ARCHITECTURE, TOP / "docs" / "releasing.md")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def paths_of(page: Path) -> set[str]:
    """The files and folders that a page names from the top, but for those with a blank in them."""
    found = re.findall(
        r"(?<![\w/.])((?:finder|tests|templates|docs|benchmarks)/[\w/.-]*\w)", text(page)
    )
    return {path for path in found if f"{path}/<" not in text(page)}


def test_every_file_that_a_way_in_names_is_there() -> None:
    missing = {path for page in PAGES for path in paths_of(page) if not (TOP / path).exists()}

    assert sorted(missing) == []


def test_every_file_on_the_three_walks_is_there() -> None:
    walks = text(ARCHITECTURE).partition("## Three walks")[2].partition("How long such walks")[0]

    named = re.findall(r"`([a-z_]+/[\w/]+\.(?:py|html))`", walks)

    assert named
    assert [
        name for name in named if not any((TOP / d / name).exists() for d in ("finder", ""))
    ] == []


def test_every_room_has_its_line_and_no_other() -> None:
    table = text(ARCHITECTURE).partition("| room |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (`.+?`) \|", table, re.MULTILINE)

    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == {
        *imports_between_rooms()
    }


def test_every_make_target_that_a_way_in_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", text(TOP / "Makefile"), re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"`make ([a-z]+)", text(page))}
    named |= set(re.findall(r"^make ([a-z]+)", text(CONTRIBUTING), re.MULTILINE))

    assert sorted(named - targets) == []


def test_no_way_in_links_to_nothing() -> None:
    broken = [
        f"{page.name}: {link}"
        for page in PAGES
        for link in re.findall(r"\]\(([^)#:]+)\)", text(page))
        if not (page.parent / link).exists()
    ]

    assert broken == []


def test_every_folder_of_tests_is_explained() -> None:
    rooms = {path.name for path in FINDER.iterdir() if path.is_dir()}
    folders = {path.name for path in TESTS.parent.iterdir() if (path / "__init__.py").exists()}
    explained = set(re.findall(r"`tests/(\w+)/`", text(TESTS)))

    assert sorted(folders - rooms - explained) == []
