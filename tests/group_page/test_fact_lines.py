"""What a page tells of a fact, and who says so."""

from datetime import date

import pytest

from finder.domain.facts import Answers, Fact
from finder.domain.vocabulary import Booking, CostKind
from finder.group_page.fact_lines import Says, fact_line, have_to, included
from finder.group_page.rules import FactFound

TODAY = date(2026, 11, 24)
SIT = Fact.SIT_AND_WATCH
RECENT, OLD = date(2026, 11, 3), date(2025, 9, 15)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (Answers(), Says.NOT_KNOWN),
        (Answers(True), Says.YES),
        (Answers(False), Says.NO),
        (Answers(None, 3, 0), Says.YES),
        (Answers(None, 0, 3), Says.NO),
        (Answers(None, 3, 3), Says.DISPUTED),
        (Answers(True, 0, 1), Says.DISPUTED),
        (Answers(True, 1, 8), Says.NO),
    ],
)
def test_a_fact_is_yes_no_disputed_or_not_known(answers: Answers, says: Says) -> None:
    assert fact_line(SIT, answers, TODAY).says is says


def test_a_fact_that_does_not_hold_is_said_as_one_that_does_not() -> None:
    circle = Fact.INTRODUCTIONS

    assert fact_line(circle, Answers(False), TODAY).words == "No speaking in a circle"
    assert fact_line(circle, Answers(True), TODAY).words == "You speak in a circle"


@pytest.mark.parametrize(
    ("answers", "who"),
    [
        (Answers(), ""),
        (Answers(True), "Only the organiser’s word so far"),
        (Answers(None, 1, 0), "One or two parents"),
        (Answers(None, 0, 2), "One or two parents"),
        (Answers(None, 1, 1), "One or two parents, who disagree"),
        (Answers(True, 1, 0), "The organiser’s word; one or two parents agree"),
        (Answers(True, 0, 2), "The organiser’s word; one or two parents don’t agree"),
        (Answers(False, 7, 1), "7 of 8 parents"),
        (Answers(None, 5, 0), "5 parents"),
    ],
)
def test_beside_a_fact_stands_who_says_so_and_no_count_below_three(
    answers: Answers, who: str
) -> None:
    assert fact_line(SIT, answers, TODAY).who == who


def test_what_nobody_has_said_for_a_year_has_its_date_beside_it() -> None:
    recent = fact_line(SIT, Answers(True, organiser_on=RECENT), TODAY)
    old = fact_line(SIT, Answers(True, organiser_on=OLD), TODAY)
    renewed = fact_line(SIT, Answers(True, 4, 0, OLD, RECENT), TODAY)

    assert (recent.who, recent.source) == (
        "Only the organiser’s word so far",
        "The organiser, 3 Nov",
    )
    assert old.who == old.source == "The organiser, 15 Sep 2025"
    assert renewed.who == "4 parents"


def test_what_one_or_two_said_is_told_as_theirs_and_never_as_a_habit() -> None:
    cliques = Fact.KNOW_EACH_OTHER

    few = fact_line(cliques, Answers(None, 1, 0), TODAY)
    many = fact_line(cliques, Answers(None, 3, 0), TODAY)
    company = fact_line(Fact.INCLUDED, Answers(None, 1, 0), TODAY)

    assert few.words == "One or two parents: most people already know each other"
    assert many.words == "Most people already know each other"
    assert company.words == "One or two parents: they were included when they wanted company"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (Answers(), ""),
        (
            Answers(None, 1, 0),
            "One or two parents: they were included when they wanted company.",
        ),
        (
            Answers(None, 0, 2),
            "One or two parents: nobody included them when they wanted company.",
        ),
        (
            Answers(None, 1, 1),
            "One or two parents; they don’t agree whether somebody includes you.",
        ),
        (
            Answers(None, 4, 1),
            "If you want company, someone usually includes you. 4 of 5 parents say so.",
        ),
        (
            Answers(None, 0, 3),
            "If you want company, you may have to ask for it. 3 parents say so.",
        ),
        (Answers(None, 2, 2), "If you want company: 2 of 4 parents were included."),
    ],
)
def test_company_is_told_as_a_habit_only_from_three_parents_on(
    answers: Answers, words: str
) -> None:
    assert included([FactFound(Fact.INCLUDED, answers)]) == words


def test_booking_and_cost_are_the_organisers_word_of_its_last_check() -> None:
    *_, phone, block = have_to([], Booking.PHONE_ONLY, CostKind.FREE, RECENT, TODAY)
    *_, unchecked, _ = have_to([], Booking.DROP_IN, CostKind.FREE, None, TODAY)

    assert (phone.says, phone.source) == (Says.YES, "The organiser, 3 Nov")
    assert (block.says, block.source) == (Says.NO, "The organiser, 3 Nov")
    assert unchecked.source == "The organiser"
