"""Which groups a data user or a feed reader asks for. whole_listings.py fetches them whole."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from finder.domain.facts import Fact
from finder.domain.groups import Place
from finder.domain.nearness import nearness
from finder.domain.vocabulary import Format, ListingState, TalkingLevel, VenueKind
from finder.listings.rules import facts_mask, traits_mask
from finder.listings.tables import GroupRow, OrganiserRow, SessionRow, VenueRow
from finder.open_data.listed import Listed
from finder.open_data.rules import OpenDataQuery, OpenOrganiser, OpenPage, Term
from finder.open_data.whole_listings import listed
from finder.platform.db.database import Db, Instant

AT_ONCE = 500
PUBLISHED = col(GroupRow.state) == ListingState.PUBLISHED
IDS = col(GroupRow.id)
REAL = (PUBLISHED, sa.not_(col(GroupRow.is_example)))

Organisers = sa.Select[UUID, str, int, datetime]


def listings(db: Db, asked: OpenDataQuery, now: datetime) -> OpenPage[Listed]:
    """One page of the published groups that were asked for, by id. Eight statements at most."""
    wanted = (
        sa.select(IDS)
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(PUBLISHED, *_conditions(asked))
    )
    total: int = db.execute(sa.select(sa.func.count()).select_from(wanted.subquery())).scalar_one()
    ids = db.execute(
        wanted.order_by(IDS).limit(asked.per_page).offset((asked.page - 1) * asked.per_page)
    ).scalars()
    found = list(ids)
    return OpenPage(
        listed(db, found, now) if found else (), total, asked.page, asked.per_page, changed_at(db)
    )


def changed_at(db: Db) -> datetime | None:
    """When any listing changed last, one that is no longer published included."""
    found: datetime | None = db.execute(
        sa.select(sa.func.max(col(GroupRow.updated_at), type_=Instant))
    ).scalar_one()
    return found


def organisers(db: Db, page: int, per_page: int) -> OpenPage[OpenOrganiser]:
    """One page of organisers that have a published group, by id."""
    wanted = _organisers()
    total: int = db.execute(sa.select(sa.func.count()).select_from(wanted.subquery())).scalar_one()
    rows = db.execute(
        wanted.order_by(col(OrganiserRow.id)).limit(per_page).offset((page - 1) * per_page)
    )
    found = tuple(OpenOrganiser(*row) for row in rows)
    return OpenPage(found, total, page, per_page, changed_at(db))


def organiser(db: Db, public_id: UUID) -> OpenOrganiser | None:
    """One organiser that has a published group, or None."""
    row = db.execute(_organisers().where(col(OrganiserRow.id) == public_id)).first()
    return OpenOrganiser(*row) if row else None


def listings_of(db: Db, organiser_id: UUID, now: datetime, most: int) -> tuple[Listed, ...]:
    """An organiser's published groups, by id, the first `most`."""
    ids = db.execute(
        sa.select(IDS)
        .where(PUBLISHED, col(GroupRow.organiser_id) == organiser_id)
        .order_by(IDS)
        .limit(most)
    ).scalars()
    return listed(db, list(ids), now)


def all_listings(
    db: Db, now: datetime, states: Iterable[ListingState]
) -> Iterator[tuple[Listed, ...]]:
    """Every listing in one of these states, by id, some hundreds at a time."""
    kept = tuple(states)
    ids = sa.select(IDS).where(col(GroupRow.state).in_(kept)).order_by(IDS).limit(AT_ONCE)
    some = list(db.execute(ids).scalars())
    while some:
        yield listed(db, some, now, kept)
        some = list(db.execute(ids.where(some[-1] < IDS)).scalars())


def newest_changes(
    db: Db, ids: Collection[UUID], most: int
) -> dict[UUID, tuple[datetime, datetime]]:
    """When each was listed and when it changed: the `most` last changed of these, newest first."""
    rows = db.execute(
        sa.select(IDS, col(GroupRow.created_at), col(GroupRow.updated_at))
        .where(IDS.in_(ids))
        .order_by(col(GroupRow.updated_at).desc(), IDS)
        .limit(most)
    )
    return {id_: (created_at, updated_at) for id_, created_at, updated_at in rows}


def count_of_real(db: Db) -> int:
    """How many published groups there are, examples left out."""
    found: int = db.execute(
        sa.select(sa.func.count()).select_from(GroupRow).where(*REAL)
    ).scalar_one()
    return found


def real_pages(db: Db, skip: int, most: int) -> list[tuple[UUID, datetime]]:
    """Published groups that are no examples, by id, each with its last change."""
    rows = db.execute(
        sa.select(IDS, col(GroupRow.updated_at)).where(*REAL).order_by(IDS).offset(skip).limit(most)
    )
    return [(id_, updated_at) for id_, updated_at in rows]


def _organisers() -> Organisers:
    latest = sa.func.max(col(GroupRow.updated_at), type_=Instant)
    return (
        sa.select(col(OrganiserRow.id), col(OrganiserRow.name), sa.func.count(), latest)
        .join(GroupRow, col(GroupRow.organiser_id) == col(OrganiserRow.id))
        .where(PUBLISHED)
        .group_by(col(OrganiserRow.id), col(OrganiserRow.name))
    )


def _conditions(asked: OpenDataQuery) -> Iterator[sa.ColumnElement[bool]]:
    for word in asked.search.split():
        yield _has_word(word)
    if asked.terms is not None:
        yield _has_a_term(asked.terms)
    if asked.age_from_months_at_least is not None:
        yield col(GroupRow.age_from_months) >= asked.age_from_months_at_least
    if asked.age_to_months_at_most is not None:
        yield col(GroupRow.age_to_months) <= asked.age_to_months_at_most
    if asked.day or asked.starts_at_or_after or asked.ends_at_or_before:
        yield _has_session(asked)
    if asked.near:
        yield from _is_within(asked.near, asked.within_m)


def _has_word(word: str) -> sa.ColumnElement[bool]:
    """In the name, summary, organiser, venue or area, in any case; % and _ are plain letters."""
    places = (
        GroupRow.name,
        GroupRow.summary,
        OrganiserRow.name,
        VenueRow.name,
        VenueRow.locality,
        VenueRow.postcode,
    )
    return sa.or_(*(col(place).icontains(word, autoescape=True) for place in places))


def _has_a_term(terms: Iterable[Term]) -> sa.ColumnElement[bool]:
    kept = list(terms)
    traits = traits_mask(one for one in kept if isinstance(one, Format | VenueKind))
    facts = facts_mask(one for one in kept if isinstance(one, Fact))
    levels = [one.value for one in kept if isinstance(one, TalkingLevel)]
    mine, yes, no = col(GroupRow.traits_mask), col(GroupRow.facts_yes), col(GroupRow.facts_no)
    return sa.or_(
        mine.bitwise_and(traits) != 0,
        yes.bitwise_and(facts) != 0,
        no.bitwise_and(facts) != 0,
        sa.and_(col(GroupRow.is_talking_known), col(GroupRow.talking_level).in_(levels)),
    )


def _has_session(asked: OpenDataQuery) -> sa.ColumnElement[bool]:
    its = [col(SessionRow.group_id) == IDS]
    if asked.day:
        its.append(col(SessionRow.weekday) == asked.day)
    if asked.starts_at_or_after:
        its.append(col(SessionRow.starts) >= asked.starts_at_or_after)
    if asked.ends_at_or_before:
        its.append(col(SessionRow.ends) <= asked.ends_at_or_before)
    return sa.exists().where(*its)


def _is_within(centre: Place, within_m: float) -> Iterator[sa.ColumnElement[bool]]:
    near = nearness(centre)
    high, wide = near.degrees(within_m)
    latitude, longitude = col(GroupRow.latitude), col(GroupRow.longitude)
    yield latitude.between(centre.latitude - high, centre.latitude + high)
    yield longitude.between(centre.longitude - wide, centre.longitude + wide)
    north = latitude - centre.latitude
    east = (longitude - centre.longitude) * (
        near.metres_a_degree_east + north * near.change_a_degree_north
    )
    up = north * near.metres_a_degree_north
    yield up * up + east * east <= within_m**2
