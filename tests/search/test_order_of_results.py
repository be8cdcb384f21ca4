"""Results, and the map's points, stand in the order that was asked for, and take few statements."""

from datetime import date, time
from uuid import uuid4

import pytest

from finder.domain.cost import Cost
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import CostKind, Format, Sort, TalkingLevel, VenueKind, Weekday
from finder.organise.upkeep import queries as upkeep_queries
from finder.platform.db.database import Database
from finder.search import queries as search_queries
from tests.search.asking import asking, names
from tests.support.databases import explained, statements
from tests.support.examples import LEITH, NO_TERMS, TUESDAY_NOON, group, keep, name_of


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
