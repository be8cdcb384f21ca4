"""The rules of the house. Each is one test that names every offender at once."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.support.paths import FINDER, TEMPLATES, TESTS, TOP

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW, FULLEST_FOLDER = 300, 40, 25, 25
OURS = {".py", ".html", ".txt", ".xml", ".scss", ".css", ".js", ".mjs"}

COMMITS_IN = re.compile(r"/(services/.*|service\w*|platform/jobs/.*)\.py$")
"""Services own the commit, and so does what takes jobs from a queue."""
READS_THE_CLOCK = re.compile(
    r"\b(datetime\.now|date\.today|time\.time|time\.time_ns|utcnow)\("
    r"|^from time import .*\btime\b",
    re.MULTILINE,
)
PATCHES_THE_CLOCK = re.compile(r"setattr\([^)]*\b_?(now|today)\b")
EMPTY_NAMES = {"utils", "helpers", "manager", "base", "common", "misc"}

# What is not as it should be yet. Who puts one right takes it out: it fails until then.
TOO_LONG_YET = {
    "60-map.css",
    "test_joining.py",
    "test_listing.py",
    "test_listings_csv.py",
    "test_mailing.py",
    "test_map.py",
    "test_moderating.py",
    "test_review.py",
    "test_reviewing.py",
    "test_search.py",
    "test_sign_in.py",
    "test_uploading.py",
}
LONG_FUNCTIONS_YET = {
    "test_a_parent_reviews_a_group_and_the_rating_changes",
    "test_an_organiser_keeps_its_listings_true",
    "test_an_organiser_signs_in_looks_around_and_signs_out",
    "test_from_a_report_to_a_decision_to_an_appeal",
}
TOO_FULL_YET = {
    *(
        "finder/domain",
        "finder/services",
        "finder/store",
        "finder/web",
        "finder/platform/web/static/css",
    ),
    *("tests/domain", "tests/services", "tests/store", "tests/web"),
}


def files_in(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and not is_revision(path):
                yield path


def is_revision(path: Path) -> bool:
    """Revisions are written by Alembic and read once: their length is that of the tables."""
    return path.parts[-3:-1] == ("migrations", "versions")


def python_in(*folders: Path) -> list[Path]:
    return [path for path in files_in(*folders) if path.suffix == ".py"]


def name_of(path: Path) -> str:
    return path.relative_to(TOP).as_posix()


def names_of(paths: Iterable[Path]) -> list[str]:
    return [name_of(path) for path in paths]


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code, without the docstring."""
    words = ast.get_docstring(node)
    first = node.body[1] if words and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


def is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(d, ast.Call)
        and isinstance(d.func, ast.Attribute)
        and d.func.attr in {"get", "post", "route"}
        for d in node.decorator_list
    )


def test_no_file_is_too_long_to_read_in_one_sitting() -> None:
    long = {
        name_of(path)
        for path in files_in(FINDER, TEMPLATES, TESTS)
        if path.suffix in OURS and len(path.read_text().splitlines()) > LONGEST_FILE
    }

    assert {name for name in long if Path(name).name not in TOO_LONG_YET} == set()
    assert {Path(name).name for name in long} >= TOO_LONG_YET


def test_every_function_does_one_thing() -> None:
    long = {
        (node.name, f"{name_of(path)}: {length(node)}")
        for path in python_in(FINDER, TESTS)
        for node in functions_of(path)
        if length(node) > (LONGEST_VIEW if is_view(node) else LONGEST_FUNCTION)
    }

    assert {one for one in long if one[0] not in LONG_FUNCTIONS_YET} == set()
    assert {name for name, _ in long} >= LONG_FUNCTIONS_YET


def test_no_folder_holds_more_than_can_be_looked_over() -> None:
    here = Counter(name_of(path.parent) for path in files_in(FINDER, TEMPLATES, TESTS))
    full = {folder: count for folder, count in here.items() if count > FULLEST_FOLDER}

    assert {folder: count for folder, count in full.items() if folder not in TOO_FULL_YET} == {}
    assert full.keys() >= TOO_FULL_YET


def test_only_services_commit() -> None:
    committing = [p for p in python_in(FINDER) if ".commit(" in p.read_text()]

    assert [name for name in names_of(committing) if not COMMITS_IN.search(name)] == []
    assert len(committing) > 10


def test_the_clock_is_read_in_one_place() -> None:
    readers = [path for path in python_in(FINDER) if READS_THE_CLOCK.search(path.read_text())]

    assert [path.name for path in readers] == ["clock.py"], names_of(readers)


def test_no_test_puts_another_clock_into_a_module() -> None:
    patching = [path for path in python_in(TESTS) if PATCHES_THE_CLOCK.search(path.read_text())]

    assert names_of(patching) == []


def test_no_test_counts_how_deep_it_stands() -> None:
    counting = [path for path in python_in(TESTS) if "Path(__" + "file__)" in path.read_text()]

    assert names_of(counting) == ["tests/support/paths.py"]


def test_every_room_has_its_tests() -> None:
    rooms = {"domain", "store", "services", "formats"}
    untested = [
        path
        for path in python_in(FINDER)
        if path.name != "__init__.py"
        and path.parent.name in rooms
        and not (TESTS / path.parent.relative_to(FINDER) / f"test_{path.name}").exists()
    ]

    assert names_of(untested) == []


def test_no_room_is_named_for_nothing() -> None:
    empty = [path for path in files_in(FINDER, TEMPLATES, TESTS) if path.stem in EMPTY_NAMES]

    assert names_of(empty) == []


def test_rows_never_leave_the_store() -> None:
    strays = [
        path
        for path in python_in(FINDER)
        if "store" not in path.parts and "finder.listings.tables" in path.read_text()
    ]

    assert names_of(strays) == []
