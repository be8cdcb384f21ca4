"""Venues' areas found the plain way: all read, named and put together at each question."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from finder.domain.groups import Place
from finder.domain.vocabulary import ListingState
from finder.listings.tables import GroupRow, VenueRow
from finder.places.rules import NamedPlace, name_key
from finder.places.venue_places import localities
from finder.platform.db.database import Database

VENUES: Any = sa.inspect(VenueRow).local_table


class PlainAreas:
    """What VenueAreas must answer. It looks at no kept key."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def called(self, keys: Collection[str]) -> list[NamedPlace]:
        return [place for place in self.all() if name_key(place.name) in keys]

    def names(self) -> list[tuple[str, str]]:
        return [(key, places[0].name) for key, places in localities(self.all()).items()]

    def all(self) -> list[NamedPlace]:
        area = VENUES.c.locality, VENUES.c.nation, VENUES.c.council_code
        with self.database.session() as db:
            rows = db.execute(
                sa.select(
                    *area,
                    sa.func.avg(VENUES.c.latitude).label("latitude"),
                    sa.func.avg(VENUES.c.longitude).label("longitude"),
                    sa.func.min(VENUES.c.postcode).label("postcode"),
                )
                .where(
                    VENUES.c.id.in_(
                        sa.select(col(GroupRow.venue_id)).where(
                            col(GroupRow.state) == ListingState.PUBLISHED
                        )
                    )
                )
                .group_by(*area)
                .order_by(*area)
            ).all()
        return [
            NamedPlace(
                row.locality,
                Place(row.latitude, row.longitude),
                row.nation,
                row.council_code,
                row.postcode,
            )
            for row in rows
        ]
