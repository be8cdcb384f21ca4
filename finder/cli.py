"""The `finder` command. Exit codes: 0 done, 1 the input or state is wrong, 2 usage."""

import click

from finder.listings import drafts
from finder.moderation.commands import moderator, transparency
from finder.open_data.commands import export_openreferral, import_openreferral
from finder.operations import metrics, upgrading
from finder.operations.commands import backup, check, db_commands, restore, send_mail, tidy
from finder.organise.reminders.commands import remind
from finder.places.commands import load_places, load_postcodes
from finder.places.gazetteer import Gazetteer
from finder.places.online import UnknownGeocoder
from finder.platform.clock import SYSTEM_CLOCK
from finder.platform.console import fail, settings
from finder.platform.db.database import Database
from finder.platform.limits import BadLimitsUrl, Limits
from finder.platform.mail import transports
from finder.reviews.commands import learn, rebuild
from finder.serving import Server
from finder.settings import Settings, shipped
from finder.spreadsheets.commands import export_commands, import_listings


@click.group()
def main() -> None:
    """Quiet Corner: local baby and toddler groups, and how much you will have to talk."""


def prepare_all(context: click.Context, config: Settings) -> None:
    """Make what a new machine lacks: postcode index, tables, and example groups."""
    context.invoke(load_postcodes, onspd=None, if_missing=True)
    database = Database(config.database)
    for sentence in upgrading.upgrade(database, SYSTEM_CLOCK.now()):
        click.echo(sentence)
    with database.session() as db:
        is_empty = next(iter(drafts.all_drafts(db)), None) is None
    database.close()
    if is_empty:
        context.invoke(
            import_listings, source=shipped("seed_groups.csv"), dry_run=False, organiser=""
        )


def refuse_unknown(config: Settings) -> None:
    """Say in a sentence which setting is wrong; gunicorn would end with a traceback."""
    try:
        Gazetteer(config.data_dir, config.geocoder_names)
        transports.transport_from(
            config.mail_url.get_secret_value(), config.base_url, config.data_dir
        )
        Limits(config.limits_url.get_secret_value())
    except (UnknownGeocoder, transports.BadMailUrl, BadLimitsUrl) as error:
        fail(str(error))


@click.command()
@click.option("--prepare", is_flag=True, help="First do what a new machine needs.")
@click.pass_context
def serve(context: click.Context, prepare: bool) -> None:
    """Serve the site with gunicorn on FINDER_BIND with FINDER_WORKERS."""
    config = settings()
    refuse_unknown(config)
    if prepare:
        prepare_all(context, config)
        click.echo(f"Serving on http://{config.bind}")
    metrics.share_counts(config.data_dir)
    Server(config).run()


for command in (
    *(serve, load_postcodes, load_places, db_commands, import_listings, export_commands),
    *(import_openreferral, send_mail, remind, rebuild, learn, tidy),
    *(moderator, transparency, backup, restore, check),
):
    main.add_command(command)
export_commands.add_command(export_openreferral)
