"""What the documents list is what there is."""

import re
from pathlib import Path

import click

from finder.cli import main
from finder.settings import Settings

DOCS = Path(__file__).resolve().parents[2] / "docs"


def first_column(page: str) -> set[str]:
    rows = re.findall(r"^\| `([^`]+)`", (DOCS / page).read_text(), re.MULTILINE)
    return {row.strip() for row in rows}


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    names = {"FINDER_" + name.upper() for name in Settings.model_fields}

    assert first_column("settings.md") == names


def test_every_command_is_documented_and_every_documented_command_exists() -> None:
    assert first_column("commands.md") == set(commands_of(main, "finder"))


def commands_of(command: click.Command, path: str) -> list[str]:
    if not isinstance(command, click.Group):
        return [path]
    return [
        found
        for name, inner in command.commands.items()
        for found in commands_of(inner, f"{path} {name}")
    ]
