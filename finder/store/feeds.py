"""Listings that came from other people's feeds, and how far each feed's run came."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.groups import GroupDraft
from finder.domain.offered import Offered
from finder.domain.vocabulary import ListingState
from finder.store import groups
from finder.store.database import Db
from finder.store.group_drafts import facts_of_venues
from finder.store.group_rows import venue_from
from finder.store.tables import GroupRow, OrganiserRow, VenueRow
from finder.store.tables_feeds import FeedListingRow, FeedRow, FeedVenueRow

GOES_ON_WITHIN = timedelta(days=1)
"""After this a run that was stopped begins anew: the feed's pages are no longer what they were."""
AT_ONCE = 500


@dataclass(frozen=True)
class Run:
    """One run through a feed. first_page: where it begins; is_resumed: where another stopped."""

    feed_id: UUID
    number: int
    first_page: int
    is_resumed: bool


@dataclass(frozen=True)
class Kept:
    """A listing that came from a feed before, as it is here now."""

    source_id: str
    group_id: UUID
    digest: str
    seen_run: int
    is_changed_here: bool
    is_ended: bool


class TakenAlready(Exception):
    """Its organiser has a listing of that reference here, which is not this feed's."""


def begin(db: Db, address: str, at: datetime) -> Run:
    """Begin a run, or go on with one that was stopped within a day; the caller commits."""
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


def page_done(db: Db, run: Run, page: int, seen: Collection[str], at: datetime) -> None:
    """Remember that a page is done, and which listings it held; the caller commits."""
    db.execute(
        sa.update(FeedListingRow)
        .where(col(FeedListingRow.feed_id) == run.feed_id, col(FeedListingRow.source_id).in_(seen))
        .values(seen_run=run.number)
    )
    feed = db.get_one(FeedRow, run.feed_id)
    feed.next_page, feed.active_at = page + 1, at
    db.flush()


def run_done(db: Db, run: Run, at: datetime) -> None:
    """Remember that a run is done; the caller commits."""
    feed = db.get_one(FeedRow, run.feed_id)
    feed.next_page, feed.active_at, feed.finished_at = 1, at, at
    db.flush()


def known(db: Db, run: Run, source_ids: Collection[str]) -> dict[str, Kept]:
    """Which of these came from this feed before, by source id."""
    return {kept.source_id: kept for kept, _ in _kept(db, run, source_ids)}


def take(db: Db, run: Run, offered: Offered, kept: Kept | None, at: datetime) -> None:
    """Add or change a listing as a feed offers it; the caller commits.

    TakenAlready where its organiser has a listing of that reference which is not the feed's.
    A venue that somebody else made stays as it is.
    """
    draft = _with_venue(db, run, offered)
    state = None
    if kept:
        group = db.get_one(GroupRow, kept.group_id)
        draft = replace(draft, ref=group.ref)
        _move(db, group, draft)
        has_ended = kept.is_ended and group.state is ListingState.ENDED
        state = ListingState.PUBLISHED if has_ended else None
    elif _holder(db, draft):
        raise TakenAlready(draft.ref)
    saved = groups.save(db, draft, at=at, state=state)
    group = db.get_one(GroupRow, saved.public_id)
    if not db.get(FeedVenueRow, group.venue_id) and not _is_shared(db, group):
        db.add(
            FeedVenueRow(
                venue_id=group.venue_id, feed_id=run.feed_id, source_id=offered.location_id
            )
        )
    _remember(db, run, offered, group, kept)


def gone(db: Db, run: Run) -> Iterator[tuple[Kept, str]]:
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


def end(db: Db, run: Run, kept: Kept, at: datetime) -> bool:
    """Mark a listing ended, if it is on; whether it was. The caller commits."""
    group = db.get_one(GroupRow, kept.group_id)
    if group.state not in {ListingState.PUBLISHED, ListingState.PAUSED}:
        return False
    group.state, group.version, group.updated_at = ListingState.ENDED, group.version + 1, at
    row = db.get_one(FeedListingRow, (run.feed_id, kept.source_id))
    row.taken_version, row.is_ended = group.version, True
    db.flush()
    return True


def _kept(db: Db, run: Run, source_ids: Collection[str]) -> Iterator[tuple[Kept, str]]:
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
            Kept(row.source_id, row.group_id, row.digest, row.seen_run, is_changed, row.is_ended),
            name,
        )


def _remember(db: Db, run: Run, offered: Offered, group: GroupRow, kept: Kept | None) -> None:
    row = db.get(FeedListingRow, (run.feed_id, offered.source_id)) if kept else None
    row = row or FeedListingRow(
        feed_id=run.feed_id,
        source_id=offered.source_id,
        group_id=group.id,
        taken_version=0,
        digest="",
        seen_run=0,
    )
    row.taken_version, row.digest = group.version, offered.digest
    row.seen_run, row.is_ended = run.number, False
    db.add(row)
    db.flush()


def _move(db: Db, group: GroupRow, draft: GroupDraft) -> None:
    """Give a listing to the organiser whom the feed now names."""
    holder = _holder(db, draft)
    if holder == group.id:
        return
    if holder:
        raise TakenAlready(draft.ref)
    group.organiser_id = groups.organiser_named(db, draft.organiser)
    db.flush()


def _holder(db: Db, draft: GroupDraft) -> UUID | None:
    """The group that has this organiser and reference already."""
    return db.exec(
        select(GroupRow.id)
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .where(col(OrganiserRow.name) == draft.organiser, col(GroupRow.ref) == draft.ref)
    ).first()


def _with_venue(db: Db, run: Run, offered: Offered) -> GroupDraft:
    """The draft, at its venue as it stands here where that is not this location's to change."""
    draft = offered.draft
    if draft is None:
        raise ValueError("nothing is offered")
    row = db.exec(
        select(VenueRow).where(
            col(VenueRow.name) == draft.venue.name, col(VenueRow.postcode) == draft.venue.postcode
        )
    ).first()
    if row is None:
        return draft
    here = venue_from(row, facts_of_venues(db, {row.id})[row.id])
    if here == draft.venue:
        return draft
    its = db.get(FeedVenueRow, row.id)
    is_its_own = its and (its.feed_id, its.source_id) == (run.feed_id, offered.location_id)
    if is_its_own and not _is_changed_here(db, row.id):
        return draft
    return replace(draft, venue=here)


def _is_changed_here(db: Db, venue_id: UUID) -> bool:
    """Whether a listing meets at this venue that is not as a feed left it."""
    left = sa.exists().where(
        col(FeedListingRow.group_id) == col(GroupRow.id),
        col(FeedListingRow.taken_version) == col(GroupRow.version),
    )
    ours = sa.select(col(GroupRow.id)).where(col(GroupRow.venue_id) == venue_id, ~left)
    return db.execute(ours.limit(1)).first() is not None


def _is_shared(db: Db, group: GroupRow) -> bool:
    """Whether other groups meet where this one does."""
    others = sa.select(col(GroupRow.id)).where(
        col(GroupRow.venue_id) == group.venue_id, col(GroupRow.id) != group.id
    )
    return db.execute(others.limit(1)).first() is not None
