"""A point says what its group's card says, though no card is made for it."""

import json
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given

from finder.domain.cost import parse_cost
from finder.domain.groups import Card, Place
from finder.domain.schedule.sessions import LONDON, Session, starts_at
from finder.domain.schedule.words import when
from finder.domain.vocabulary import Sort, TalkingLevel, Weekday
from finder.listings.cards import old_before
from finder.organise.upkeep import queries as upkeep_queries
from finder.places.gazetteer import Gazetteer
from finder.places.term_dates import read_calendars
from finder.platform.db.database import Database, Db
from finder.search import geojson
from finder.search import queries as search_queries
from finder.search.rules import SearchQuery
from finder.settings import shipped
from finder.spreadsheets import service as spreadsheets_service
from tests.search.plain_search import Known
from tests.search.test_statements import AGREES, CALENDARS, MOMENTS, QUERIES, town
from tests.support.examples import LEITH, NO_TERMS, TUESDAY_NOON, group, keep

__all__ = ["town"]

SEEDS = shipped("seed_groups.csv")
TERMS = read_calendars(shipped("data") / "term_dates.csv")
CARDIFF = Place(51.4816, -3.1791)
HEBDEN_BRIDGE = Place(53.7420, -2.0130)


@AGREES
@given(query=QUERIES, now=MOMENTS)
def test_points_say_what_cards_say_whatever_is_asked_and_when(
    town: tuple[Db, list[Known]], query: SearchQuery, now: datetime
) -> None:
    db, everywhere = town
    nearest = query.but(sort=Sort.DISTANCE)
    cards, total, _ = search_queries.nearby(
        db, nearest, LEITH, now, CALENDARS, most=len(everywhere)
    )

    found = search_queries.points(db, query, LEITH, now, CALENDARS)

    written = json.loads(geojson.collection(found, 25, "/groups/{}".format))
    assert written["features"] == [feature(card) for card in cards]
    assert found.total == total


@pytest.fixture
def seeds(database: Database, gazetteer: Gazetteer) -> Database:
    """A database with the example groups."""
    read = spreadsheets_service.read(SEEDS.read_bytes(), gazetteer.postcode)
    with database.writing() as db:
        spreadsheets_service.import_drafts(db, read.drafts, TUESDAY_NOON)
    return database


def test_the_points_of_the_example_groups_say_word_for_word_what_their_cards_say(
    seeds: Database,
) -> None:
    moments = [TUESDAY_NOON + timedelta(days=day, hours=7 * day % 24) for day in range(0, 60, 9)]
    quiet = SearchQuery("", 25, talking=TalkingLevel.HELLO, include_unknown=True)
    asked = product((SearchQuery("", 25), quiet), (LEITH, CARDIFF, HEBDEN_BRIDGE), moments)
    with seeds.session() as db:
        for query, centre, now in asked:
            cards, _, _ = search_queries.nearby(db, query, centre, now, TERMS, most=500)
            found = search_queries.points(db, query, centre, now, TERMS)
            written = json.loads(geojson.collection(found, 25, "/groups/{}".format))

            assert cards
            assert written["features"] == [feature(card) for card in cards]
            assert written["total"] == len(cards)


def feature(card: Card) -> dict[str, Any]:
    """A card as the feature that the map has always had."""
    on, talking, place = card.next, card.talking, card.place
    cost = parse_cost(card.cost_label)
    level = talking.level.label
    label = level if talking.is_sure else f"Probably: {level.lower()}"
    properties = {
        "name": card.name,
        "talking": talking.level.value if talking.is_known else None,
        "talking_label": label if talking.is_known else "Nobody has told us",
        "talking_sentence": talking.sentence,
        "band": card.band.value,
        "format": card.format.value,
        "format_label": card.format.label,
        "venue": card.venue_name,
        "venue_kind": card.venue_kind.value,
        "locality": card.locality,
        "cost": cost.kind.value,
        "cost_label": card.cost_label,
        "cost_pence": cost.each_pence,
        "next": starts_at(on).astimezone(LONDON).isoformat() if on else None,
        "next_label": when(on) if on else None,
        "distance_m": round(card.distance_m or 0),
        "example": card.is_example,
        "url": f"/groups/{card.public_id}",
    }
    coordinates = [round(place.longitude, 5), round(place.latitude, 5)]
    return {
        "type": "Feature",
        "id": str(card.public_id),
        "geometry": {"type": "Point", "coordinates": coordinates},
        "properties": properties,
    }


def test_a_groups_next_date_moves_on_when_each_of_its_sessions_ends(database: Database) -> None:
    sessions = tuple(Session(Weekday.TUE, time(hour), time(hour + 1)) for hour in (9, 11, 14))
    with database.writing() as db:
        (saved,) = keep(db, group("three", sessions=sessions))
        off = date(2026, 11, 24)
        upkeep_queries.cancel(db, saved.public_id, [(off, time(11))], "Snow")
        db.commit()

        assert next_at(db, time(8)) == (date(2026, 11, 24), time(9))
        assert next_at(db, time(9, 59)) == (date(2026, 11, 24), time(9))
        assert next_at(db, time(10)) == (date(2026, 11, 24), time(14))
        assert next_at(db, time(15)) == (date(2026, 12, 1), time(9))
        assert next_at(db, time(8)) == (date(2026, 11, 24), time(9))


def next_at(db: Db, clock: time) -> tuple[date, time]:
    now = datetime.combine(date(2026, 11, 24), clock, LONDON)
    found = search_queries.points(db, SearchQuery(""), LEITH, now, NO_TERMS)
    (following,) = found.next_dates.values()
    assert following is not None
    return following.on, following.starts


def test_a_report_is_old_two_years_after_its_day() -> None:
    assert old_before(TUESDAY_NOON) == date(2024, 11, 24)
