"""`finder remind`: asks organisers whether their listings still run."""

import click

from finder.organise.reminders import service
from finder.platform.clock import SYSTEM_CLOCK
from finder.platform.console import open_database, settings


@click.command()
def remind() -> None:
    """Ask organisers of listings not checked for 90 days; hide those silent for 180; daily."""
    its = settings()
    with open_database(its) as db:
        done = service.remind(db, its.site_address, SYSTEM_CLOCK.now())
    click.echo(
        f"{done.asked:,} listings asked about, {done.hidden:,} hidden, {done.mails:,} mails."
    )
    click.echo(f"Left alone: {done.examples:,} examples, {done.unattended:,} without an editor.")
