"""`finder rebuild` and `finder learn`: ratings worked out anew."""

import click

from finder.listings import service as listings_service
from finder.platform.clock import SYSTEM_CLOCK
from finder.platform.console import open_database, settings
from finder.reviews.learning import service as learning_service


@click.command()
def rebuild() -> None:
    """Work out all talking levels and facts anew; daily, since reports fade.

    And the names by which areas are found, where a release before kept others.
    """
    with open_database(settings()) as db:
        click.echo(f"{learning_service.rebuild_levels(db, SYSTEM_CLOCK.now()):,} groups rebuilt.")
        renamed = listings_service.renew_areas(db)
    if renamed:
        click.echo(f"{renamed:,} venues can be found by the name of their area again.")


@click.command()
def learn() -> None:
    """Learn what formats, organisers and parents are like from all reviews, and rebuild."""
    with open_database(settings()) as db:
        taught, rebuilt = learning_service.learn(db, SYSTEM_CLOCK.now())
    click.echo(f"Learned from {taught:,} groups with reviews; {rebuilt:,} groups rebuilt.")
