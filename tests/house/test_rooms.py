"""The rules of the house, each short, each able to fail."""

import ast
import re
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
# Revisions are written by Alembic and read once: their length is that of the tables.
REVISIONS = TOP / "finder" / "store" / "migrations" / "versions"
SOURCES = sorted(p for p in (TOP / "finder").rglob("*.py") if p.parent != REVISIONS)
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW = 300, 40, 25


def name_of(path: Path) -> str:
    return path.relative_to(TOP).as_posix()


def functions_of(path: Path) -> list[ast.FunctionDef]:
    return [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)]


def length(node: ast.FunctionDef) -> int:
    """Lines of code, without the docstring."""
    words = ast.get_docstring(node)
    first = node.body[1] if words and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


def is_view(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(d, ast.Call)
        and isinstance(d.func, ast.Attribute)
        and d.func.attr in {"get", "post", "route"}
        for d in node.decorator_list
    )


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_file_is_too_long_to_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_every_function_does_one_thing(path: Path) -> None:
    long = [
        (node.name, length(node))
        for node in functions_of(path)
        if length(node) > (LONGEST_VIEW if is_view(node) else LONGEST_FUNCTION)
    ]

    assert long == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_only_services_commit(path: Path) -> None:
    if "services" in path.parts:
        return

    assert not re.search(r"\.commit\(", path.read_text())


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_the_clock_is_read_only_at_the_door(path: Path) -> None:
    if re.fullmatch(r"finder/(cli|commands/\w+|web/request)\.py", name_of(path)):
        return

    assert not re.search(r"datetime\.now\(|date\.today\(|time\.time\(", path.read_text())


@pytest.mark.parametrize(
    "path",
    [
        p
        for p in SOURCES
        if p.name != "__init__.py" and p.parent.name in {"domain", "store", "services", "formats"}
    ],
    ids=name_of,
)
def test_every_room_has_its_tests(path: Path) -> None:
    inside = path.relative_to(TOP / "finder")

    assert (TOP / "tests" / inside.parent / f"test_{inside.name}").exists()


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_room_is_named_for_nothing(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "manager", "base", "common", "misc"}


def test_rows_never_leave_the_store() -> None:
    strays = [
        name_of(path)
        for path in SOURCES
        if "store" not in path.parts and "finder.store.tables" in path.read_text()
    ]

    assert strays == []
