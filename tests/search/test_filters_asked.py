"""Each filter and each sort of the public contract, asked as a visitor's browser asks.

Four groups that differ in everything: each filter must leave out at least one that is there
without it, so that a filter which is read wrongly, or not at all, fails its line here.
"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from finder.domain.cost import Cost
from finder.domain.facts import Fact
from finder.domain.schedule.sessions import Session, london_day
from finder.domain.vocabulary import (
    Booking,
    CostKind,
    Format,
    Size,
    Sort,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.listings.search_columns import Heard
from finder.search.forms import SearchForm
from tests.support.examples import TUESDAY_NOON, group
from tests.support.page_client import PageClient
from tests.support.saving import hear
from tests.support.site import Site

LATER = date(2031, 1, 1)
SONGS = group(
    "songs",
    north=300,
    kind=VenueKind.LIBRARY,
    building={Fact.STEP_FREE: True},
    format=Format.SINGING,
    cost=Cost(CostKind.DONATION, 150),
    sessions=(Session(Weekday.TUE, time(10), time(11), first_on=LATER),),
    age_to_months=18,
    size=Size.SMALL,
    facts={Fact.SIT_AND_WATCH: True, Fact.INTRODUCTIONS: False, Fact.SING: True},
    claimed_level=TalkingLevel.HELLO,
)
SWIM = group(
    "swim",
    north=600,
    kind=VenueKind.LEISURE_CENTRE,
    building={Fact.STEP_FREE: False},
    format=Format.SWIMMING,
    cost=Cost(CostKind.EACH_TIME, 750),
    sessions=(Session(Weekday.SAT, time(9), time(9, 30)),),
    age_from_months=12,
    age_to_months=36,
    booking=Booking.BOOK_AHEAD,
    size=Size.LARGE,
    facts={Fact.SIT_AND_WATCH: False, Fact.INTRODUCTIONS: True, Fact.SING: False},
    claimed_level=TalkingLevel.INTRODUCTIONS,
)
FILM = group(
    "film",
    north=2_000,
    kind=VenueKind.CINEMA,
    format=Format.BABY_CINEMA,
    cost=Cost(CostKind.FREE),
    sessions=(Session(Weekday.THU, time(14), time(16), first_on=date(2030, 1, 3)),),
    age_to_months=24,
    size=Size.MEDIUM,
)
BARE = group("bare", north=6_000, age_to_months=60, sessions=SONGS.sessions)
GROUPS = (SONGS, SWIM, FILM, BARE)
EVERY = {"songs", "swim", "film", "bare"}

IN_A_FEW_DAYS = london_day(datetime.now(UTC)) + timedelta(days=3)
SATURDAY = IN_A_FEW_DAYS + timedelta(days=(5 - IN_A_FEW_DAYS.weekday()) % 7)

FILTERS = {
    f"on={SATURDAY}": {"swim"},
    "radius=1": {"songs", "swim"},
    "radius=3": {"songs", "swim", "film"},
    "format=swimming": {"swim"},
    "format=swimming&format=baby_cinema": {"swim", "film"},
    "venue=library": {"songs"},
    "venue=library&venue=cinema": {"songs", "film"},
    "cost=paid": {"swim"},
    "cost=donation": {"songs"},
    "cost=free": {"film", "bare"},
    "max_cost=2": {"songs", "film", "bare"},
    "day=sat": {"swim"},
    "day=sat&day=thu": {"swim", "film"},
    "after=10:30": {"film"},
    "before=09:30": {"swim"},
    "age=30": {"swim", "bare"},
    "talking=1": {"film"},
    "talking=4": {"songs", "film"},
    "sure=1": {"film"},
    "can=sit_and_watch": {"songs"},
    "can=step_free": {"songs"},
    "not=introductions": {"songs"},
    "not=sing": {"swim"},
    "can=sit_and_watch&unknown=1": {"songs", "film", "bare"},
    "size=small": {"songs"},
    "size=small&size=large": {"songs", "swim"},
    "booking=drop_in": {"songs", "film", "bare"},
    "format=singing&day=tue&can=sit_and_watch&age=6": {
        "songs",
    },
}
SORTS = {
    "distance": ["songs", "swim", "film", "bare"],
    "quiet": ["film", "songs", "bare", "swim"],
    "soonest": ["swim", "film", "songs", "bare"],
    "cost": ["film", "bare", "songs", "swim"],
}


@pytest.fixture(scope="module")
def different(gazetteer_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> PageClient:
    """A site whose groups differ in everything; parents agree about the film."""
    site = Site(tmp_path_factory.mktemp("different"), gazetteer_dir, GROUPS)
    with site.database.writing() as db:
        said = Heard([(1, 5.0)] * 8)
        film = site.groups["film"][-36:]
        hear(db, UUID(film), said, TUESDAY_NOON)
        db.commit()
    return PageClient(site.app, None)


def shown(pages: PageClient, asked: str) -> list[str]:
    """The names on the list, which are also those on the map."""
    wide = "" if "radius" in asked else "radius=10&"
    found = pages.get(f"/search?near=EH6+7BS&{wide}{asked}").all(".card h2 a")
    points = pages.client.get(f"/search.geojson?near=EH6+7BS&{wide}{asked}").get_json(force=True)
    assert set(found) == {one["properties"]["name"] for one in points["features"]}
    return [name.removeprefix("Group ") for name in found]


def test_without_a_filter_all_are_there(different: PageClient) -> None:
    assert set(shown(different, "")) == EVERY


@pytest.mark.parametrize("asked", FILTERS)
def test_each_filter_leaves_out_what_does_not_fit(different: PageClient, asked: str) -> None:
    found = shown(different, asked)

    assert set(found) == FILTERS[asked]
    assert len(found) < len(EVERY)


@pytest.mark.parametrize("sort", list(Sort))
def test_each_sort_has_its_own_order(different: PageClient, sort: Sort) -> None:
    found = shown(different, f"sort={sort.value}")

    assert found[: len(SORTS[sort])] == SORTS[sort]


def test_no_two_sorts_agree_so_that_each_is_seen_to_work() -> None:
    assert len({tuple(order) for order in SORTS.values()}) == len(Sort)


def test_every_name_of_the_contract_is_asked_here() -> None:
    asked = {part.partition("=")[0] for filters in FILTERS for part in filters.split("&")}

    assert {field.name for field in SearchForm()} == asked | {"near", "sort", "page"}


def test_the_second_page_follows_the_first(pages: PageClient) -> None:
    first = pages.get("/search?near=EH6+7BS").all(".card h2 a")
    second = pages.get("/search?near=EH6+7BS&page=2").all(".card h2 a")

    assert len(first) == 20
    assert second
    assert not set(first) & set(second)
