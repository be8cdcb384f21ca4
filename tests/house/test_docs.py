"""What the documents list is what there is."""

import re
import tomllib
from pathlib import Path

import click

from finder.app import create_app
from finder.cli import main
from finder.search.forms import SearchForm
from finder.settings import Settings
from tests.support.paths import DOCS


def first_column(page: str) -> set[str]:
    rows = re.findall(r"^\| `([^`]+)`", (DOCS / page).read_text(), re.MULTILINE)
    return {row.strip() for row in rows}


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    names = {"FINDER_" + name.upper() for name in Settings.model_fields}

    assert first_column("settings.md") == names


def test_every_command_is_documented_and_every_documented_command_exists() -> None:
    assert first_column("commands.md") == set(commands_of(main, "finder"))


def test_every_address_is_documented_with_its_methods_and_no_other(tmp_path: Path) -> None:
    there: dict[str, set[str]] = {}
    for rule in create_app(Settings(data_dir=tmp_path)).url_map.iter_rules():
        there.setdefault(rule.rule, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})

    lines = re.findall(r"^\| `(/[^`]*)` \| ([A-Z, ]+) \|", (DOCS / "pages.md").read_text(), re.M)

    assert {address: set(methods.split(", ")) for address, methods in lines} == there


def test_every_name_of_a_search_is_documented_and_no_other() -> None:
    table = (
        (DOCS / "pages.md").read_text().partition("## A search")[2].partition("## The points")[0]
    )
    cells = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)

    names = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}

    assert names == {field.name for field in SearchForm()}


def test_every_dependency_has_its_reason_and_every_reason_a_dependency() -> None:
    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text())["project"]
    names = {re.split(r"[\[>=]", line)[0] for line in project["dependencies"]}
    record = (DOCS / "decisions" / "0001-dependencies.md").read_text()
    fixed = {"flask", "sqlmodel", "geopy", "folium", "wtforms"}

    rows = re.findall(r"^\| ([^|]+) \|", record, re.MULTILINE)[2:]
    given = {
        name.strip().lower().replace("psycopg 3", "psycopg")
        for row in rows
        for name in row.split(",")
    }

    assert given | fixed == names


def test_no_page_of_the_documents_links_to_nothing() -> None:
    pages = [DOCS.parent / "README.md", *DOCS.rglob("*.md")]
    broken = [
        f"{page.name}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text())
        if not (page.parent / link).exists()
    ]

    assert broken == []


def commands_of(command: click.Command, path: str) -> list[str]:
    if not isinstance(command, click.Group):
        return [path]
    return [
        found
        for name, inner in command.commands.items()
        for found in commands_of(inner, f"{path} {name}")
    ]
