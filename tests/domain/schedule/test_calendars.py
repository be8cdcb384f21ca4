from datetime import date, timedelta

import pytest

from finder.domain.refused import Refused
from finder.domain.schedule.calendars import Calendar, Calendars, Term, bank_holidays
from finder.domain.vocabulary import Nation

AUTUMN = Term(date(2026, 9, 1), date(2026, 12, 18))
SPRING = Term(date(2027, 1, 4), date(2027, 3, 19))
SUMMER = Term(date(2027, 4, 5), date(2027, 7, 20))


@pytest.mark.parametrize(
    ("day", "nations"),
    [
        (date(2026, 11, 30), {Nation.SCOTLAND}),  # St Andrew's Day
        (date(2027, 1, 4), {Nation.SCOTLAND}),  # in place of 2 January, a Saturday
        (date(2027, 3, 17), {Nation.NORTHERN_IRELAND}),  # St Patrick's Day
        (date(2027, 7, 12), {Nation.NORTHERN_IRELAND}),  # Battle of the Boyne
        (date(2027, 3, 29), set(Nation) - {Nation.SCOTLAND}),  # Easter Monday
        (date(2027, 8, 2), {Nation.SCOTLAND}),
        (date(2027, 8, 30), set(Nation) - {Nation.SCOTLAND}),
        (date(2026, 12, 28), set(Nation)),  # in place of Boxing Day, a Saturday
        (date(2026, 12, 25), set(Nation)),
        (date(2026, 11, 24), set()),
    ],
)
def test_each_nation_keeps_its_own_bank_holidays(day, nations):
    found = {nation for nation in Nation if Calendar(nation).is_bank_holiday(day)}

    assert found == nations


def test_bank_holidays_of_a_year_are_worked_out_once():
    assert bank_holidays(Nation.WALES, 2027) is bank_holidays(Nation.WALES, 2027)


def test_a_term_holds_its_first_and_last_day_and_no_other():
    calendar = Calendar(Nation.WALES, terms=(AUTUMN, SPRING))

    assert calendar.is_term_time(date(2026, 9, 1))
    assert calendar.is_term_time(date(2026, 12, 18))
    assert not calendar.is_term_time(date(2026, 12, 19))
    assert not calendar.is_term_time(date(2026, 8, 31))


def test_holidays_between_known_terms_are_known_and_days_beyond_them_are_not():
    calendar = Calendar(Nation.WALES, terms=(SUMMER, AUTUMN, SPRING))

    assert calendar.knows_terms_on(date(2026, 12, 25))
    assert not calendar.knows_terms_on(date(2026, 8, 31))
    assert calendar.knows_terms_on(date(2027, 7, 31))
    assert not calendar.knows_terms_on(date(2027, 8, 1))


def test_a_spring_term_that_ends_the_file_does_not_settle_what_follows():
    calendar = Calendar(Nation.WALES, terms=(AUTUMN, SPRING))

    assert not calendar.knows_terms_on(SPRING.last_day + timedelta(days=1))


def test_a_school_year_left_out_of_the_file_is_not_taken_for_a_long_holiday():
    later = Term(date(2028, 9, 1), date(2028, 12, 18))
    calendar = Calendar(Nation.WALES, terms=(AUTUMN, SPRING, SUMMER, later))

    assert not calendar.knows_terms_on(date(2027, 11, 1))
    assert calendar.knows_terms_on(date(2028, 9, 1))


def test_a_place_whose_terms_nobody_told_us_says_so():
    assert not Calendar(Nation.ENGLAND).knows_terms_on(date(2026, 11, 24))
    assert Calendar(Nation.WALES, terms=(AUTUMN,)).knows_terms_on(AUTUMN.first_day)


def test_overlapping_or_backward_terms_are_refused():
    with pytest.raises(Refused, match="overlap on 2026-12-18"):
        Calendar(Nation.WALES, terms=(AUTUMN, Term(date(2026, 12, 18), date(2027, 1, 9))))
    with pytest.raises(Refused, match="before its first"):
        Term(date(2026, 9, 2), date(2026, 9, 1))


def test_a_councils_own_terms_come_before_its_nations():
    calendars = Calendars({"wales": (AUTUMN,), "W06000023": (), "E08000035": (SPRING,)})

    assert calendars.of(Nation.WALES, "W06000015").terms == (AUTUMN,)
    assert calendars.of(Nation.WALES, "W06000023").terms == ()
    assert calendars.of(Nation.ENGLAND, "E08000035").terms == (SPRING,)
    assert calendars.of(Nation.SCOTLAND).terms == ()


@pytest.mark.parametrize("code", ["", "Leeds", "E0800003", "X08000035", "E0800003x", "E0800003²"])
def test_what_is_no_councils_code_is_refused(code):
    with pytest.raises(Refused, match="neither a nation nor"):
        Calendars({code: ()})
