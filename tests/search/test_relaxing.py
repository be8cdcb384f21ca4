"""When little is found, the page says what each filter costs."""

from dataclasses import replace
from datetime import date, time

import pytest

from finder.domain.cost import Cost
from finder.domain.facts import Fact
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
from finder.platform.db.database import Database, Db
from finder.search import queries as search_queries
from finder.search.relaxing import relaxations
from finder.search.rules import SearchQuery, Soon
from tests.support.databases import statements
from tests.support.examples import LEITH, NO_TERMS, TUESDAY_NOON, group, keep

MONDAY, EVERY_SIZE = frozenset({Weekday.MON}), frozenset({Size.SMALL})
LEAVE, SING = frozenset({Fact.LEAVE_EARLY}), frozenset({Fact.SING})


def offered(db: Db, **filters: object) -> list[str]:
    """The words of all that is offered; each adds as many as it says."""
    query = SearchQuery("Leith", **filters)  # type: ignore[arg-type]
    total = search_queries.nearby(db, query, LEITH, TUESDAY_NOON, NO_TERMS)[1]
    found = relaxations(db, query, LEITH, total, TUESDAY_NOON, NO_TERMS)
    for one in found:
        again = search_queries.nearby(db, one.query, LEITH, TUESDAY_NOON, NO_TERMS)[1]
        assert again == total + one.more
        assert one.words.startswith(f"{one.more} more ")
    return [one.words for one in found]


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"days": MONDAY}, "1 more on other days"),
        ({"on": Soon.TOMORROW}, "1 more on other days"),
        ({"on": date(2026, 11, 30), "sort": Sort.SOONEST}, "1 more on other days"),
        ({"starts_after": time(18)}, "1 more at other times"),
        ({"max_cost_pence": 100}, "1 more at other prices"),
        ({"age_months": 60}, "1 more for other ages"),
        ({"formats": frozenset({Format.CRAFT})}, "1 more of other kinds of group"),
        ({"venue_kinds": frozenset({VenueKind.CAFE})}, "1 more at other kinds of place"),
        ({"sizes": EVERY_SIZE}, "1 more of other sizes, or whose size we don’t know"),
        ({"booking": Booking.DROP_IN}, "1 more that you have to book"),
        ({"can": LEAVE}, f"1 more without asking for “{Fact.LEAVE_EARLY.yes}”"),
        ({"must_not": SING}, f"1 more without asking for “{Fact.SING.no}”"),
    ],
    ids=str,
)
def test_each_filter_says_what_it_costs(
    database: Database, filters: dict[str, object], words: str
) -> None:
    only = group(
        "only",
        cost=Cost(CostKind.EACH_TIME, 500),
        booking=Booking.BOOK_AHEAD,
        facts={Fact.LEAVE_EARLY: False, Fact.SING: True},
    )
    with database.writing() as db:
        keep(db, only)

        assert offered(db, **filters) == [words]


def test_a_higher_level_of_talking_is_offered_and_only_the_first_that_helps(
    database: Database,
) -> None:
    chatty = group("chat", format=Format.COFFEE_AND_CHAT, claimed_level=TalkingLevel.CHATTY)
    with database.writing() as db:
        keep(db, chatty)

        assert offered(db, talking=TalkingLevel.HELLO) == ["1 more if you allow “Chatty”"]


def test_a_wider_circle_is_offered_and_only_the_first_that_helps(database: Database) -> None:
    with database.writing() as db:
        keep(db, group("far", north=4000), group("farther", north=7000))

        assert offered(db, radius_miles=2) == ["1 more within 3 miles"]
        assert offered(db, radius_miles=25) == []


def test_a_group_in_the_corner_of_the_square_around_a_circle_is_not_offered(
    database: Database,
) -> None:
    with database.writing() as db:
        keep(db, group("in the corner", north=4_500, east=4_500))

        assert offered(db, radius_miles=2) == ["1 more within 5 miles"]
        assert offered(db, radius_miles=2, days=MONDAY) == []


def test_parents_who_need_not_agree_and_unknown_groups_are_offered(database: Database) -> None:
    with database.writing() as db:
        keep(db, group("claimed", claimed_level=TalkingLevel.NO_TALKING), group("untold"))

        words = offered(db, talking=TalkingLevel.HELLO, is_sure=True)

    assert "1 more if parents need not agree on the level" in words
    assert "1 more that nobody has told us enough about" in words


def test_the_best_five_come_first(database: Database) -> None:
    monday = group(
        "a", sessions=tuple(replace(s, weekday=Weekday.MON) for s in group("a").sessions)
    )
    with database.writing() as db:
        keep(db, monday, group("b"), group("c"))
        query = SearchQuery("Leith", days=MONDAY, age_months=60, radius_miles=25)

        mores = [one.more for one in relaxations(db, query, LEITH, 0, TUESDAY_NOON, NO_TERMS)]

        assert offered(db, days=MONDAY, age_months=60)[0] == "1 more for other ages"
        assert mores == sorted(mores, reverse=True)


def test_where_no_single_change_helps_all_choices_are_dropped(database: Database) -> None:
    with database.writing() as db:
        keep(db, group("only"))

        words = offered(db, days=MONDAY, sizes=EVERY_SIZE)

    assert words == ["1 more without any of your choices"]


def test_all_that_is_offered_takes_one_statement(database: Database) -> None:
    query = SearchQuery("Leith", days=MONDAY, can=LEAVE, talking=TalkingLevel.HELLO)
    with database.open() as db, statements(db) as said:
        relaxations(db, query, LEITH, 0, TUESDAY_NOON, NO_TERMS)

    assert len(said) == 1
