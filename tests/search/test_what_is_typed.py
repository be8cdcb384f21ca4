"""A search as it stands in an address: read kindly, written always in the same way."""

from datetime import date, time
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from finder.domain.facts import Fact
from finder.domain.vocabulary import (
    Booking,
    CostFilter,
    Format,
    Size,
    Sort,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.search.forms import SearchForm, read, url_of
from finder.search.rules import SearchQuery, Soon
from tests.support.searches import SEARCHES

TODAY = date(2026, 11, 24)
EVERY_FIELD = SearchQuery(
    near="EH6 7BS",
    radius_miles=5,
    formats=frozenset({Format.SINGING, Format.CRAFT}),
    venue_kinds=frozenset({VenueKind.LIBRARY}),
    costs=frozenset({CostFilter.FREE, CostFilter.DONATION}),
    max_cost_pence=450,
    days=frozenset({Weekday.MON, Weekday.TUE}),
    on=Soon.TOMORROW,
    starts_after=time(10),
    ends_before=time(15, 30),
    age_months=7,
    talking=TalkingLevel.HELLO,
    is_sure=True,
    can=frozenset({Fact.SIT_AND_WATCH, Fact.STEP_FREE}),
    must_not=frozenset({Fact.INTRODUCTIONS}),
    include_unknown=True,
    sizes=frozenset({Size.SMALL}),
    booking=Booking.DROP_IN,
    sort=Sort.QUIET,
    page=3,
)


def typed(address: str) -> SearchForm:
    query = urlsplit(address).query
    return SearchForm(MultiDict(parse_qsl(query, keep_blank_values=True)))


def test_every_name_of_the_contract_is_read() -> None:
    form = typed(
        "/search?near=EH6+7BS&radius=5&format=singing&format=craft&venue=library&cost=free"
        "&cost=donation&max_cost=4.50&day=mon&day=tue&on=tomorrow&after=10:00&before=15:30&age=7&talking=2"
        "&sure=1&can=sit_and_watch&can=step_free&not=introductions&unknown=1&size=small"
        "&booking=drop_in&sort=quiet&page=3"
    )

    assert form.query() == EVERY_FIELD
    assert form.messages == {}


def test_an_empty_search_asks_for_anything_within_three_miles() -> None:
    assert typed("/search").query() == SearchQuery(near="")


def test_boxes_left_empty_are_not_wrong() -> None:
    form = typed("/search?near=Leith&max_cost=&after=&before=&age=&talking=&format=")

    assert form.query() == SearchQuery(near="Leith")
    assert form.messages == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("radius", "4"),
        ("radius", "-1"),
        ("radius", "9" * 5000),
        ("format", "juggling"),
        ("venue", "pub"),
        ("cost", "cheap"),
        ("max_cost", "a fiver"),
        ("max_cost", "nan"),
        ("max_cost", "-3"),
        ("day", "someday"),
        ("after", "25:00"),
        ("after", "ten"),
        ("before", "10:75"),
        ("age", "900"),
        ("age", "²"),
        ("talking", "0"),
        ("talking", "6"),
        ("sure", "maybe"),
        ("can", "fly"),
        ("can", "introductions"),
        ("not", "sit_and_watch"),
        ("unknown", "2"),
        ("size", "huge"),
        ("booking", "phone_only"),
        ("sort", "best"),
        ("page", "0"),
        ("page", "99999999"),
    ],
)
def test_a_value_that_makes_no_sense_is_said_and_left_out(name: str, value: str) -> None:
    form = typed(f"/search?near=Leith&{name}={value}")

    assert form.query() == SearchQuery(near="Leith")
    assert list(form.messages) == [name]
    assert form.messages[name].endswith(".")


def test_the_good_values_beside_a_bad_one_are_kept() -> None:
    form = typed("/search?near=Leith&day=mon&day=someday")

    assert form.query().days == {Weekday.MON}
    assert list(form.messages) == ["day"]


def test_an_end_before_the_start_is_left_out() -> None:
    form = typed("/search?near=Leith&after=14:00&before=10:00")

    assert (form.query().starts_after, form.query().ends_before) == (time(14), None)
    assert list(form.messages) == ["before"]


def test_of_two_talking_levels_the_lower_one_holds() -> None:
    assert typed("/search?near=Leith&talking=4&talking=2").query().talking is TalkingLevel.HELLO


@pytest.mark.parametrize(
    ("words", "pence"), [("4", 400), ("4.50", 450), ("£3", 300), ("0", 0), ("4.5", 450)]
)
def test_pounds_are_read_as_people_type_them(words: str, pence: int) -> None:
    assert typed(f"/search?near=Leith&max_cost={words}").query().max_cost_pence == pence


def test_a_place_is_read_without_stray_spaces_and_control_characters() -> None:
    assert typed("/search?near=%00+EH6%0A+7BS+").query().near == "EH6 7BS"


def test_a_place_longer_than_any_name_is_not_looked_for() -> None:
    form = typed("/search?near=" + "x" * 101)

    assert form.query().near == ""
    assert list(form.messages) == ["near"]


def test_an_address_leaves_out_what_holds_anyway() -> None:
    assert url_of(SearchQuery(near="EH6 7BS")) == "/search?near=EH6+7BS"


def test_one_search_has_one_address() -> None:
    assert url_of(typed("/search?day=tue&page=1&near=Leith&day=mon&radius=3").query()) == (
        "/search?near=Leith&day=mon&day=tue"
    )


@given(SEARCHES)
def test_a_search_survives_its_own_address(query: SearchQuery) -> None:
    form = typed(url_of(query))

    assert form.query() == query
    assert form.messages == {}


NAMES = [field.name for field in SearchForm()]


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text())))
def test_nothing_that_can_be_typed_breaks_a_search(pairs: list[tuple[str, str]]) -> None:
    form = SearchForm(MultiDict(pairs))

    assert isinstance(form.query(), SearchQuery)
    assert all(form.messages.values())


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text() | st.sampled_from(["1", "free"]))))
def test_an_address_is_read_as_its_form_reads_it_whoever_asked_for_the_like_before(
    pairs: list[tuple[str, str]],
) -> None:
    args = MultiDict(pairs)
    form = SearchForm(args)

    for _ in range(2):
        assert read(args, TODAY) == (form.query(), form.messages)


@pytest.mark.parametrize("day", ["today", "tomorrow", "2026-11-24", "2026-12-08"])
def test_a_day_within_two_weeks_can_be_asked_for_and_goes_by_time(day: str) -> None:
    query, messages = read(MultiDict([("near", "Leith"), ("on", day)]), TODAY)

    assert (str(query.on), query.sort, messages) == (day, Sort.SOONEST, {})
    assert url_of(query) == f"/search?near=Leith&on={day}"


@pytest.mark.parametrize("day", ["2026-11-23", "2026-12-09", "yesterday", "32"])
def test_another_day_is_left_out_and_said_beside_its_field(day: str) -> None:
    query, messages = read(MultiDict([("near", "Leith"), ("on", day)]), TODAY)

    assert query == SearchQuery("Leith")
    assert messages == {"on": "Choose today, tomorrow, or a day within two weeks."}


def test_two_kinds_of_day_at_once_are_said_beside_their_field() -> None:
    args = MultiDict([("near", "Leith"), ("on", "today"), ("on", "2026-11-25")])

    assert read(args, TODAY)[1].keys() == {"on"}


def test_an_order_that_is_chosen_stays_when_the_day_is_taken_off() -> None:
    by_cost = SearchQuery("Leith", on=Soon.TODAY, sort=Sort.COST)
    by_time = SearchQuery("Leith", on=Soon.TODAY, sort=Sort.SOONEST)

    assert by_cost.any_day == SearchQuery("Leith", sort=Sort.COST)
    assert by_time.any_day == SearchQuery("Leith")


def test_a_place_of_more_than_a_hundred_letters_is_left_out_and_said_beside_the_box() -> None:
    args = MultiDict([("near", "x" * 101), ("day", "tue")])

    query, messages = read(args, TODAY)

    assert (query, messages) == (SearchForm(args).query(), SearchForm(args).messages)
    assert query.near == ""
    assert messages == {"near": "That is too long. Type a postcode, or the name of a place."}
