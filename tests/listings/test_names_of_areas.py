"""Every area is found by its name after `finder rebuild`, whichever release wrote it."""

import sqlalchemy as sa

from finder.listings import service as listings_service
from finder.listings.tables import VenueRow
from finder.listings.venue_areas import VenueAreas
from finder.platform.db.database import Database
from tests.support.examples import SONGS, keep


def test_an_area_that_a_release_before_wrote_is_found_by_its_name(database: Database) -> None:
    with database.writing() as db:
        keep(db, SONGS)
        db.execute(sa.update(VenueRow).values(locality_key=None))
        db.commit()
    areas = VenueAreas(database)
    assert areas.called(["leith"]) == []

    with database.writing() as db:
        assert listings_service.renew_areas(db) == 1
    with database.writing() as db:
        assert listings_service.renew_areas(db) == 0

    assert [area.name for area in areas.called(["leith"])] == ["Leith"]
