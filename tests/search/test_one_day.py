"""A search for one day: what meets then, by time, and nothing that is cancelled or out of term."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from finder.domain.schedule.calendars import Calendars, Term
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import Repeats, Sort, TalkingLevel, Weekday
from finder.organise.upkeep import queries as upkeep_queries
from finder.platform.db.database import Database, Db
from finder.search import queries as search_queries
from finder.search.rules import Bands, SearchQuery, Soon
from tests.search.asking import asking
from tests.support.examples import LEITH, NO_TERMS, TUESDAY_NOON, group, keep
from tests.support.page_client import PageClient
from tests.support.site import Site

TUESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)


def at(weekday: Weekday, hour: int, **more: object) -> tuple[Session, ...]:
    return (Session(weekday, time(hour), time(hour + 1), **more),)  # type: ignore[arg-type]


def found(db: Db, query: SearchQuery, calendars: Calendars = NO_TERMS) -> list[str]:
    cards, total, _ = search_queries.nearby(db, query, LEITH, TUESDAY_NOON, calendars)
    points = search_queries.points(db, query, LEITH, TUESDAY_NOON, calendars)
    assert total == len(cards) == points.total == len(points.points)
    return [card.name.removeprefix("Group ") for card in cards]


def by_time(on: Soon | date, **more: object) -> SearchQuery:
    return asking(on=on, sort=Sort.SOONEST, **more)


def test_only_groups_that_meet_on_the_day_are_shown_in_the_order_of_their_times(
    database: Database,
) -> None:
    with database.writing() as db:
        keep(
            db,
            group("late", sessions=at(Weekday.FRI, 15)),
            group("early", sessions=at(Weekday.FRI, 9), north=500),
            group("other day", sessions=at(Weekday.THU, 9)),
        )

        assert found(db, by_time(FRIDAY)) == ["early", "late"]
        assert found(db, asking(on=FRIDAY)) == ["late", "early"]


def test_what_is_over_today_comes_last_and_says_so(database: Database) -> None:
    with database.writing() as db:
        keep(
            db,
            group("over", sessions=at(Weekday.TUE, 9)),
            group("to come", sessions=at(Weekday.TUE, 14)),
        )

        cards, _, _ = search_queries.nearby(db, by_time(Soon.TODAY), LEITH, TUESDAY_NOON, NO_TERMS)

        assert [(card.name, card.is_over) for card in cards] == [
            ("Group to come", False),
            ("Group over", True),
        ]
        assert [card.next.on for card in cards if card.next] == [TUESDAY, TUESDAY]


def test_a_cancelled_date_is_not_shown_on_its_day(database: Database) -> None:
    with database.writing() as db:
        first, _ = keep(
            db,
            group("off", sessions=at(Weekday.FRI, 9)),
            group("on", sessions=at(Weekday.FRI, 10)),
        )
        upkeep_queries.cancel(db, first.public_id, [(FRIDAY, time(9))], "Snow")

        assert found(db, by_time(FRIDAY)) == ["on"]
        assert found(db, by_time(date(2026, 12, 4))) == ["off", "on"]


def test_a_day_out_of_term_or_between_two_fortnights_is_left_out(database: Database) -> None:
    terms = Calendars(
        {
            "scotland": (
                Term(date(2026, 8, 19), date(2026, 11, 26)),
                Term(date(2026, 12, 1), date(2026, 12, 18)),
            )
        }
    )
    with database.writing() as db:
        keep(
            db,
            group("in term", sessions=at(Weekday.FRI, 9, is_term_time_only=True)),
            group(
                "fortnightly",
                sessions=at(
                    Weekday.FRI, 10, repeats=Repeats.FORTNIGHTLY, first_on=date(2026, 11, 20)
                ),
            ),
            group("weekly", sessions=at(Weekday.FRI, 11)),
        )

        assert found(db, by_time(FRIDAY), terms) == ["weekly"]
        assert found(db, by_time(FRIDAY)) == ["in term", "weekly"]


def test_hours_hold_for_the_session_of_the_day(database: Database) -> None:
    twice = (*at(Weekday.FRI, 9), *at(Weekday.MON, 14))
    with database.writing() as db:
        keep(db, group("mornings on Fridays", sessions=twice))

        assert found(db, by_time(FRIDAY, starts_after=time(13))) == []
        assert found(db, by_time(FRIDAY, ends_before=time(12))) == ["mornings on Fridays"]
        assert found(db, by_time(FRIDAY, days=frozenset({Weekday.MON}))) == []


def test_bands_count_only_what_meets_on_the_day(database: Database) -> None:
    with database.writing() as db:
        keep(
            db,
            group("quiet", sessions=at(Weekday.FRI, 9), claimed_level=TalkingLevel.NO_TALKING),
            group("nobody told", sessions=at(Weekday.FRI, 10), claimed_level=None),
            group("other day", sessions=at(Weekday.THU, 9), claimed_level=None),
        )
        query = by_time(FRIDAY, talking=TalkingLevel.HELLO)

        _, total, bands = search_queries.nearby(db, query, LEITH, TUESDAY_NOON, NO_TERMS)

        assert bands.not_known == 1
        assert total == bands.fairly_sure + bands.probably == 1
        assert bands != Bands()


@pytest.fixture
def pages(tmp_path: Path, gazetteer_dir: Path) -> PageClient:
    """A site at noon on a Tuesday, with a group that met this morning and one on Wednesday."""
    groups = (
        group("morning", sessions=at(Weekday.TUE, 9)),
        group("next day", sessions=at(Weekday.WED, 9)),
    )
    site = Site(tmp_path, gazetteer_dir, groups)
    site.clock.set(datetime(2026, 11, 24, 12, tzinfo=UTC))
    return PageClient(site.app)


def test_the_page_of_a_day_says_which_day_it_is_of(pages: PageClient) -> None:
    today = pages.get("/search?near=EH6+7BS&on=today")

    assert today.one("h1") == "1 group today within 3 miles of EH6 7BS"
    assert "Over for today" in today.one(".card")
    assert "Take off: Today" in today.all(".chip-on")
    assert today.values("#on option[selected]", "value") == ["today"]
    assert "1 more on other days" in today.words
    friday = pages.get("/search?near=EH6+7BS&on=2026-11-27")
    assert friday.one("h1") == "No groups on Friday 27 November within 3 miles of EH6 7BS"


def test_the_list_of_days_names_the_next_week(pages: PageClient) -> None:
    page = pages.get("/search?near=EH6+7BS")

    assert page.all("#on option")[:4] == ["Any day", "Today", "Tomorrow", "Thursday 26 November"]
    assert len(page.all("#on option")) == 8


def test_a_day_that_can_not_be_asked_for_is_said_beside_the_list(pages: PageClient) -> None:
    page = pages.get("/search?near=EH6+7BS&on=2027-11-24")

    assert "within two weeks" in page.one("#on-error")
    assert page.one("h1") == "2 groups within 3 miles of EH6 7BS"
