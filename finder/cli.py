"""The `finder` command. Exit codes: 0 done, 1 the input or state is wrong, 2 usage."""

import click

from finder.listings import drafts
from finder.moderation.commands import moderator, transparency
from finder.open_data.commands import export_openreferral, import_openreferral
from finder.operations import metrics
from finder.operations.commands import backup, check, db_commands, restore, send_mail, tidy
from finder.organise.reminders.commands import remind
from finder.places.commands import load_places, load_postcodes
from finder.places.gazetteer import Gazetteer
from finder.places.online import UnknownGeocoder
from finder.platform.console import fail, settings
from finder.platform.db import migrate
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


def prepare_all(context: click.Context, its: Settings) -> None:
    """Do what a new machine needs: postcode index, tables, example groups where none are."""
    context.invoke(load_postcodes, onspd=None, if_missing=True)
    database = Database(its.database)
    migrate.upgrade(database)
    with database.session() as db:
        is_empty = next(iter(drafts.all_drafts(db)), None) is None
    database.close()
    if is_empty:
        context.invoke(
            import_listings, source=shipped("seed_groups.csv"), dry_run=False, organiser=""
        )


def refuse_unknown(its: Settings) -> None:
    """End with a sentence, before gunicorn's workers would with a traceback."""
    try:
        Gazetteer(its.data_dir, its.geocoder_names)
        transports.transport_from(its.mail_url.get_secret_value(), its.base_url, its.data_dir)
        Limits(its.limits_url.get_secret_value())
    except (UnknownGeocoder, transports.BadMailUrl, BadLimitsUrl) as error:
        fail(str(error))


@click.command()
@click.option("--prepare", is_flag=True, help="First do what a new machine needs.")
@click.pass_context
def serve(context: click.Context, prepare: bool) -> None:
    """Serve the site with gunicorn on FINDER_BIND with FINDER_WORKERS."""
    its = settings()
    refuse_unknown(its)
    if prepare:
        prepare_all(context, its)
        click.echo(f"Serving on http://{its.bind}")
    metrics.share_counts(its.data_dir)
    Server(its).run()


for command in (
    *(serve, load_postcodes, load_places, db_commands, import_listings, export_commands),
    *(import_openreferral, send_mail, remind, rebuild, learn, tidy),
    *(moderator, transparency, backup, restore, check),
):
    main.add_command(command)
export_commands.add_command(export_openreferral)
