"""Each filter finds the groups that meet it, and no others."""

from datetime import time

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
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.listings.search_columns import Heard
from finder.platform.db.database import Database
from finder.search import queries as search_queries
from finder.search.rules import Bands
from tests.search.asking import asking, names
from tests.support.examples import LEITH, NO_TERMS, TUESDAY_NOON, group, keep
from tests.support.saving import hear

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
