"""The `finder` command. Exit codes: 0 done, 1 the input or state is wrong, 2 usage."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click
from pydantic import ValidationError

from finder.domain.groups import Refused
from finder.formats import listings_csv
from finder.services import finding, importing
from finder.settings import Settings, UnknownSetting, shipped
from finder.store import gazetteer, gazetteer_build, gazetteer_places, migrating
from finder.store.database import Database


def fail(message: str) -> NoReturn:
    """Say what is wrong on stderr and end with 1."""
    click.echo(message, err=True)
    sys.exit(1)


def settings() -> Settings:
    """The settings, or a plain sentence about the one that is wrong."""
    try:
        return Settings()
    except UnknownSetting as error:
        fail(str(error))
    except ValidationError as error:
        fail("\n".join(str(e["msg"]).removeprefix("Value error, ") for e in error.errors()))


@click.group()
def main() -> None:
    """Quiet Corner: local baby and toddler groups, and how much you will have to talk."""
