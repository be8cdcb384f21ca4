"""The `finder` command. Exit codes: 0 done, 1 the input or state is wrong, 2 usage."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import click

from finder.commands.backup import backup, restore
from finder.commands.check import check
from finder.commands.moderator import moderator, transparency
from finder.commands.open_data import export_openreferral, import_openreferral
from finder.commands.opened import located, opened
from finder.commands.said import bar, fail, settings
from finder.domain.groups import GroupDraft
from finder.domain.refused import Refused
from finder.domain.retention import LETTERS
from finder.domain.vocabulary import ListingState
from finder.formats import listings_csv
from finder.services import importing, mailing, naming, reminding, reviewing, tidying
from finder.services.clock import SYSTEM_CLOCK
from finder.services.limiting import BadLimitsUrl, Limits
from finder.serving import Server
from finder.settings import Settings, shipped
from finder.store import gazetteer_build, gazetteer_places, group_drafts, migrating
from finder.store.database import Database
from finder.store.gazetteer import Gazetteer
from finder.store.gazetteer_files import IndexMissing
from finder.store.gazetteer_online import UnknownGeocoder
from finder.store.gazetteer_sources import BadSource
from finder.web import metrics

INPUT = click.Path(exists=True, dir_okay=False, path_type=Path)


def counted(
    drafts: Sequence[GroupDraft], progress: Callable[[int, int], None]
) -> Iterator[GroupDraft]:
    """The same drafts, telling the bar of each."""
    for done, draft in enumerate(drafts, 1):
        yield draft
        progress(done, len(drafts))


@click.group()
def main() -> None:
    """Quiet Corner: local baby and toddler groups, and how much you will have to talk."""


@click.command(name="load-postcodes")
@click.option("--onspd", type=INPUT, help="A newer ONS Postcode Directory zip.")
@click.option("--if-missing", is_flag=True, help="Do nothing where the index is there.")
def load_postcodes(onspd: Path | None, if_missing: bool) -> None:
    """Build the index of postcodes and places."""
    data_dir = settings().data_dir
    if if_missing and gazetteer_build.is_built(data_dir):
        return
    try:
        with bar("Postcodes") as progress:
            count = gazetteer_build.build(data_dir, onspd, progress)
    except BadSource as error:
        fail(str(error))
    click.echo(f"{count:,} postcodes are in the index.")


@click.command(name="load-places")
@click.argument("source", type=INPUT, metavar="ZIP")
def load_places(source: Path) -> None:
    """Add the place names of an OS Open Names CSV zip."""
    try:
        with bar("Places") as progress:
            count = gazetteer_places.load(settings().data_dir, source, progress)
    except (BadSource, IndexMissing) as error:
        fail(str(error))
    click.echo(f"{count:,} place names were added.")


@click.group(name="db")
def db_commands() -> None:
    """Change the database's tables."""


@db_commands.command()
def upgrade() -> None:
    """Bring the tables to this release."""
    with closing(Database(settings().database)) as database:
        migrating.upgrade(database)
    click.echo("The database is of this release.")


@db_commands.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the tables back to REVISION (`base` removes them)."""
    try:
        with closing(Database(settings().database)) as database:
            migrating.downgrade(database, revision)
    except migrating.UnknownRevision as error:
        fail(str(error))
    click.echo(f"The database is at {revision}.")


def drafts_in(source: Path, its: Settings) -> tuple[GroupDraft, ...]:
    """The groups of a listings CSV; ends with every error, each with line and column."""
    read = listings_csv.read(source.read_bytes(), located(its))
    if read.errors:
        fail("\n".join([*map(str, read.errors), "Nothing was imported."]))
    return read.drafts


@click.command(name="import")
@click.argument("source", type=INPUT, metavar="FILE.csv")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--organiser", default="", metavar="EMAIL", help="Who looks after the listings.")
def import_listings(source: Path, dry_run: bool, organiser: str) -> None:
    """Import a listings CSV: all or nothing. Running it twice changes nothing."""
    its = settings()
    drafts = drafts_in(source, its)
    with opened(its) as db, bar("Listings", len(drafts)) as progress:
        try:
            report = importing.import_drafts(
                db,
                counted(drafts, progress),
                SYSTEM_CLOCK.now(),
                is_dry_run=dry_run,
                editor=organiser,
            )
        except Refused as refusal:
            fail(f"{refusal.message}. Nothing was imported.")
    would = "would be " if dry_run else ""
    click.echo(
        f"{report.added:,} {would}added, {report.changed:,} {would}changed, "
        f"{report.unchanged:,} left alone."
    )


@click.group(name="export")
def export_commands() -> None:
    """Write what can be imported again without loss."""


@export_commands.command(name="csv")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def export_csv(target: Path) -> None:
    """Write all published listings as CSV: a file can't say that one is paused or hidden."""
    its = settings()
    with opened(its) as db:
        public = group_drafts.all_drafts(db, {ListingState.PUBLISHED})
        text = listings_csv.write((draft for _, draft in public), located(its))
    target.write_text(text, encoding="utf-8-sig", newline="")
    click.echo(f"Written to {target}.")


@click.command(name="send-mail")
def send_mail() -> None:
    """Send the mail that is due, as the serving site does by itself."""
    its = settings()
    out = mailing.transport_from(its.mail_url.get_secret_value(), its.base_url, its.data_dir)
    with opened(its) as db:
        click.echo(f"{mailing.deliver_due(db, out, SYSTEM_CLOCK.now()):,} sent.")


@click.command()
def remind() -> None:
    """Ask organisers of listings not checked for 90 days; hide those silent for 180; daily."""
    its = settings()
    with opened(its) as db:
        done = reminding.remind(db, its.site_address, SYSTEM_CLOCK.now())
    click.echo(
        f"{done.asked:,} listings asked about, {done.hidden:,} hidden, {done.mails:,} mails."
    )
    click.echo(f"Left alone: {done.examples:,} examples, {done.unattended:,} without an editor.")


@click.command()
def rebuild() -> None:
    """Work out all talking levels and facts anew; daily, since reports fade.

    And the names by which areas are found, where a release before kept others.
    """
    with opened(settings()) as db:
        click.echo(f"{reviewing.rebuild_levels(db, SYSTEM_CLOCK.now()):,} groups rebuilt.")
        renamed = naming.renew_areas(db)
    if renamed:
        click.echo(f"{renamed:,} venues can be found by the name of their area again.")


@click.command()
def learn() -> None:
    """Learn what formats, organisers and parents are like from all reviews, and rebuild."""
    with opened(settings()) as db:
        taught, rebuilt = reviewing.learn(db, SYSTEM_CLOCK.now())
    click.echo(f"Learned from {taught:,} groups with reviews; {rebuilt:,} groups rebuilt.")


@click.command()
def tidy() -> None:
    """Forget what need not be kept, by the list of the privacy page."""
    its = settings()
    with opened(its) as db:
        done = tidying.tidy(db, SYSTEM_CLOCK.now())
    files = mailing.tidy_files(its.data_dir, SYSTEM_CLOCK.now())
    for kept, count in done:
        click.echo(f"{count + (files if kept is LETTERS else 0):,} forgotten: {kept.what}.")


def prepare_all(context: click.Context, its: Settings) -> None:
    """Do what a new machine needs: postcode index, tables, example groups where none are."""
    context.invoke(load_postcodes, onspd=None, if_missing=True)
    database = Database(its.database)
    migrating.upgrade(database)
    with database.session() as db:
        is_empty = next(iter(group_drafts.all_drafts(db)), None) is None
    database.close()
    if is_empty:
        context.invoke(
            import_listings, source=shipped("seed_groups.csv"), dry_run=False, organiser=""
        )


def refuse_unknown(its: Settings) -> None:
    """End with a sentence, before gunicorn's workers would with a traceback."""
    try:
        Gazetteer(its.data_dir, its.geocoder_names)
        mailing.transport_from(its.mail_url.get_secret_value(), its.base_url, its.data_dir)
        Limits(its.limits_url.get_secret_value())
    except (UnknownGeocoder, mailing.BadMailUrl, BadLimitsUrl) as error:
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
