"""Queries on venues: near a point, by name, and whether groups of others meet there."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.accounts import rights
from finder.domain.groups import Place, VenueDraft, lat_band
from finder.domain.nearness import nearness
from finder.domain.vocabulary import ListingState
from finder.listings.row_values import venue_from
from finder.listings.tables import GroupRow, VenueFactRow, VenueRow
from finder.organise.rules import NearVenue
from finder.platform.db.database import Db


def near(db: Db, place: Place, metres: float, most: int = 12) -> tuple[NearVenue, ...]:
    """Venues of published groups within so many metres, nearest first."""
    reach = nearness(place)
    north, east = reach.degrees(metres)
    bands = range(lat_band(place.latitude - north), lat_band(place.latitude + north) + 1)
    rows = db.exec(
        select(VenueRow).where(
            col(VenueRow.id).in_(
                select(GroupRow.venue_id).where(
                    col(GroupRow.state) == ListingState.PUBLISHED,
                    col(GroupRow.lat_band).in_(bands),
                    col(GroupRow.longitude).between(place.longitude - east, place.longitude + east),
                )
            )
        )
    ).all()
    found = [
        (reach.squared_m2(Place(row.latitude, row.longitude)) ** 0.5, row.name, row) for row in rows
    ]
    closest = sorted(((m, name, row.id, row) for m, name, row in found if m <= metres))[:most]
    return tuple(NearVenue(row.id, _draft(db, row), m) for m, _, _, row in closest)


def called(db: Db, name: str, postcode: str) -> tuple[UUID, VenueDraft] | None:
    """The venue of this name, small or capital letters, at a postcode."""
    rows = db.exec(select(VenueRow).where(col(VenueRow.postcode) == postcode)).all()
    same = [row for row in rows if row.name.casefold() == name.casefold()]
    row = next((row for row in same if row.name == name), same[0] if same else None)
    return (row.id, _draft(db, row)) if row else None


def is_used_by_others(db: Db, venue_id: UUID, account_id: UUID) -> bool:
    """Whether a group meets there that this account may not change."""
    own = rights.groups_of(account_id)
    query = sa.select(
        sa.exists().where(col(GroupRow.venue_id) == venue_id, col(GroupRow.id).not_in(own))
    )
    return bool(db.execute(query).scalar_one())


def groups_around(db: Db, *venues: VenueDraft) -> set[UUID]:
    """The groups that follow a change of one of these venues: all at their postcodes."""
    postcodes = {venue.postcode for venue in venues}
    its = col(VenueRow.id) == col(GroupRow.venue_id)
    query = select(GroupRow.id).join(VenueRow, its).where(col(VenueRow.postcode).in_(postcodes))
    return set(db.exec(query))


def _draft(db: Db, row: VenueRow) -> VenueDraft:
    facts = db.exec(select(VenueFactRow).where(col(VenueFactRow.venue_id) == row.id))
    return venue_from(row, {fact.fact: fact.is_yes for fact in facts})
