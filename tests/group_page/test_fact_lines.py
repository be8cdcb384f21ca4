"""What a page tells of a fact, and who says so."""

import pytest

from finder.domain.facts import Answers, Fact
from finder.group_page.fact_lines import Says, evidence, fact_line


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
    assert fact_line(Fact.SIT_AND_WATCH, answers).says is says


def test_a_fact_that_does_not_hold_is_said_as_one_that_does_not() -> None:
    assert fact_line(Fact.INTRODUCTIONS, Answers(False)).words == "No speaking in a circle"
    assert fact_line(Fact.INTRODUCTIONS, Answers(True)).words == "You speak in a circle"


def test_what_nobody_has_told_us_names_no_witness() -> None:
    assert evidence(Answers()) == ""


def test_an_organiser_alone_is_named_as_such() -> None:
    assert evidence(Answers(True)) == "Only the organiser’s word so far"


@pytest.mark.parametrize("answers", [Answers(None, 1, 0), Answers(None, 0, 2)])
def test_counts_below_three_are_never_shown(answers: Answers) -> None:
    assert evidence(answers) == "One or two parents say so"


def test_counts_from_three_on_are_shown_with_the_organisers_word() -> None:
    assert evidence(Answers(False, 7, 1)) == "7 of 8 parents say so; the organiser says no"
    assert evidence(Answers(None, 5, 0)) == "All 5 parents say so"
