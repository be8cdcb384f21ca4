"""Listings near a point that may be the same as a new one."""

from uuid import UUID

from sqlmodel import col, select

from finder.domain.groups import GroupDraft, Place
from finder.domain.listings import MAY_BE_SAME
from finder.domain.nearness import nearness
from finder.store.database import Db
from finder.store.group_drafts import drafts_of
from finder.store.search_columns import lat_band
from finder.store.tables import GroupRow
from finder.store.tables_organise import EditorRow

MOST = 200


def within(
    db: Db, place: Place, metres: float, account_id: UUID
) -> tuple[tuple[UUID, GroupDraft, bool], ...]:
    """Listings within so many metres, nearest first: id, draft, and if it is one's own."""
    reach = nearness(place)
    north, east = reach.degrees_north(metres), reach.degrees_east(metres)
    bands = range(lat_band(place.latitude - north), lat_band(place.latitude + north) + 1)
    rows = db.exec(
        select(GroupRow.id, EditorRow.account_id)
        .outerjoin(
            EditorRow,
            (col(EditorRow.organiser_id) == col(GroupRow.organiser_id))
            & (col(EditorRow.account_id) == account_id),
        )
        .where(
            col(GroupRow.state).in_(MAY_BE_SAME),
            col(GroupRow.lat_band).in_(bands),
            col(GroupRow.longitude).between(place.longitude - east, place.longitude + east),
        )
        .limit(MOST)
    ).all()
    own = {group_id: editor is not None for group_id, editor in rows}
    found = [
        (reach.squared_m2(draft.venue.place), str(group_id), group_id, draft)
        for group_id, draft in drafts_of(db, list(own)).items()
    ]
    near = sorted((one for one in found if one[0] <= metres**2), key=lambda one: one[:2])
    return tuple((group_id, draft, own[group_id]) for _, _, group_id, draft in near)
