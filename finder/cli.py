"""The `finder` command. Exit codes: 0 done, 1 the input or state is wrong, 2 usage."""

import sys
from typing import NoReturn

import click
from pydantic import ValidationError

from finder.settings import Settings, UnknownSetting


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
