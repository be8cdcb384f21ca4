"""A search finds what a plain look at every group finds, in the same order, with few questions."""

from datetime import date, datetime, time
from uuid import uuid4

import pytest

from finder.domain.cost import Cost
from finder.domain.facts import Fact
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import (
    Band,
    Booking,
    CostFilter,
    CostKind,
    Format,
    ListingState,
    Size,
    Sort,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.listings.search_columns import Heard
from finder.organise.upkeep import queries as upkeep_queries
from finder.platform.db.database import Database, Db
from finder.search import queries as search_queries
from finder.search.rules import Bands, SearchQuery
from tests.support.databases import explained, statements
from tests.support.examples import LEITH, NO_TERMS, TUESDAY_NOON, group, keep, name_of
from tests.support.saving import hear


def names(db: Db, query: SearchQuery, now: datetime = TUESDAY_NOON) -> list[str]:
    cards, total, _ = search_queries.nearby(db, query, LEITH, now, NO_TERMS)
    assert total == len(cards)
    return [card.name.removeprefix("Group ") for card in cards]


def asking(**filters: object) -> SearchQuery:
    return SearchQuery("Leith", **filters)  # type: ignore[arg-type]


SUNDAY = (Session(Weekday.SUN, time(14), time(15)),)
TWO_SLOTS = (
    Session(Weekday.MON, time(9), time(10)),
    Session(Weekday.THU, time(13), time(14)),
)
FILTERS = {
    "formats": (frozenset({Format.CRAFT}), {"format": Format.CRAFT}),
    "other formats": (frozenset({Format.CRAFT}), {"other_formats": frozenset({Format.CRAFT})}),
    "venue_kinds": (frozenset({VenueKind.LIBRARY}), {"kind": VenueKind.LIBRARY}),
    "costs": (frozenset({CostFilter.DONATION}), {"cost": Cost(CostKind.DONATION, 100)}),
    "days": (frozenset({Weekday.SUN}), {"sessions": SUNDAY}),
    "starts_after": (time(14), {"sessions": SUNDAY}),
    "ends_before": (time(10), {"sessions": TWO_SLOTS}),
    "age_months": (30, {"age_to_months": 36}),
    "sizes": (frozenset({Size.SMALL}), {"size": Size.SMALL}),
    "can": (frozenset({Fact.LEAVE_EARLY}), {"facts": {Fact.LEAVE_EARLY: True}}),
    "can (building)": (frozenset({Fact.STEP_FREE}), {"building": {Fact.STEP_FREE: True}}),
    "must_not": (frozenset({Fact.SING}), {"facts": {Fact.SING: False}}),
    "talking": (
        TalkingLevel.NO_TALKING,
        {"claimed_level": TalkingLevel.NO_TALKING, "format": Format.BABY_CINEMA},
    ),
}
FIELDS = {"other formats": "formats", "can (building)": "can"}


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_finds_the_group_that_meets_it_and_no_other(
    database: Database, name: str
) -> None:
    value, changes = FILTERS[name]
    with database.writing() as db:
        keep(db, group("other"), group("wanted", **changes))

        assert names(db, asking(**{FIELDS.get(name, name): value})) == ["wanted"]
        assert sorted(names(db, asking())) == ["other", "wanted"]


def test_a_highest_price_leaves_out_what_costs_more(database: Database) -> None:
    block = Cost(CostKind.BLOCK, 3601, block_sessions=6)
    with database.writing() as db:
        keep(db, group("free"), group("block", cost=block))

        assert names(db, asking(max_cost_pence=600)) == ["free"]
        assert sorted(names(db, asking(max_cost_pence=601))) == ["block", "free"]


def test_just_turn_up_leaves_out_what_must_be_booked(database: Database) -> None:
    with database.writing() as db:
        keep(db, group("booked", booking=Booking.BOOK_AHEAD), group("open"))

        assert names(db, asking(booking=Booking.DROP_IN)) == ["open"]


def test_the_radius_ends_where_it_says(database: Database) -> None:
    with database.writing() as db:
        keep(db, group("near", north=1600), group("far", north=1625))

        assert names(db, asking(radius_miles=1)) == ["near"]
        assert names(db, asking(radius_miles=2)) == ["near", "far"]


def test_day_and_hours_must_hold_for_one_and_the_same_session(database: Database) -> None:
    monday_afternoon = asking(days=frozenset({Weekday.MON}), starts_after=time(12))
    thursday_afternoon = asking(days=frozenset({Weekday.THU}), starts_after=time(12))
    with database.writing() as db:
        keep(db, group("both", sessions=TWO_SLOTS))

        assert names(db, monday_afternoon) == []
        assert names(db, thursday_afternoon) == ["both"]


def test_only_published_groups_are_found(database: Database) -> None:
    with database.writing() as db:
        for state in ListingState:
            keep(db, group(state.value), state=state)

        assert names(db, asking()) == ["published"]
        paused, _ = keep(db, group("paused"), group("draft"))
        assert search_queries.cards_of(db, [paused.public_id], TUESDAY_NOON, NO_TERMS) == ()


def test_unknown_groups_are_counted_and_shown_only_when_asked_for(database: Database) -> None:
    leave_early = frozenset({Fact.LEAVE_EARLY})
    with database.writing() as db:
        keep(
            db,
            group("told", facts={Fact.LEAVE_EARLY: True}),
            group("no", facts={Fact.LEAVE_EARLY: False}),
            group("untold"),
        )
        query = asking(can=leave_early)

        cards, total, bands = search_queries.nearby(db, query, LEITH, TUESDAY_NOON, NO_TERMS)
        assert ([card.name for card in cards], total) == (["Group told"], 1)
        assert bands == Bands(fairly_sure=0, probably=1, not_known=1)

        with_unknown = query.but(include_unknown=True)
        cards, total, bands = search_queries.nearby(db, with_unknown, LEITH, TUESDAY_NOON, NO_TERMS)
        assert {card.name: card.band for card in cards} == {
            "Group told": Band.PROBABLY,
            "Group untold": Band.NOT_KNOWN,
        }
        assert (total, bands.not_known) == (2, 1)


def test_an_organisers_word_alone_never_counts_as_parents_agree(database: Database) -> None:
    with database.writing() as db:
        _, agreed = keep(
            db, group("claimed", claimed_level=TalkingLevel.NO_TALKING), group("agreed")
        )
        said = Heard([(1, 5.0)] * 6)
        hear(db, agreed.public_id, said, TUESDAY_NOON)

        hello = asking(talking=TalkingLevel.HELLO)
        assert sorted(names(db, hello)) == ["agreed", "claimed"]
        assert names(db, hello.but(is_sure=True)) == ["agreed"]
        assert names(db, asking(is_sure=True)) == ["agreed"]


def test_the_quietest_are_first_then_the_nearest(database: Database) -> None:
    with database.writing() as db:
        keep(
            db,
            group("chatty", format=Format.COFFEE_AND_CHAT),
            group("film", format=Format.BABY_CINEMA, north=900),
            group("nearer film", format=Format.BABY_CINEMA, north=500),
        )

        assert names(db, asking(sort=Sort.QUIET)) == ["nearer film", "film", "chatty"]


def test_what_nobody_told_us_comes_after_what_is_known_to_be_quiet(database: Database) -> None:
    with database.writing() as db:
        keep(
            db,
            group("told to be chatty", claimed_level=TalkingLevel.CHATTY),
            group("a film, untold", format=Format.BABY_CINEMA),
            group("told to be quiet", claimed_level=TalkingLevel.NO_TALKING, north=900),
        )

        assert names(db, asking(sort=Sort.QUIET)) == [
            "told to be quiet",
            "a film, untold",
            "told to be chatty",
        ]


def test_the_cheapest_visit_is_first_then_the_nearest(database: Database) -> None:
    with database.writing() as db:
        keep(
            db,
            group("each", cost=Cost(CostKind.EACH_TIME, 650)),
            group("block", cost=Cost(CostKind.BLOCK, 3600, block_sessions=6)),
            group("free", north=900),
            group("nearer free", north=500),
        )

        assert names(db, asking(sort=Sort.COST)) == ["nearer free", "free", "block", "each"]


def test_the_soonest_is_first_whatever_the_distance(database: Database) -> None:
    wednesday = (Session(Weekday.WED, time(9), time(10)),)
    over = (Session(Weekday.WED, time(8), time(9), last_on=date(2026, 1, 1)),)
    with database.writing() as db:
        next_week, _, _, _ = keep(
            db,
            group("next week"),
            group("tomorrow", north=900, sessions=wednesday),
            group("over", sessions=over, north=100),
            group("tomorrow, nearer", north=800, sessions=wednesday),
        )

        soonest = asking(sort=Sort.SOONEST)
        assert names(db, soonest) == ["tomorrow, nearer", "tomorrow", "next week", "over"]

        # The hall is shut on Tuesday 1 December, so that its next date is the 8th.
        upkeep_queries.cancel(db, next_week.public_id, [(date(2026, 12, 1), time(10))], "")
        later = (Session(Weekday.WED, time(9), time(10), first_on=date(2026, 12, 2)),)
        keep(db, group("in a week", sessions=later))
        assert names(db, soonest)[2:] == ["in a week", "next week", "over"]


def test_groups_stand_twenty_a_page_each_on_one_page(database: Database) -> None:
    drafts = [group(f"{n:02}") for n in range(45)]
    with database.writing() as db:
        saved = {one.public_id for one in keep(db, *drafts)}

        for sort in Sort:
            pages = [
                search_queries.nearby(db, asking(sort=sort, page=n), LEITH, TUESDAY_NOON, NO_TERMS)
                for n in (1, 2, 3, 4)
            ]
            ids = [card.public_id for cards, _, _ in pages for card in cards]
            assert [len(cards) for cards, _, _ in pages] == [20, 20, 5, 0]
            assert [total for _, total, _ in pages] == [45] * 4
            assert len(ids) == len(set(ids)) == len(saved)


def test_a_page_of_results_takes_one_statement_and_the_soonest_two(database: Database) -> None:
    with database.writing() as db:
        keep(db, *(group(str(n)) for n in range(3)))

        for sort in Sort:
            with statements(db) as said:
                search_queries.nearby(db, asking(sort=sort), LEITH, TUESDAY_NOON, NO_TERMS)
            assert len(said) == (2 if sort is Sort.SOONEST else 1)

        with statements(db) as said:
            search_queries.points(db, asking(), LEITH, TUESDAY_NOON, NO_TERMS)
        assert len(said) == 1


def test_the_map_holds_what_the_list_holds(database: Database) -> None:
    with database.writing() as db:
        keep(db, *(group(f"{n:02}", north=n * 10) for n in range(30)))
        keep(db, group("elsewhere", kind=VenueKind.CAFE))
        query = asking(venue_kinds=frozenset({VenueKind.CHURCH_HALL}), page=2, sort=Sort.COST)

        points = search_queries.points(db, query, LEITH, TUESDAY_NOON, NO_TERMS)

        assert list(map(name_of, points.points)) == [f"Group {n:02}" for n in range(30)]
        assert (points.total, points.is_truncated) == (30, False)


def test_a_map_of_too_many_holds_the_nearest(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_queries, "MOST_POINTS", 2)
    with database.writing() as db:
        keep(db, group("far", north=900), group("near"), group("middle", north=400))

        points = search_queries.points(db, asking(sort=Sort.QUIET), LEITH, TUESDAY_NOON, NO_TERMS)

        assert list(map(name_of, points.points)) == ["Group near", "Group middle"]
        assert (points.total, points.is_truncated) == (3, True)


def test_saved_groups_come_in_the_order_of_their_ids(database: Database) -> None:
    with database.writing() as db:
        first, second = keep(db, group("first"), group("second"))
        wanted = [second.public_id, uuid4(), first.public_id, second.public_id]

        cards = search_queries.cards_of(db, wanted, TUESDAY_NOON, NO_TERMS)

        assert [card.name for card in cards] == ["Group second", "Group first"]
        assert {card.distance_m for card in cards} == {None}


PLAN = {"sqlite": "USING COVERING INDEX ix_groups_search", "postgresql": "ix_groups_search"}


def test_a_search_reads_the_index_made_for_it(database: Database) -> None:
    with database.writing() as db:
        keep(db, *(group(f"{n}", north=n * 1000, claimed_level=None) for n in range(60)))
        if not database.is_sqlite:
            db.connection().exec_driver_sql("SET enable_seqscan = off")

        query = asking(talking=TalkingLevel.HELLO, age_months=6)
        plan = explained(
            db, lambda: search_queries.nearby(db, query, LEITH, TUESDAY_NOON, NO_TERMS)
        )

        assert PLAN[db.get_bind().dialect.name] in plan
