"""`finder import` and `finder export csv`."""

from pathlib import Path

import click

from finder.domain.groups import GroupDraft
from finder.domain.refused import Refused
from finder.places.commands import INPUT
from finder.places.context import located
from finder.platform.clock import SYSTEM_CLOCK
from finder.platform.console import fail, open_database, settings
from finder.settings import Settings
from finder.spreadsheets import listings_csv, service


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
    with open_database(its) as db, click.progressbar(drafts, label="Listings") as shown:
        try:
            report = service.import_drafts(
                db,
                shown,
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
    with open_database(its) as db:
        text = listings_csv.write(service.published_drafts(db), located(its))
    target.write_text(text, encoding="utf-8-sig", newline="")
    click.echo(f"Written to {target}.")
