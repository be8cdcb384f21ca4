"""What an organiser does with a listing: publish, change any part, look back, undo.

Every listing is fetched through the account that asks. Another account's listing gives the same
answer as one that does not exist.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from finder.accounts import editors, rights
from finder.accounts.service import NotYours
from finder.domain.facts import Answers
from finder.domain.groups import GroupDraft, VenueDraft
from finder.domain.refused import Refused
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import Occurrence, is_sure_to_be_on, london_day, upcoming
from finder.domain.talking.rating import rate
from finder.domain.vocabulary import ListingState
from finder.group_page.rules import FactFound, ListingPage
from finder.listings import history, organisers, writer
from finder.listings.changes import Line, compare
from finder.listings.duplicates import queries as duplicates_queries
from finder.listings.duplicates import service as duplicates_service
from finder.listings.duplicates.rules import why_ask
from finder.listings.learned import tables_in_use
from finder.listings.tables import GroupRow
from finder.listings.writer import Saved
from finder.organise import queries, venues
from finder.organise.rules import (
    STATE_ON,
    TAKEN,
    Lookalike,
    OwnListing,
    Publishing,
    Version,
    ref_from,
)
from finder.organise.wizard import queries as wizard_queries
from finder.platform.db.database import Db, read_locked
from finder.reviews.saving import save

DATES_SHOWN = 8


class ChangedMeanwhile(Exception):
    """Somebody else changed the listing since this editor opened it. Nothing was saved.

    version: the one it has now. lines: who changed what.
    """

    def __init__(self, version: int, lines: tuple[Line, ...]) -> None:
        super().__init__(version)
        self.version = version
        self.lines = lines


def publish(
    db: Db,
    account_id: UUID,
    unfinished_id: UUID,
    draft: GroupDraft,
    organiser_id: UUID | None,
    now: datetime,
) -> UUID:
    """List a group that was written step by step. Gives its public id, that of the writing.

    organiser_id: one that this account edits; None makes a new one of the draft's name. NotYours;
    Refused, field `organiser`, for a name that is taken. A second press changes nothing.
    """
    if wizard_queries.remove(db, account_id, unfinished_id) == 0:
        db.rollback()
        return own(db, account_id, unfinished_id).id
    organiser_id, name = _organiser(db, account_id, organiser_id, draft.organiser, now)
    taken = organisers.refs_of(db, organiser_id)
    is_known = organisers.is_known(db, name)
    saved = save(
        db,
        replace(
            draft,
            organiser=name,
            ref=ref_from(draft.name, taken),
            venue=_venue(db, account_id, draft.venue),
        ),
        at=now,
        state=STATE_ON[Publishing.FURTHER if is_known else Publishing.FIRST],
        checked_on=london_day(now),
        by=account_id,
        public_id=unfinished_id,
    )
    duplicates_service.spot(db, now, saved.public_id)
    db.commit()
    return saved.public_id


def is_name_taken(db: Db, name: str) -> bool:
    """Whether an organiser has this name already. Typing a name gives no right to its listings."""
    return organisers.is_taken(db, name)


def is_venue_shared(db: Db, account_id: UUID, venue: VenueDraft) -> bool:
    """Whether groups of other organisers meet there too, so that its address can't be changed."""
    kept = venues.called(db, venue.name, venue.postcode)
    return kept is not None and venues.is_used_by_others(db, kept[0], account_id)


def next_dates(draft: GroupDraft, calendars: Calendars, now: datetime) -> list[Occurrence]:
    """The next eight dates, for whoever typed them to check."""
    calendar = calendars.of(draft.venue.nation, draft.venue.council_code)
    return upcoming(draft.sessions, now, calendar, {}, most=DATES_SHOWN)


def own(db: Db, account_id: UUID, group_id: UUID) -> OwnListing:
    """A listing that this account edits, whatever its state. NotYours."""
    found = queries.owned_by(db, account_id, group_id)
    if found is None:
        raise NotYours
    return found


def as_opened(db: Db, listing: OwnListing, version: int) -> GroupDraft:
    """The draft at the version that an editor opened; the current one where that is not kept."""
    if version == listing.version:
        return listing.draft
    return history.draft_at(db, listing.id, version) or listing.draft


def edit(
    db: Db,
    account_id: UUID,
    group_id: UUID,
    draft: GroupDraft,
    version: int,
    now: datetime,
    opened: int | None = None,
) -> Saved:
    """Keep a changed listing. Its state stays. NotYours.

    version: the one that the editor has seen. ChangedMeanwhile where it is another by now: then
    nothing is saved, and it says who changed what since `opened`, the version both began with.
    """
    listing = _locked(db, account_id, group_id, draft.venue)
    draft = replace(
        draft,
        organiser=listing.draft.organiser,
        ref=listing.draft.ref,
        venue=_venue(db, account_id, draft.venue),
    )
    try:
        saved = save(db, draft, at=now, by=account_id, version=version)
    except writer.Moved:
        db.rollback()
        raise _meanwhile(db, account_id, group_id, draft, opened or version) from None
    db.commit()
    return saved


def versions(db: Db, account_id: UUID, group_id: UUID) -> tuple[OwnListing, tuple[Version, ...]]:
    """A listing and its history, newest first. NotYours."""
    listing = own(db, account_id, group_id)
    return listing, queries.versions_of(db, group_id)


def restore(
    db: Db, account_id: UUID, group_id: UUID, old: int, version: int, now: datetime
) -> Saved:
    """Make a listing say what an old version said, as a new version. NotYours, also for a
    version that is not kept; ChangedMeanwhile as for `edit`.
    """
    own(db, account_id, group_id)
    draft = history.draft_at(db, group_id, old)
    if draft is None:
        raise NotYours
    return edit(db, account_id, group_id, draft, version, now)


def preview(
    db: Db, draft: GroupDraft, calendars: Calendars, page_id: UUID, now: datetime
) -> ListingPage:
    """The page that parents will see of a draft that is not listed yet."""
    claim = draft.claimed_level.value if draft.claimed_level else None
    calendar = calendars.of(draft.venue.nation, draft.venue.council_code)
    facts, today = {**draft.venue.facts, **draft.facts}, london_day(now)
    return ListingPage(
        public_id=page_id,
        draft=draft,
        talking=rate(claim, (), draft.format, draft.venue.kind, tables_in_use(db)),
        facts=tuple(
            FactFound(fact, Answers(is_yes, organiser_on=today)) for fact, is_yes in facts.items()
        ),
        next_occurrences=tuple(upcoming(draft.sessions, now, calendar, {})),
        checked_on=today,
        updated_at=now,
        are_terms_known=all(
            is_sure_to_be_on(session, one.on, calendar)
            for session in draft.sessions
            for one in upcoming([session], now, calendar, {})
        ),
    )


def lookalikes_of(db: Db, account_id: UUID, draft: GroupDraft) -> tuple[Lookalike, ...]:
    """Listings close by of nearly the same name, or on there at the same time: "Is this yours?".

    Those of others only as far as anybody can see them.
    """
    found = duplicates_queries.near(db, draft.venue.place)
    yours = rights.own_among(db, account_id, [group_id for group_id, _, _ in found])
    return tuple(
        Lookalike(group_id, one.name, one.venue.name, one.organiser, why, group_id in yours)
        for group_id, state, one in found
        if state is ListingState.PUBLISHED or group_id in yours
        if (why := why_ask(one, draft))
    )


def _locked(db: Db, account_id: UUID, group_id: UUID, venue: VenueDraft) -> OwnListing:
    """A listing that this account edits, locked with all that follow its change. NotYours."""

    def followers(listing: OwnListing) -> set[UUID]:
        here = listing.draft.venue
        return {group_id} | (set() if venue == here else venues.groups_around(db, here, venue))

    listing = read_locked(db, lambda: own(db, account_id, group_id), GroupRow, followers)
    if not rights.hold_right(db, account_id, group_id):
        db.rollback()
        raise NotYours
    return listing


def _organiser(
    db: Db, account_id: UUID, organiser_id: UUID | None, name: str, now: datetime
) -> tuple[UUID, str]:
    """Id and name of an organiser of this account, or of a new one."""
    if organiser_id is not None:
        # Two listings of one name at once must not get one ref.
        editors.lock(db, organiser_id)
        found = editors.own_organiser(db, account_id, organiser_id)
        if found is None:
            db.rollback()
            raise NotYours
        return found.id, found.name
    try:
        made = None if organisers.is_taken(db, name) else organisers.add(db, name)
    except IntegrityError:
        made = None
    if made is None:
        db.rollback()
        raise Refused("organiser", TAKEN)
    editors.add(db, made, account_id, now)
    return made, name


def _venue(db: Db, account_id: UUID, venue: VenueDraft) -> VenueDraft:
    """The venue as it may be saved. Where groups of other organisers meet, theirs stays: only
    facts that nobody has answered are added.
    """
    kept = venues.called(db, venue.name, venue.postcode)
    if kept is None or not venues.is_used_by_others(db, kept[0], account_id):
        return venue
    return replace(kept[1], facts={**venue.facts, **kept[1].facts})


def _meanwhile(
    db: Db, account_id: UUID, group_id: UUID, yours: GroupDraft, opened: int
) -> ChangedMeanwhile:
    listing = own(db, account_id, group_id)
    base = history.draft_at(db, group_id, opened)
    return ChangedMeanwhile(listing.version, compare(base, listing.draft, yours))
