"""Listings that came from other people's feeds, and how far each feed's run came."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.groups import GroupDraft
from finder.domain.vocabulary import ListingState
from finder.listings import drafts
from finder.listings.tables import GroupRow
from finder.listings.writer import Saved
from finder.open_data.feed_import.feed_listing import Offer
from finder.open_data.feed_import.tables import FeedListingRow, FeedRow, FeedVenueRow
from finder.platform.db.database import Db, lock_rows
from finder.reviews.saving import Saving, save

GOES_ON_WITHIN = timedelta(days=1)
"""After this a stopped run begins anew: by then the feed's pages may have changed."""
AT_ONCE = 500


@dataclass(frozen=True)
class Run:
    """One run through a feed. first_page: where it begins; is_resumed: where another stopped."""

    feed_id: UUID
    number: int
    first_page: int
    is_resumed: bool


@dataclass(frozen=True)
class FeedListing:
    """A listing that came from a feed before, as it is here now."""

    source_id: str
    group_id: UUID
    digest: str
    seen_run: int
    is_changed_here: bool
    is_ended: bool


@dataclass(frozen=True)
class Taking:
    """A listing that was taken. venue_id: of a venue that it made, else None."""

    source_id: str
    group_id: UUID
    version: int
    digest: str
    venue_id: UUID | None
    location_id: str


class TakenAlready(Exception):
    """Its organiser has a listing of that reference here, which is not this feed's."""


def begin(db: Db, address: str, at: datetime) -> Run:
    """Begin a run, or go on with one that was stopped within a day; the caller commits."""
    _read_without_mmap(db)
    feed = db.exec(select(FeedRow).where(col(FeedRow.address) == address)).first()
    if feed is None:
        feed = FeedRow(address=address, active_at=at)
        db.add(feed)
        db.flush()
        return Run(feed.id, 1, 1, is_resumed=False)
    if feed.finished_at is None and at - feed.active_at < GOES_ON_WITHIN:
        return Run(feed.id, feed.run, feed.next_page, is_resumed=feed.next_page > 1)
    feed.run, feed.next_page, feed.active_at, feed.finished_at = feed.run + 1, 1, at, None
    db.flush()
    return Run(feed.id, feed.run, 1, is_resumed=False)


def _read_without_mmap(db: Db) -> None:
    """Read SQLite's file by calls: mapped, a long run would hold most of it in memory."""
    if db.get_bind().dialect.name == "sqlite":
        db.execute(sa.text("PRAGMA mmap_size=0"))


def page_done(
    db: Db, run: Run, page: int, met: Collection[str], takings: Sequence[Taking], at: datetime
) -> None:
    """Remember that a page is done, which listings it held, and what was taken of them.

    The caller commits.
    """
    here = sa.select(col(FeedListingRow.source_id)).where(
        col(FeedListingRow.feed_id) == run.feed_id, col(FeedListingRow.source_id).in_(met)
    )
    there = set(db.execute(here).scalars())
    rows = {one.source_id: _row(run, one) for one in takings}
    if added := [row for id_, row in rows.items() if id_ not in there]:
        db.execute(sa.insert(FeedListingRow), added)
    for id_ in rows.keys() & there:
        db.execute(sa.update(FeedListingRow).where(*_is(run, id_)).values(rows[id_]))
    if venues := [_venue_row(run, one) for one in takings if one.venue_id]:
        db.execute(sa.insert(FeedVenueRow), venues)
    db.execute(
        sa.update(FeedListingRow)
        .where(col(FeedListingRow.feed_id) == run.feed_id, col(FeedListingRow.source_id).in_(met))
        .values(seen_run=run.number)
    )
    feed = db.get_one(FeedRow, run.feed_id)
    feed.next_page, feed.active_at = page + 1, at
    db.flush()


def _is(run: Run, source_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (col(FeedListingRow.feed_id) == run.feed_id, col(FeedListingRow.source_id) == source_id)


def _row(run: Run, one: Taking) -> dict[str, object]:
    return {
        "feed_id": run.feed_id,
        "source_id": one.source_id,
        "group_id": one.group_id,
        "taken_version": one.version,
        "digest": one.digest,
        "seen_run": run.number,
        "is_ended": False,
    }


def _venue_row(run: Run, one: Taking) -> dict[str, object]:
    return {"venue_id": one.venue_id, "feed_id": run.feed_id, "source_id": one.location_id}


def run_done(db: Db, run: Run, at: datetime) -> None:
    """Remember that a run is done; the caller commits."""
    feed = db.get_one(FeedRow, run.feed_id)
    feed.next_page, feed.active_at, feed.finished_at = 1, at, at
    db.flush()


def taken_before(db: Db, run: Run, source_ids: Collection[str]) -> dict[str, FeedListing]:
    """Which of these came from this feed before, by source id."""
    return {kept.source_id: kept for kept, _ in _kept(db, run, source_ids)}


def take(db: Db, run: Run, offer: Offer, kept: FeedListing | None, saving: Saving) -> Taking:
    """Add or change a listing as a feed has it. Give what this returns to `page_done`.

    TakenAlready where its organiser has a listing of that reference which is not the feed's.
    A venue that somebody else made stays as it is. The caller writes what `saving` holds.
    """
    draft, is_new_venue = _with_venue(db, run, offer, saving)
    if kept:
        saved = _change(db, kept, draft, saving)
    elif saving.kept(draft):
        raise TakenAlready(draft.ref)
    else:
        saved = saving.save(draft)
    return Taking(
        offer.source_id,
        saved.public_id,
        saved.version,
        offer.digest,
        saved.venue_id if is_new_venue else None,
        offer.location_id,
    )


def _change(db: Db, kept: FeedListing, draft: GroupDraft, saving: Saving) -> Saved:
    group = db.get_one(GroupRow, kept.group_id)
    draft = replace(draft, ref=group.ref)
    _move(db, group, draft, saving)
    has_ended = kept.is_ended and group.state is ListingState.ENDED
    return saving.save(draft, ListingState.PUBLISHED if has_ended else None)


def gone(db: Db, run: Run) -> Iterator[tuple[FeedListing, str]]:
    """Listings that this run has not met and that have not ended, with their names."""
    key, last = col(FeedListingRow.source_id), ""
    while True:
        ids = list(
            db.execute(
                sa.select(key)
                .where(
                    col(FeedListingRow.feed_id) == run.feed_id,
                    col(FeedListingRow.seen_run) != run.number,
                    sa.not_(col(FeedListingRow.is_ended)),
                    key > last,
                )
                .order_by(key)
                .limit(AT_ONCE)
            ).scalars()
        )
        if not ids:
            return
        yield from _kept(db, run, ids)
        last = ids[-1]


def end(db: Db, run: Run, kept: FeedListing, at: datetime) -> bool:
    """Mark a listing ended, if it is on; whether it was. The caller commits."""
    # A moderator may hide it at this moment: a feed must not end it over that.
    lock_rows(db, GroupRow, [kept.group_id])
    group = db.get_one(GroupRow, kept.group_id)
    if group.state not in {ListingState.PUBLISHED, ListingState.PAUSED}:
        return False
    draft = drafts.draft_of(db, kept.group_id)
    if draft is None:
        return False
    save(db, draft, at=at, state=ListingState.ENDED)
    row = db.get_one(FeedListingRow, (run.feed_id, kept.source_id))
    row.taken_version, row.is_ended = group.version, True
    db.flush()
    return True


def _kept(db: Db, run: Run, source_ids: Collection[str]) -> Iterator[tuple[FeedListing, str]]:
    rows = db.execute(
        sa.select(FeedListingRow, col(GroupRow.version), col(GroupRow.name))
        .join(GroupRow, col(GroupRow.id) == col(FeedListingRow.group_id))
        .where(
            col(FeedListingRow.feed_id) == run.feed_id,
            col(FeedListingRow.source_id).in_(source_ids),
        )
    )
    for row, version, name in rows:
        is_changed = version != row.taken_version
        yield (
            FeedListing(
                row.source_id, row.group_id, row.digest, row.seen_run, is_changed, row.is_ended
            ),
            name,
        )


def _move(db: Db, group: GroupRow, draft: GroupDraft, saving: Saving) -> None:
    """Give a listing to the organiser whom the feed now names."""
    holder = saving.kept(draft)
    if holder and holder.row.id == group.id:
        return
    if holder:
        raise TakenAlready(draft.ref)
    organiser_id = saving.organiser_id(draft)
    saving.write()
    group.organiser_id = organiser_id
    db.flush()
    saving.ask_anew()


def _with_venue(db: Db, run: Run, offer: Offer, saving: Saving) -> tuple[GroupDraft, bool]:
    """The draft, at its venue as it stands here where that is not this location's to change.

    And whether this venue is new to us.
    """
    draft = offer.draft
    if draft is None:
        raise ValueError("nothing is offered")
    here = saving.venue(draft)
    if here is None or here.draft == draft.venue:
        return draft, here is None
    its = db.get(FeedVenueRow, here.id)
    is_its_own = its and (its.feed_id, its.source_id) == (run.feed_id, offer.location_id)
    if is_its_own:
        saving.write()
        if not _is_changed_here(db, here.id):
            return draft, False
    return replace(draft, venue=here.draft), False


def _is_changed_here(db: Db, venue_id: UUID) -> bool:
    """Whether a listing meets at this venue that is not as a feed left it."""
    left = sa.exists().where(
        col(FeedListingRow.group_id) == col(GroupRow.id),
        col(FeedListingRow.taken_version) == col(GroupRow.version),
    )
    ours = sa.select(col(GroupRow.id)).where(col(GroupRow.venue_id) == venue_id, ~left)
    return db.execute(ours.limit(1)).first() is not None
