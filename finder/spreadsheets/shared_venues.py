"""Queries on venues: which of them others meet at too, so that no organiser changes them alone."""

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.facts import Fact
from finder.domain.groups import VenueDraft
from finder.listings.row_values import venue_from
from finder.listings.tables import GroupRow, OrganiserRow, VenueFactRow, VenueRow
from finder.platform.db.database import Db

AT_ONCE = 300


def shared(
    db: Db, venues: Collection[VenueDraft], own_names: Collection[str]
) -> dict[tuple[str, str], VenueDraft]:
    """Those of these venues where groups of other organisers meet, as they are kept, by name and
    postcode.
    """
    keys = sorted({(venue.name, venue.postcode) for venue in venues})
    found: dict[tuple[str, str], VenueDraft] = {}
    for first in range(0, len(keys), AT_ONCE):
        found |= _some_shared(db, keys[first : first + AT_ONCE], own_names)
    return found


def _some_shared(
    db: Db, keys: Collection[tuple[str, str]], own_names: Collection[str]
) -> dict[tuple[str, str], VenueDraft]:
    of_others = (
        select(GroupRow.venue_id)
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .where(col(OrganiserRow.name).not_in(own_names))
    )
    is_asked = sa.tuple_(col(VenueRow.name), col(VenueRow.postcode)).in_(keys)
    rows = db.exec(select(VenueRow).where(is_asked, col(VenueRow.id).in_(of_others))).all()
    facts: dict[object, dict[Fact, bool]] = defaultdict(dict)
    ids = [row.id for row in rows]
    for fact in db.exec(select(VenueFactRow).where(col(VenueFactRow.venue_id).in_(ids))):
        facts[fact.venue_id][fact.fact] = fact.is_yes
    return {(row.name, row.postcode): venue_from(row, facts[row.id]) for row in rows}
