"""The rules of the house. Each is one test that names every offender at once."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.house.role_contract import role_of
from tests.support.paths import DOCS, FINDER, TEMPLATES, TESTS, TOP

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW, FULLEST_FOLDER = 300, 40, 25, 25
MOST_ANY = 80
"""How often `Any` may stand in finder/: only where a library gives no types."""
OURS = {".py", ".html", ".txt", ".xml", ".scss", ".css", ".js", ".mjs"}
TEXTS = OURS | {".md", ".toml", ".yaml", ".yml", ".json", ".mako", ".ini", ""}

READS_THE_CLOCK = re.compile(
    r"\b(datetime\.now|date\.today|time\.time|time\.time_ns|utcnow)\("
    r"|^from time import .*\btime\b",
    re.MULTILINE,
)
PATCHES_THE_CLOCK = re.compile(r"setattr\([^)]*\b_?(now|today)\b")
FIRST_HOUSE = re.compile(r"\b(finder|tests)[/.](web|store|services|formats|commands)\b(?!\.py)")
"""The floors of the first house: `finder/web`, `finder.store`."""
EMPTY_NAMES = {"utils", "helpers", "manager", "base", "common", "misc"}


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


def may_commit(path: Path) -> bool:
    """Services own the commit, and so does what takes jobs from a queue."""
    contracts = tomllib.loads((TOP / "pyproject.toml").read_text())["tool"]["importlinter"]
    [roles] = [one["roles"] for one in contracts["contracts"] if "roles" in one]
    named = dict(line.split(": ") for line in roles)
    module = ".".join(path.relative_to(FINDER).with_suffix("").parts)
    return role_of(module, named) == "service" or module.startswith("platform.jobs.")


def test_no_file_is_too_long_to_read_in_one_sitting() -> None:
    long = [
        path
        for path in files_in(FINDER, TEMPLATES, TESTS)
        if path.suffix in OURS and len(path.read_text().splitlines()) > LONGEST_FILE
    ]

    assert names_of(long) == []


def test_every_function_does_one_thing() -> None:
    long = [
        f"{name_of(path)}: {node.name}: {length(node)}"
        for path in python_in(FINDER, TESTS)
        for node in functions_of(path)
        if length(node) > (LONGEST_VIEW if is_view(node) else LONGEST_FUNCTION)
    ]

    assert long == []


def test_no_folder_holds_more_than_can_be_looked_over() -> None:
    here = Counter(name_of(path.parent) for path in files_in(FINDER, TEMPLATES, TESTS))

    assert {folder: count for folder, count in here.items() if count > FULLEST_FOLDER} == {}


def test_only_services_commit() -> None:
    committing = [path for path in python_in(FINDER) if ".commit(" in path.read_text()]

    assert names_of(path for path in committing if not may_commit(path)) == []
    assert len(committing) > 10


def test_the_clock_is_read_in_one_place() -> None:
    readers = [path for path in python_in(FINDER) if READS_THE_CLOCK.search(path.read_text())]

    assert names_of(readers) == ["finder/platform/clock.py"]


def test_no_test_puts_another_clock_into_a_module() -> None:
    patching = [path for path in python_in(TESTS) if PATCHES_THE_CLOCK.search(path.read_text())]

    assert names_of(patching) == []


def test_no_test_counts_how_deep_it_stands() -> None:
    deep = re.compile(r"__" + r"file__\b.*\.(parents\[|parent\.parent)")
    counting = [path for path in python_in(TESTS) if deep.search(path.read_text())]

    assert names_of(counting) == ["tests/support/paths.py"]


def test_every_room_has_its_tests() -> None:
    rooms = {path.parent for path in FINDER.glob("*/*.py")}

    assert [
        room.name for room in sorted(rooms) if not [*(TESTS / room.name).rglob("test_*.py")]
    ] == []


def test_no_room_is_named_for_nothing() -> None:
    empty = [path for path in files_in(FINDER, TEMPLATES, TESTS) if path.stem in EMPTY_NAMES]

    assert names_of(empty) == []


def test_nothing_names_the_floors_of_the_first_house() -> None:
    """But for the CHANGELOG and the records of decisions, which tell what was."""
    folders = (FINDER, TEMPLATES, TESTS, DOCS, TOP / "benchmarks", TOP / ".ci", TOP / ".github")
    texts = [*files_in(*folders), *(path for path in TOP.iterdir() if path.is_file())]
    naming = [
        f"{name_of(path)}:{number}: {found[0]}"
        for path in texts
        if path.suffix in TEXTS and path.name != "CHANGELOG.md"
        if path.parent != DOCS / "decisions" and path != Path(__file__)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (found := FIRST_HOUSE.search(line))
    ]

    assert naming == []


def test_types_are_told_and_not_waved_through() -> None:
    uses = Counter(
        name_of(path)
        for path in python_in(FINDER)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Name) and node.id == "Any"
    )

    assert uses.total() <= MOST_ANY, uses.most_common()
