"""Two people do something at one moment: it ends as if one had come after the other."""

from itertools import permutations

import pytest

from finder.platform.db.database import Database
from finder.reviews.learning.service import rebuild_levels
from finder.reviews.rules import ReviewState
from finder.reviews.tables import ReviewRow
from tests.journeys.at_once import at_once, one_after_the_other
from tests.journeys.busy_scene import DEEDS, SEEN, Scene, set_up, told
from tests.support.databases import empty
from tests.support.moderation_parts import PARENT
from tests.support.review_parts import NOW, stored

EIGHT = ("publish", "change", "withdraw", "hide", "delete", "confirm", "claim", "end")
FURTHER = (
    *((deed, other) for deed in ("move", "suspend") for other in ("change", "withdraw", "confirm")),
    *((other, deed) for deed in ("move", "suspend") for other in ("change", "withdraw", "confirm")),
    *(("suspend", "delete"), ("delete", "suspend"), ("move", "delete"), ("delete", "move")),
    *(("accept", "end"), ("end", "accept"), ("accept", "claim"), ("edit", "publish")),
    *(("publish", "edit"), ("edit", "end"), ("end", "edit"), ("edit", "confirm")),
)
PAIRS = (*permutations(EIGHT, 2), *((deed, deed) for deed in EIGHT), *FURTHER)
TOO_LATE = {"", "ItemChangedMeanwhile", "NothingThere", "NoSuchLink", "Refused", "NoSuchGroup"}
"""What the second of two may hear. Anything else is an error of ours."""


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_two_at_once_end_as_one_after_the_other(
    postgresql_database: Database, first: str, second: str
) -> None:
    scene = set_up(postgresql_database)
    heard = at_once(postgresql_database, scene.group, DEEDS[first](scene), DEEDS[second](scene))
    ended = told(postgresql_database)
    check_what_always_holds(postgresql_database, scene, heard)

    empty(postgresql_database)
    again = set_up(postgresql_database)
    told_apart = one_after_the_other(postgresql_database, DEEDS[first](again), DEEDS[second](again))
    assert (heard, ended) == (told_apart, told(postgresql_database))


@pytest.mark.parametrize(("first", "second"), [*permutations(EIGHT, 2)])
def test_with_one_writer_whoever_comes_second_hears_why(
    sqlite_database: Database, first: str, second: str
) -> None:
    scene = set_up(sqlite_database)

    heard = at_once(sqlite_database, scene.group, DEEDS[first](scene), DEEDS[second](scene))

    check_what_always_holds(sqlite_database, scene, heard)


@pytest.mark.parametrize(("first", "second"), [*permutations(("confirm elsewhere", "delete"))])
def test_an_account_is_deleted_while_its_review_is_confirmed(
    database: Database, first: str, second: str
) -> None:
    scene = set_up(database)

    heard = at_once(
        database, scene.elsewhere_id, DEEDS[first](scene), DEEDS[second](scene), ReviewRow
    )

    check_what_always_holds(database, scene, heard)
    assert [row for row in told(database)["accounts"] if PARENT in row] == []
    assert heard == (["", ""] if second == "delete" else ["", "NoSuchLink"])


def check_what_always_holds(database: Database, scene: Scene, heard: list[str]) -> None:
    """Whoever comes second hears why; what counts is what stands; what is shown has been read."""
    assert set(heard) <= TOO_LATE
    with database.writing() as db:
        counted = [stored(db, group) for group in (scene.group, scene.other)]
        review = db.get(ReviewRow, scene.review)
        if review and review.state is ReviewState.PUBLISHED:
            assert review.words == SEEN
        db.rollback()
        rebuild_levels(db, NOW)
        assert [stored(db, group) for group in (scene.group, scene.other)] == counted
