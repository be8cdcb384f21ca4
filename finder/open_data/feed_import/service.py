"""Imports other people's feeds, page by page. Each page is committed at once."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from finder.open_data.feed_import import queries
from finder.open_data.feed_import.feed_listing import FeedPage, FeedReport, Offer, Skipped, Taken
from finder.open_data.feed_import.queries import FeedListing, Run, TakenAlready, Taking
from finder.platform.db.database import Db
from finder.reviews.saving import Saving

OnListing = Callable[[Offer, Taken, Skipped | None], None]
"""Called with each listing, what was done with it, and why it was skipped."""
Stands = tuple[Offer, Taken, Skipped | None]


def import_feed(
    db: Db,
    address: str,
    pages_from: Callable[[int], Iterable[FeedPage]],
    clock: Callable[[], datetime],
    on_listing: OnListing = lambda *_: None,
) -> FeedReport:
    """Import a feed, and mark ended what is gone from it.

    pages_from: the feed's pages from a number on. Each page is one commit, so a run that is
    stopped loses at most a page, and goes on from there if it is run again within a day. A run
    that finds no listings ends none.
    """
    run = queries.begin(db, address, clock())
    db.commit()
    tally = _Tally(on_listing)
    is_empty = not run.is_resumed
    for page in pages_from(run.first_page):
        is_empty = is_empty and not page.offers
        _take_page(db, run, page, clock(), tally)
        db.commit()
        db.expunge_all()
    if not is_empty:
        _end_gone(db, run, clock(), tally)
    queries.run_done(db, run, clock())
    db.commit()
    return FeedReport(dict(tally.taken), dict(tally.skipped), run.is_resumed, is_empty)


@dataclass
class _Tally:
    """What was done with the listings so far, and which ones the run has met."""

    on_listing: OnListing
    taken: Counter[Taken] = field(default_factory=Counter)
    skipped: Counter[Skipped] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)

    def __call__(self, one: Offer, what: Taken, why: Skipped | None = None) -> None:
        self.taken[what] += 1
        if why:
            self.skipped[why] += 1
        self.on_listing(one, what, why)


def _take_page(db: Db, run: Run, page: FeedPage, at: datetime, tally: _Tally) -> None:
    before = queries.taken_before(db, run, {one.source_id for one in page.offers})
    seen = tally.seen | {id_ for id_, kept in before.items() if kept.seen_run == run.number}
    met: set[str] = set()
    takings: list[Taking] = []
    saving = Saving(db, at)
    dealt = _as_they_stand(page, before, seen)
    saving.look_up([one.draft for one, what, _ in dealt if what is Taken.CHANGED and one.draft])
    for one, stands, reason in dealt:
        what, why, kept = stands, reason, before.get(one.source_id)
        if what is Taken.CHANGED:
            try:
                takings.append(queries.take(db, run, one, kept, saving))
                what = Taken.CHANGED if kept else Taken.ADDED
            except TakenAlready:
                what = Taken.KEPT if kept else Taken.SKIPPED
                why = None if kept else Skipped.ALREADY_HERE
        if what is not Taken.SKIPPED:
            met.add(one.source_id)
        tally(one, what, why)
    tally.seen = seen | {one.source_id for one, _, _ in dealt}
    saving.write()
    queries.page_done(db, run, page.number, met, takings, at)


def _as_they_stand(
    page: FeedPage, before: Mapping[str, FeedListing], seen: Collection[str]
) -> list[Stands]:
    """What is to be done with each listing of a page that was not dealt with yet."""
    first: dict[str, Offer] = {}
    for one in page.offers:  # on two pages, or twice on one: the first counts
        if one.source_id not in seen:
            first.setdefault(one.source_id, one)
    return [(one, *_as_it_stands(one, before.get(id_))) for id_, one in first.items()]


def _as_it_stands(one: Offer, kept: FeedListing | None) -> tuple[Taken, Skipped | None]:
    """What is to be done with a listing; CHANGED where it is to be taken."""
    if one.draft is None:
        return Taken.SKIPPED, one.why or Skipped.BROKEN
    if kept and kept.is_changed_here:
        return Taken.KEPT, None
    if kept and kept.digest == one.digest and not kept.is_ended:
        return Taken.UNCHANGED, None
    return Taken.CHANGED, None


def _end_gone(db: Db, run: Run, at: datetime, tally: _Tally) -> None:
    for kept, name in queries.gone(db, run):
        one = Offer(kept.source_id, name)
        if kept.is_changed_here:
            tally(one, Taken.KEPT)
        elif queries.end(db, run, kept, at):
            tally(one, Taken.ENDED)
