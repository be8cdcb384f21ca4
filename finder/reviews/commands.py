"""`finder rebuild` and `finder learn`: ratings worked out anew."""

import click

from finder.listings import service as listings_service
from finder.platform.clock import SYSTEM_CLOCK
from finder.platform.console import fail, open_database, settings
from finder.reviews.learning import service as learning_service
from finder.reviews.learning.rules import changes, moved_levels


@click.command()
def rebuild() -> None:
    """Work out all talking levels and facts anew; daily, since reports fade.

    And the names by which areas are found, where a release before kept others.
    """
    with open_database(settings()) as db:
        rebuilt = learning_service.rebuild(db, SYSTEM_CLOCK.now())
        click.echo(moved_levels(rebuilt.groups, rebuilt.moved))
        renamed = listings_service.renew_areas(db)
    if renamed:
        click.echo(f"{renamed:,} venues can be found by the name of their area again.")


@click.command()
def learn() -> None:
    """Learn what formats, organisers and parents are like from all reviews, and rebuild.

    Shows the old numbers and the new, and writes the new tables to talking-VERSION.json in
    FINDER_DATA_DIR.
    """
    config = settings()
    with open_database(config) as db:
        learned = learning_service.learn(db, SYSTEM_CLOCK.now())
    click.echo("\n".join(changes(learned.before, learned.after)))
    click.echo(f"Learned from {learned.taught:,} groups with reviews.")
    click.echo(moved_levels(learned.rebuilt.groups, learned.rebuilt.moved))
    path = config.data_dir / f"talking-{learned.after.version}.json"
    try:
        path.write_text(learned.kept + "\n", encoding="utf-8")
    except OSError as error:
        fail(f"All is rated by the new tables, but {path} can't be written ({error.strerror}).")
    click.echo(f"The new tables are in {path}.")
