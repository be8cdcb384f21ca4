"""People at once, some of whom write: nobody meets an error, and nothing that was kept is lost.

Two hundred for a minute are in the benchmarks (`python -m benchmarks --only crowd`).
"""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from benchmarks.loading import served
from finder.platform.db.database import Database
from finder.reviews.tables import ReviewRow
from tests.faults.crowd import Crowd, Tally
from tests.support.examples import keep
from tests.support.review_parts import stored
from tests.support.site import GROUPS

PEOPLE, SECONDS = 24, 4


@pytest.mark.xdist_group("crowd")
def test_a_crowd_meets_no_error_and_every_confirmed_review_is_there(
    database: Database, gazetteer_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "postcodes.db").symlink_to(gazetteer_dir / "postcodes.db")
    with database.writing() as db:
        ids = [saved.public_id for saved in keep(db, *GROUPS)]
    url = database.engine.url.render_as_string(hide_password=False)

    with served("tests.faults.trusting:app()", url, tmp_path) as server:
        crowd = Crowd(
            server.port, tmp_path / "outbox", ["near=EH6+7BS", "near=EH6+7BS&radius=10"],
            [str(id_) for id_ in ids],
        )  # fmt: skip
        tally = crowd.visit(PEOPLE, SECONDS)

    assert tally.errors == []
    assert tally.answers > PEOPLE
    assert tally.submitted
    assert kept(database) == (len(tally.submitted), len(tally.confirmed))
    with database.writing() as db:
        counted = sum(stored(db, id_)[f"reports_{n}"] for id_ in ids for n in range(1, 6))
    assert counted == len(tally.confirmed)


def test_a_crowd_tells_what_is_not_as_it_should_be(tmp_path: Path) -> None:
    with served("benchmarks.hello:app") as server:
        tally = Crowd(server.port, tmp_path, ["near=x"], ["x"]).visit(2, 0.2)

    assert isinstance(tally, Tally)
    assert any("404 instead of 200" in error for error in tally.errors)


def kept(database: Database) -> tuple[int, int]:
    """How many reviews there are, and how many of them were confirmed."""
    with database.session() as db:
        one = select(sa.func.count(), sa.func.count(col(ReviewRow.confirmed_at)))
        return tuple(db.exec(one.select_from(ReviewRow)).one())
