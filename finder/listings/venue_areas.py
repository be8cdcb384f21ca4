"""The areas of our own venues, by name: so that Leith is found once a venue is there.

Each venue keeps its area's name as names are compared (`locality_key`), so that one name is one
range of an index. If `domain.places.name_key` ever changes, what is kept is of the old rule, and
an area whose key differs is not found by its name until `renew_keys` was called: by `finder
rebuild`, or by a migration as 0009 does. The same goes for venues that a machine of a release
before 0009 writes meanwhile, which keep no key at all.
"""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import col

from finder.domain.groups import Place
from finder.domain.vocabulary import ListingState
from finder.listings.tables import LONGEST_KEY, GroupRow, VenueRow
from finder.places.rules import NamedPlace, name_key
from finder.platform.db.database import Database, Db

VENUES = VenueRow.metadata.tables["venues"]
HAS_A_GROUP = sa.exists().where(
    col(GroupRow.venue_id) == VENUES.c.id, col(GroupRow.state) == ListingState.PUBLISHED
)


class VenueAreas:
    """The areas of one database's venues, as the gazetteer asks for them (`VenuePlaces`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def called(self, keys: Collection[str]) -> list[NamedPlace]:
        """See `areas_called`."""
        with self._database.session() as db:
            return areas_called(db, keys)

    def names(self) -> list[tuple[str, str]]:
        """See `area_names`."""
        with self._database.session() as db:
            return area_names(db)


def locality_key(locality: str) -> str:
    """What a venue keeps of its area's name: `name_key`, cut to what an index can hold.

    A ligature can become eighteen letters; no place has so long a name.
    """
    return name_key(locality)[:LONGEST_KEY]


def areas_called(db: Db, keys: Collection[str]) -> list[NamedPlace]:
    """The areas of these names where published groups meet, each at its venues' middle.

    keys: as `name_key` makes them; of those as long as LONGEST_KEY others may come as well.
    people is 0: any other source knows better which of two namesakes is meant.
    """
    areas = (
        sa.select(
            VENUES.c.locality,
            VENUES.c.nation,
            VENUES.c.council_code,
            sa.func.avg(VENUES.c.latitude).label("latitude"),
            sa.func.avg(VENUES.c.longitude).label("longitude"),
            sa.func.min(VENUES.c.postcode).label("postcode"),
        )
        .where(VENUES.c.locality_key.in_({key[:LONGEST_KEY] for key in keys}), HAS_A_GROUP)
        .group_by(VENUES.c.locality, VENUES.c.nation, VENUES.c.council_code)
        .order_by(VENUES.c.locality, VENUES.c.nation, VENUES.c.council_code)
    )
    return [
        NamedPlace(
            row.locality,
            Place(row.latitude, row.longitude),
            row.nation,
            row.council_code,
            row.postcode,
        )
        for row in db.execute(areas)
    ]


def area_names(db: Db) -> list[tuple[str, str]]:
    """Every area's key and name, as it is first in order; in the order of names.

    Goes from key to key through the index, and in each to the first venue with a published
    group: the work is that of the names there are, not of the venues.
    """
    first = sa.select(sa.func.min(VENUES.c.locality_key)).where(VENUES.c.locality_key > "")
    keys = sa.select(first.scalar_subquery().label("key")).cte("keys", recursive=True)
    following = sa.select(sa.func.min(VENUES.c.locality_key)).where(
        VENUES.c.locality_key > keys.c.key
    )
    keys = keys.union_all(sa.select(following.scalar_subquery()).where(keys.c.key.is_not(None)))
    name = (
        sa.select(VENUES.c.locality)
        .where(VENUES.c.locality_key == keys.c.key, HAS_A_GROUP)
        .order_by(VENUES.c.locality)
        .limit(1)
        .scalar_subquery()
        .label("name")
    )
    asked = sa.select(keys.c.key, name).order_by(name)
    return [(row.key, row.name) for row in db.execute(asked) if row.name is not None]


def renew_keys(connection: sa.Connection) -> int:
    """Make the kept keys of all venues anew, where they differ from today's rule.

    Gives how many venues that were; whoever calls commits. A venue whose area is renamed
    meanwhile is left to whoever renames it.
    """
    locality, kept = VENUES.c.locality, VENUES.c.locality_key
    renewed = 0
    for name, key in connection.execute(sa.select(locality, kept).distinct()).all():
        right = locality_key(name)
        if key != right:
            stale = sa.update(VENUES).where(locality == name, kept == key)
            renewed += connection.execute(stale.values(locality_key=right)).rowcount
    return renewed
