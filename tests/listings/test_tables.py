"""The database itself refuses nonsense, whoever wrote it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from finder.domain.vocabulary import (
    Booking,
    CostKind,
    Format,
    ListingState,
    Nation,
    Repeats,
    VenueKind,
    Weekday,
)
from finder.listings.tables import GroupRow, OrganiserRow, SessionRow, VenueRow
from finder.platform.db.database import Database, Db
from finder.platform.db.rows import NAMES

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Db]:
    database = Database(f"sqlite:///{tmp_path / 'finder.db'}")
    NAMES.create_all(database.engine)
    with database.session() as db:
        yield db
    database.close()


def venue(**changes: Any) -> VenueRow:
    values: dict[str, Any] = {
        "name": "Harbour Hall",
        "kind": VenueKind.CHURCH_HALL,
        "street": "1 Example Street",
        "locality": "Leith",
        "postcode": "EH6 7BS",
        "latitude": 55.976,
        "longitude": -3.1657,
        "nation": Nation.SCOTLAND,
        "council_code": "S12000036",
    }
    return VenueRow(**(values | changes))


def group(db: Db, **changes: Any) -> GroupRow:
    where, who = venue(), OrganiserRow(name="Harbour Trust")
    db.add_all([where, who])
    db.flush()
    values: dict[str, Any] = {
        "organiser_id": who.id,
        "venue_id": where.id,
        "ref": "songs",
        "name": "Harbour Songs",
        "summary": "",
        "main_format": Format.SINGING,
        "booking": Booking.DROP_IN,
        "cost_kind": CostKind.FREE,
        "is_first_free": False,
        "age_from_months": 0,
        "age_to_months": 24,
        "state": ListingState.PUBLISHED,
        "is_example": True,
        "created_at": NOW,
        "updated_at": NOW,
        "lat_band": 2798,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "formats_mask": 1,
        "traits_mask": 1,
        "cost_each_pence": 0,
        "facts_yes": 0,
        "facts_no": 0,
        "facts_sure": 0,
        "is_talking_known": False,
        "talking_level": 2,
        "talking_sure_level": 3,
        "talking_agreed_level": 6,
        **{f"talking_{level}": 0.2 for level in range(1, 6)},
    }
    return GroupRow(**(values | changes))


def test_a_whole_group_is_kept(db: Db) -> None:
    kept = group(db)
    db.add(kept)
    db.flush()
    db.expire_all()

    again = db.get(GroupRow, kept.id)
    assert again is not None
    assert (again.main_format, again.state) == (Format.SINGING, ListingState.PUBLISHED)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"age_from_months": 30}, "ck_groups_ages"),
        ({"claimed_level": 6}, "ck_groups_claimed_level"),
        ({"talking_level": 0}, "ck_groups_talking_level"),
        ({"cost_pence": 100}, "ck_groups_cost"),
        ({"cost_kind": CostKind.EACH_TIME}, "ck_groups_cost"),
        ({"cost_kind": CostKind.EACH_TIME, "cost_pence": -1}, "ck_groups_cost"),
        ({"cost_kind": CostKind.BLOCK, "cost_pence": 900}, "ck_groups_block"),
        ({"sibling_pence": -1}, "ck_groups_sibling"),
        ({"version": 0}, "ck_groups_version"),
    ],
    ids=str,
)
def test_a_group_that_makes_no_sense_is_not_kept(
    db: Db, changes: dict[str, Any], constraint: str
) -> None:
    db.add(group(db, **changes))

    with pytest.raises(IntegrityError, match=constraint):
        db.flush()


def test_a_word_that_is_none_of_ours_is_not_kept(db: Db) -> None:
    db.add(venue(kind="castle"))

    with pytest.raises(StatementError, match="castle"):
        db.flush()


def test_a_venue_outside_the_united_kingdom_is_not_kept(db: Db) -> None:
    db.add(venue(latitude=48.85, longitude=2.35))

    with pytest.raises(IntegrityError, match="ck_venues_latitude"):
        db.flush()


def test_the_same_venue_is_not_kept_twice(db: Db) -> None:
    db.add_all([venue(), venue()])

    with pytest.raises(IntegrityError, match=r"venues\.name, venues\.postcode"):
        db.flush()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"ends": time(10)}, "ck_sessions_ends_after_start"),
        (
            {"first_on": date(2026, 9, 1), "last_on": date(2026, 8, 1)},
            "ck_sessions_first_before_last",
        ),
        ({"repeats": Repeats.FORTNIGHTLY}, "ck_sessions_fortnightly_has_first_on"),
    ],
    ids=str,
)
def test_a_session_that_could_never_be_on_is_not_kept(
    db: Db, changes: dict[str, Any], constraint: str
) -> None:
    its = group(db)
    db.add(its)
    db.flush()
    values: dict[str, Any] = {
        "group_id": its.id,
        "weekday": Weekday.TUE,
        "starts": time(10),
        "ends": time(11),
        "repeats": Repeats.WEEKLY,
        "is_term_time_only": False,
        "runs_on_bank_holidays": False,
    }
    db.add(SessionRow(position=0, **(values | changes)))

    with pytest.raises(IntegrityError, match=constraint):
        db.flush()
