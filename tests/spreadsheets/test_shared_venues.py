"""A venue where others meet too is known as such."""

from dataclasses import replace

from finder.domain.facts import Fact
from finder.platform.db.database import Database
from finder.spreadsheets.uploads import queries
from tests.support.examples import HALL
from tests.support.organise_parts import listing


def test_only_a_venue_where_groups_of_others_meet_is_shared(database: Database) -> None:
    theirs = replace(HALL, name="Their Hall", facts={Fact.PARKING: True})
    with database.writing() as db:
        listing(db, "own")
        listing(db, "theirs", organiser="Harbour Trust", venue=theirs)
        asked = [HALL, replace(theirs, street="Elsewhere"), replace(HALL, name="New Hall")]

        found = queries.shared_venues(db, asked, ["Hill Library"])

    assert found == {("Their Hall", HALL.postcode): theirs}
