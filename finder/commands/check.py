"""`finder check`: configuration and health, one line each."""

import sys

import click

from finder.commands.said import settings
from finder.services.checking import checks
from finder.settings import shipped


@click.command()
def check() -> None:
    """Say of each thing that the site needs whether it is there; end with 1 on a problem."""
    found = []
    for one in checks(settings(), shipped("vendor")):
        click.echo(str(one))
        found.append(one)
    sys.exit(0 if all(one.is_well for one in found) else 1)
