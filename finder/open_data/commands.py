"""`finder import-openreferral` and `finder export openreferral`."""

import json
from collections.abc import Callable, Iterable, Iterator
from csv import writer
from datetime import date
from pathlib import Path

import click

from finder.domain.schedule.sessions import london_day
from finder.open_data import service as open_data_service
from finder.open_data.feed_import import service as feed_import_service
from finder.open_data.feed_import.feed_listing import FeedPage, FeedReport, Offer, Skipped, Taken
from finder.open_data.listed import Listed
from finder.open_data.referral import write as referral_write
from finder.open_data.referral.fetch import Feed, feed_at
from finder.open_data.referral.read import offers_of
from finder.places.gazetteer import Locate, located
from finder.platform.clock import SYSTEM_CLOCK
from finder.platform.console import bar, fail, open_database, settings
from finder.platform.csv_guard import guarded
from finder.platform.web.safe_fetch import FeedTrouble

SERVICES_A_FILE = 250


@click.command(name="import-openreferral")
@click.argument("where", metavar="URL_OR_DIR")
@click.option("--http", is_flag=True, help="Also read a feed that is not https.")
@click.option("--private", is_flag=True, help="Also read a feed within this network.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what was done with each listing to this CSV file.",
)
def import_openreferral(where: str, http: bool, private: bool, report: Path | None) -> None:
    """Bring in an Open Referral UK feed, 3.0 or 1.0: an address, or a folder of JSON files.

    Run it again to bring in what has changed, or to go on where it stopped.
    """
    its = settings()
    lines: list[tuple[str, ...]] = []

    def note(one: Offer, what: Taken, why: Skipped | None) -> None:
        if report:
            lines.append((one.source_id, one.name, what.label, why.label if why else ""))

    try:
        feed = feed_at(where, allow_http=http, allow_private=private)
        with open_database(its) as db, bar("Pages") as progress:
            pages = _reader(feed, located(its), london_day(SYSTEM_CLOCK.now()), progress)
            done = feed_import_service.import_feed(db, feed.address, pages, SYSTEM_CLOCK.now, note)
    except FeedTrouble as trouble:
        fail(f"{trouble}. What was read so far is kept. Run it again to go on from there.")
    finally:
        if report:
            _write_report(report, lines)
    for line in report_lines(done):
        click.echo(line)
    if done.is_empty:
        fail("The feed holds no services. Nothing was taken for ended.")


def _reader(
    feed: Feed, locate: Locate, day: date, progress: Callable[[int, int], None]
) -> Callable[[int], Iterator[FeedPage]]:
    def pages(first: int) -> Iterator[FeedPage]:
        for page in feed.pages(first):
            offers = (one for service in page.services for one in offers_of(service, locate, day))
            yield FeedPage(page.number, page.of, tuple(offers))
            progress(page.number, page.of)

    return pages


def report_lines(done: FeedReport) -> Iterator[str]:
    """What a run did, in lines."""
    if done.is_resumed:
        yield "Went on where the last run stopped."
    for what in Taken:
        if what is not Taken.SKIPPED:
            yield f"{done.taken.get(what, 0):,} {what.label}."
    yield f"{done.taken.get(Taken.SKIPPED, 0):,} skipped:"
    for why, count in sorted(done.skipped.items(), key=lambda item: -item[1]):
        yield f"  {count:,} {why.label}"


def _write_report(target: Path, lines: Iterable[tuple[str, ...]]) -> None:
    """Write the lines so that no spreadsheet takes a cell for a formula."""
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        table = writer(file)
        table.writerow(("source_id", "name", "done", "why"))
        table.writerows([guarded(cell) for cell in line] for line in lines)


@click.command(name="openreferral")
@click.argument("target", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def export_openreferral(target: Path) -> None:
    """Write all public listings as Open Referral UK 3.0, into a new or empty folder."""
    its = settings()
    if target.exists() and any(target.iterdir()):
        fail(f"{target} is not empty. Nothing was written.")
    target.mkdir(parents=True, exist_ok=True)
    home = its.site_address
    count = 0
    with open_database(its) as db:
        for number, some in enumerate(
            _by_file(open_data_service.everything(db, SYSTEM_CLOCK.now())), 1
        ):
            services = [
                referral_write.service(one, f"{home}/groups/{one.public_id}") for one in some
            ]
            text = json.dumps({"contents": services}, ensure_ascii=False, indent=1)
            (target / f"services-{number:05}.json").write_text(text + "\n", encoding="utf-8")
            count += len(services)
    click.echo(f"{count:,} listings written to {target}.")


def _by_file(some: Iterable[tuple[Listed, ...]]) -> Iterator[tuple[Listed, ...]]:
    for many in some:
        for first in range(0, len(many), SERVICES_A_FILE):
            yield many[first : first + SERVICES_A_FILE]
