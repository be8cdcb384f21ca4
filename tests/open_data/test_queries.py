"""Open data is found on both databases alike, and only what is published."""

from datetime import time, timedelta

import pytest

from finder.domain.cost import Cost
from finder.domain.facts import Fact
from finder.domain.groups import Place
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import CostKind, Format, ListingState, TalkingLevel, Weekday
from finder.open_data.queries import (
    all_listings,
    changed_at,
    listings,
    listings_of,
    organiser,
    organisers,
)
from finder.open_data.rules import OpenDataQuery
from finder.platform.db.database import Database
from finder.reviews.saving import save
from tests.support.databases import statements
from tests.support.examples import LEITH, TUESDAY_NOON, group, keep

MORNING = Session(Weekday.TUE, time(9), time(10))
LATE = Session(Weekday.WED, time(14), time(15))
NEAR = group("near", north=100, sessions=(MORNING, LATE), claimed_level=TalkingLevel.NO_TALKING)
FAR = group("far", north=9_000, format=Format.CRAFT, age_to_months=60, cost=Cost(CostKind.DONATION))
SUNG = group("sung", north=200, facts={Fact.SING: False}, summary="50% SONGS_here")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (OpenDataQuery(), {"near", "far", "sung"}),
        (OpenDataQuery(search="50% songs_h"), {"sung"}),
        (OpenDataQuery(search="50%%"), set()),
        (OpenDataQuery(search="harbour hall near"), {"near"}),
        (OpenDataQuery(terms=(Format.CRAFT,)), {"far"}),
        (OpenDataQuery(terms=(Fact.SING, *TalkingLevel)), {"near", "sung"}),
        (OpenDataQuery(terms=()), set()),
        (OpenDataQuery(age_to_months_at_most=24), {"near", "sung"}),
        (OpenDataQuery(age_from_months_at_least=1), set()),
        (OpenDataQuery(day=Weekday.WED), {"near"}),
        (OpenDataQuery(day=Weekday.WED, ends_at_or_before=time(10)), set()),
        (OpenDataQuery(starts_at_or_after=time(14), ends_at_or_before=time(15)), {"near"}),
        (OpenDataQuery(near=LEITH, within_m=150), {"near"}),
        (OpenDataQuery(near=LEITH, within_m=9_001), {"near", "far", "sung"}),
        (OpenDataQuery(near=Place(50, -5)), set()),
    ],
)
def test_what_is_asked_is_found(database: Database, asked: OpenDataQuery, found: set[str]) -> None:
    with database.session() as db:
        keep(db, NEAR, FAR, SUNG)
        keep(db, group("hidden"), state=ListingState.HIDDEN)

        page = listings(db, asked, TUESDAY_NOON)

    assert {one.draft.ref for one in page.items} == found
    assert page.total == len(found)


def test_a_page_takes_few_statements_however_long_it_is(database: Database) -> None:
    with database.session() as db:
        keep(db, *(group(f"g{n}", north=n) for n in range(20)))
        counts = []
        for per_page in (1, 20):
            with statements(db) as seen:
                listings(db, OpenDataQuery(per_page=per_page), TUESDAY_NOON)
            counts.append(len(seen))

    assert counts[0] == counts[1] <= 10


def test_a_listing_that_is_hidden_moves_the_date_of_the_whole(database: Database) -> None:
    with database.session() as db:
        keep(db, NEAR, FAR)
        later = TUESDAY_NOON + timedelta(hours=1)
        save(db, NEAR, at=later, state=ListingState.HIDDEN)

        assert changed_at(db) == listings(db, OpenDataQuery(), TUESDAY_NOON).changed_at == later


def test_organisers_are_those_with_something_to_show(database: Database) -> None:
    with database.session() as db:
        keep(db, group("a", organiser="A"), group("b", organiser="A"))
        keep(db, group("c", organiser="B"), state=ListingState.DRAFT)

        page = organisers(db, 1, 10)
        [one] = page.items
        its = listings_of(db, one.public_id, TUESDAY_NOON, 1)

        assert (one.name, one.groups, page.total) == ("A", 2, 1)
        assert organiser(db, one.public_id) == one
        assert len(its) == 1
        assert changed_at(db) == TUESDAY_NOON


def test_everything_comes_in_order_and_only_in_the_states_asked(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("finder.open_data.queries.AT_ONCE", 2)
    with database.session() as db:
        keep(db, *(group(f"g{n}", north=n) for n in range(5)))
        keep(db, group("ended"), state=ListingState.ENDED)

        found = list(all_listings(db, TUESDAY_NOON, [ListingState.PUBLISHED]))

    ids = [one.public_id for some in found for one in some]
    assert ids == sorted(ids, key=str)
    assert [len(some) for some in found] == [2, 2, 1]
