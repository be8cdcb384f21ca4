"""`finder moderator` and `finder transparency`: who moderates, and what was decided."""

import click

from finder.domain.refused import Refused
from finder.listings.duplicates import service as duplicates_service
from finder.moderation import service
from finder.moderation.transparency import page_lines
from finder.platform.clock import SYSTEM_CLOCK
from finder.platform.console import fail, open_database, settings


@click.group()
def moderator() -> None:
    """Say who moderates."""


@moderator.command()
@click.argument("email")
def add(email: str) -> None:
    """Let EMAIL moderate, once it signs in."""
    with open_database(settings()) as db:
        try:
            address = service.add_moderator(db, email, SYSTEM_CLOCK.now())
        except Refused as refused:
            fail(f"{refused.message}. Nobody was added.")
    click.echo(f"{address} may moderate.")


@moderator.command()
@click.argument("email")
def remove(email: str) -> None:
    """Let EMAIL moderate no more, from its next click on. Its account stays."""
    with open_database(settings()) as db:
        try:
            address, left = service.remove_moderator(db, email)
        except Refused as refused:
            fail(f"{refused.message}. Nothing was changed.")
    click.echo(f"{address} moderates no more.")
    if not left:
        click.echo("Nobody moderates now: what waits, waits. Add somebody.", err=True)


@moderator.command(name="list")
def list_all() -> None:
    """Name everybody who moderates, and since when."""
    with open_database(settings()) as db:
        found = service.everybody_moderating(db)
    for email, since in found:
        click.echo(f"{email}, since {since.isoformat()}")
    if not found:
        click.echo("Nobody moderates yet. Add somebody: finder moderator add EMAIL")


@moderator.command()
def duplicates() -> None:
    """Look for listings that may be one group, and put them into the queue; weekly."""
    with open_database(settings()) as db:
        found = duplicates_service.spot_all(db, SYSTEM_CLOCK.now())
        click.echo(f"{found:,} new pairs wait for a moderator.")


@click.command()
@click.argument("year", type=click.IntRange(2020, 2200))
def transparency(year: int) -> None:
    """Count what moderators decided in YEAR, from the log, as a page to publish."""
    with open_database(settings()) as db:
        click.echo("\n".join(page_lines(service.figures(db, year))))
