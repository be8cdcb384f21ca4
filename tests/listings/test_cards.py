"""A card is complete, and says only what is known."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from random import Random

import pytest
from geopy.distance import geodesic

from finder.domain.cost import Cost
from finder.domain.facts import Fact
from finder.domain.groups import Card
from finder.domain.schedule.calendars import Calendars, Term
from finder.domain.schedule.sessions import Occurrence, Session
from finder.domain.vocabulary import Band, CostKind, Format, Nation, TalkingLevel, Weekday
from finder.listings.search_columns import Heard
from finder.platform.db.database import Database, Db
from finder.search import queries as search_queries
from finder.search.rules import SearchQuery
from tests.support.examples import (
    HALL,
    LEITH,
    NO_TERMS,
    SONGS,
    TUESDAY_NOON,
    any_group,
    group,
    keep,
)
from tests.support.saving import hear

TERM_TIME = (Session(Weekday.TUE, time(10), time(11), is_term_time_only=True),)


def only_card(db: Db, calendars: Calendars = NO_TERMS, now: datetime = TUESDAY_NOON) -> Card:
    [card] = search_queries.nearby(db, SearchQuery("x"), LEITH, now, calendars)[0]
    return card


def test_a_card_says_what_the_organiser_said(database: Database) -> None:
    draft = replace(
        SONGS,
        cost=Cost(CostKind.BLOCK, 3600, 100, 6, is_first_free=True),
        claimed_level=TalkingLevel.SOME_CHAT,
        facts={Fact.SING: True, Fact.ROTA: False},
        is_example=True,
    )
    with database.writing() as db:
        [saved] = keep(db, draft)

        card = only_card(db)

    assert card.public_id == saved.public_id
    assert (card.name, card.venue_name, card.locality) == ("Harbour Songs", "Harbour Hall", "Leith")
    assert (card.venue_kind, card.format, card.place) == (HALL.kind, draft.format, LEITH)
    assert (card.cost_label, card.booking, card.is_example) == (
        draft.cost.label(),
        draft.booking,
        True,
    )
    assert (card.age_from_months, card.age_to_months) == (0, 24)
    assert (card.facts_yes, card.facts_no) == ({Fact.SING}, {Fact.ROTA})
    assert card.talking.is_known
    assert card.next == Occurrence(date(2026, 12, 1), time(10), time(11))


def test_the_distance_shown_is_geopys_geodesic(database: Database) -> None:
    random = Random(3)
    with database.writing() as db:
        keep(db, *(any_group(str(n), random) for n in range(25)))
        query = SearchQuery("x", radius_miles=25)

        cards, _, _ = search_queries.nearby(db, query, LEITH, TUESDAY_NOON, NO_TERMS)

    for card in cards:
        ends = (LEITH.latitude, LEITH.longitude), (card.place.latitude, card.place.longitude)
        assert card.distance_m == pytest.approx(geodesic(*ends).meters, abs=0.001)


def test_a_session_that_is_on_now_is_still_the_next(database: Database) -> None:
    during = datetime(2026, 11, 24, 10, 59, tzinfo=UTC)
    with database.writing() as db:
        keep(db, SONGS)

        following = only_card(db, now=during).next

    assert following is not None
    assert following.on == date(2026, 11, 24)


def test_a_date_is_marked_where_the_terms_are_not_known(database: Database) -> None:
    welsh = replace(HALL, nation=Nation.WALES)
    terms = Calendars({"wales": (Term(date(2026, 9, 1), date(2026, 12, 18)),)})
    with database.writing() as db:
        keep(db, replace(SONGS, venue=welsh, sessions=TERM_TIME))

        assert not only_card(db, NO_TERMS).is_term_time_checked
        assert only_card(db, terms).is_term_time_checked


def test_without_a_question_the_band_says_how_sure_the_level_is(database: Database) -> None:
    with database.writing() as db:
        _, _, sure = keep(
            db,
            group("untold"),
            group("claimed", format=Format.STAY_AND_PLAY, claimed_level=TalkingLevel.HELLO),
            group("sure"),
        )
        said = Heard([(1, 1.0)] * 6)
        hear(db, sure.public_id, said, TUESDAY_NOON)

        cards, _, _ = search_queries.nearby(db, SearchQuery("x"), LEITH, TUESDAY_NOON, NO_TERMS)

    assert {card.name: card.band for card in cards} == {
        "Group untold": Band.NOT_KNOWN,
        "Group claimed": Band.PROBABLY,
        "Group sure": Band.FAIRLY_SURE,
    }


def test_reports_that_are_years_old_are_said_to_be(database: Database) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        said = Heard([(2, 30.0)] * 4)
        hear(db, saved.public_id, said, TUESDAY_NOON)

        soon = only_card(db).talking.sentence
        later = only_card(db, now=TUESDAY_NOON.replace(year=2029)).talking.sentence

    assert "over two years ago" not in soon
    assert later == f"{soon} That was over two years ago."
