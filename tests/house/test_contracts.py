"""import-linter's contracts hold, and the one of our own sees what it must."""

import subprocess
import sys

import pytest
from grimp import ImportGraph

from tests.house.role_contract import faults_of, role_of
from tests.support.paths import TOP

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"


def graph_of(*imports: tuple[str, str]) -> ImportGraph:
    graph = ImportGraph()
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    return graph


def test_every_contract_between_and_inside_rooms_is_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache"],
        cwd=TOP,
        env={"PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("finder.search.views", "finder.search.queries"),
        ("finder.search.views", "finder.listings.tables"),
        ("finder.search.forms", "finder.search.service"),
        ("finder.search.rules", "finder.search.tables"),
        ("finder.search.tables", "finder.search.queries"),
        ("finder.search.queries", "finder.search.emails"),
    ],
)
def test_an_import_that_a_role_may_not_have_is_named(importer: str, imported: str) -> None:
    (fault,) = faults_of(graph_of((importer, imported)), {})

    assert importer.removeprefix("finder.") in fault
    assert imported.removeprefix("finder.") in fault


def test_imports_that_the_table_allows_are_no_fault() -> None:
    graph = graph_of(
        ("finder.search.views", "finder.search.service"),
        ("finder.search.service", "finder.listings.queries"),
        ("finder.search.views", "finder.platform.web.request"),
        ("finder.search.rules", "finder.domain.cost"),
    )

    assert faults_of(graph, {}) == []


def test_a_file_has_the_role_that_its_name_or_the_list_says() -> None:
    assert role_of("organise.wizard.forms_what", {}) == "forms"
    assert role_of("organise.upkeep.dates_views", {}) == "views"
    assert role_of("search.statements", {"search.statements": "queries"}) == "queries"


def test_a_file_without_a_role_and_a_role_without_a_file_are_named() -> None:
    graph = graph_of(("finder.search.mystery", "finder.search.rules"))

    assert faults_of(graph, {"search.gone": "queries"}) == [
        "search.mystery has no role",
        "pyproject.toml names search.gone, which is not there",
    ]
