"""All filters together, and every order, agree with a plain look at every group."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finder.domain.facts import CAN_FACTS, NOT_FACTS
from finder.domain.schedule.calendars import Calendars, Term
from finder.domain.schedule.sessions import LONDON
from finder.domain.vocabulary import (
    RADII_MILES,
    Band,
    Booking,
    CostFilter,
    Format,
    Size,
    Sort,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.listings.search_columns import Heard
from finder.organise.upkeep import queries as upkeep_queries
from finder.platform.db.database import Database, Db
from finder.reviews.saving import save
from finder.search import queries as search_queries
from finder.search.rules import Bands, SearchQuery, Soon
from tests.search.plain_search import Known, date_asked, found
from tests.support.examples import ASKED_OF_GROUPS, LEITH, TUESDAY_NOON, any_group, any_reports
from tests.support.saving import hear

COUNT = 120
TERMS = Term(date(2026, 9, 1), date(2026, 12, 18)), Term(date(2027, 1, 4), date(2027, 7, 1))
CALENDARS = Calendars({"wales": TERMS})
AGREES = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def some(words: type) -> st.SearchStrategy[frozenset[object]]:
    return st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(list(words)), max_size=4))


QUERIES = st.builds(
    SearchQuery,
    near=st.just("Leith"),
    radius_miles=st.sampled_from(RADII_MILES),
    formats=some(Format),
    venue_kinds=some(VenueKind),
    costs=some(CostFilter),
    max_cost_pence=st.none() | st.sampled_from([0, 100, 500, 584]),
    days=some(Weekday),
    on=st.none() | st.sampled_from(list(Soon)) | st.dates(date(2026, 11, 24), date(2027, 1, 20)),
    starts_after=st.none() | st.sampled_from([time(10), time(13, 30)]),
    ends_before=st.none() | st.sampled_from([time(12), time(15, 45)]),
    age_months=st.none() | st.integers(0, 48),
    talking=st.just(TalkingLevel.INTRODUCTIONS) | st.sampled_from(list(TalkingLevel)),
    is_sure=st.booleans(),
    can=st.just(frozenset()) | st.frozensets(st.sampled_from(CAN_FACTS), max_size=2),
    must_not=st.just(frozenset()) | st.frozensets(st.sampled_from(NOT_FACTS), max_size=2),
    include_unknown=st.booleans(),
    sizes=some(Size),
    booking=st.none() | st.just(Booking.DROP_IN),
    sort=st.sampled_from(list(Sort)),
)
MOMENTS = st.datetimes(
    datetime(2026, 11, 24),  # noqa: DTZ001 - the zone follows
    datetime(2027, 1, 12),  # noqa: DTZ001
    timezones=st.just(LONDON),
) | st.sampled_from([TUESDAY_NOON, datetime(2026, 12, 23, 10, 30, tzinfo=UTC)])


@pytest.fixture
def town(database: Database) -> Iterator[tuple[Db, list[Known]]]:
    """A database of invented groups, and the same groups as a list."""
    random = Random(20261124)
    with database.writing() as db:
        everywhere = [_known(db, f"ref {number}", random) for number in range(COUNT)]
        db.commit()
        yield db, everywhere


def _known(db: Db, ref: str, random: Random) -> Known:
    draft = any_group(ref, random)
    saved = save(db, draft, at=TUESDAY_NOON)
    reports = any_reports(random)
    counts = {
        fact: (random.randint(0, 3), random.randint(0, 3))
        for fact in random.sample(ASKED_OF_GROUPS, 6)
    }
    heard = Heard(reports, counts)
    hear(db, saved.public_id, heard, TUESDAY_NOON)
    off = set()
    for session in draft.sessions:
        if random.random() < 0.4:
            on = date(2026, 11, 24) + timedelta(days=random.randint(0, 30))
            on += timedelta(days=(session.weekday.number - on.weekday()) % 7)
            off.add((on, session.starts))
    if off:
        upkeep_queries.cancel(db, saved.public_id, off, "")
    return Known(saved.public_id, draft, tuple(reports), counts, frozenset(off))


@AGREES
@given(query=QUERIES, now=MOMENTS)
def test_all_filters_and_orders_agree_with_plain_python(
    town: tuple[Db, list[Known]], query: SearchQuery, now: datetime
) -> None:
    db, everywhere = town
    plain = found(everywhere, query, LEITH, now, CALENDARS)
    shown = [
        (id_, band) for id_, band in plain if band is not Band.NOT_KNOWN or query.include_unknown
    ]

    cards, total, bands = search_queries.nearby(db, query, LEITH, now, CALENDARS, most=COUNT)

    assert [card.public_id for card in cards] == [id_ for id_, _ in shown]
    assert total == len(shown)
    if query.on:
        assert {card.next.on for card in cards if card.next} <= {date_asked(query, now)}
    if query.asks_what_may_be_unknown:
        assert [card.band for card in cards] == [band for _, band in shown]
        counts = [sum(band is each for _, band in plain) for each in Band]
        assert bands == Bands(*counts)


@AGREES
@given(
    now=MOMENTS,
    radius_miles=st.sampled_from([2, 5, 10]),
    first=st.integers(1, 3),
    most=st.sampled_from([1, 7, 20]),
)
def test_the_soonest_pages_agree_with_every_exact_date_through_christmas(
    town: tuple[Db, list[Known]], now: datetime, radius_miles: int, first: int, most: int
) -> None:
    db, everywhere = town
    query = SearchQuery("Leith", radius_miles=radius_miles, sort=Sort.SOONEST, page=first)
    plain = [id_ for id_, _ in found(everywhere, query, LEITH, now, CALENDARS)]
    exact = {group.public_id: group.next(now, CALENDARS) for group in everywhere}

    cards, total, _ = search_queries.nearby(db, query, LEITH, now, CALENDARS, most=most)

    wanted = plain[(first - 1) * most : first * most]
    assert [card.public_id for card in cards] == wanted
    assert [card.next for card in cards] == [exact[id_] for id_ in wanted]
    assert total == len(plain)
