"""Who told us, and when last: of a fact, and of the level in three sentences."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.facts import Answers
from finder.domain.groups import Talking
from finder.domain.talking.evidence import Source
from finder.domain.talking.rating import rate
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind
from finder.group_page.sources import how_we_know, who_says

TODAY = date(2026, 11, 24)
NOVEMBER, AUTUMN, OLD = date(2026, 11, 3), date(2026, 10, 15), date(2025, 2, 15)
counts = st.integers(0, 12)
days = st.none() | st.dates(date(2022, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (Answers(), ""),
        (Answers(True, organiser_on=NOVEMBER), "The organiser, 3 Nov"),
        (Answers(False, organiser_on=OLD), "The organiser, 15 Feb 2025"),
        (Answers(True), "The organiser"),
        (Answers(None, 4, 0, None, AUTUMN), "4 parents, last in autumn 2026"),
        (Answers(None, 3, 1, None, OLD), "3 of 4 parents, last in winter 2024 to 2025"),
        (Answers(None, 1, 0, None, AUTUMN), "One or two parents"),
        (Answers(None, 2, 0, None, OLD), "One or two parents, over a year ago"),
        (
            Answers(True, 4, 0, NOVEMBER, AUTUMN),
            "4 parents, last in autumn 2026; the organiser, 3 Nov",
        ),
        (
            Answers(False, 4, 0, NOVEMBER, AUTUMN),
            "4 parents, last in autumn 2026; the organiser, 3 Nov, says no",
        ),
    ],
)
def test_a_fact_says_who_said_it_and_when_last(answers: Answers, words: str) -> None:
    assert who_says(answers, TODAY) == words


@given(st.none() | st.booleans(), counts, counts, days, days)
def test_a_parents_day_is_never_said_and_fewer_than_three_have_no_season(
    organiser: bool | None, yes: int, no: int, on: date | None, parents_on: date | None
) -> None:
    words = who_says(Answers(organiser, yes, no, on, parents_on), TODAY)
    of_parents, _, _ = words.partition("he organiser")

    assert not re.search(r"\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", of_parents)
    if yes + no < 3:
        assert not re.search(r"spring|summer|autumn|winter|[0-9] (of|parents)", of_parents)


def talking(*levels: int, claim: int | None = None) -> Talking:
    rated = rate(claim, [(level, 40.0) for level in levels], Format.SINGING, VenueKind.LIBRARY)
    return replace(rated, reported_on=AUTUMN if levels else None, weighed_most=Source.PARENTS)


def test_how_we_know_says_what_each_said_how_old_it_is_and_what_weighed_most() -> None:
    assert how_we_know(talking(1, 1, 1, 2, 2, 3, claim=1), NOVEMBER, TODAY) == (
        "Of 6 parents, 3 said no talking at all, 2 said a hello, 1 said some chat; the organiser"
        " says no talking at all; groups like this usually ask for a hello.",
        "The last of these parents went in autumn 2026; the organiser checked this page on 3 Nov.",
        "What parents told us weighed most.",
    )


def test_one_or_two_parents_have_neither_counts_nor_a_season_there() -> None:
    said, how_old, _ = how_we_know(talking(1, 1), None, TODAY)

    assert said.startswith("One or two parents: no talking at all; groups like this")
    assert how_old == "A parent’s last visit was less than a year ago."


def test_nobodys_word_is_only_what_groups_like_this_usually_ask() -> None:
    nobody = replace(talking(), weighed_most=Source.FORMAT)

    assert how_we_know(nobody, None, TODAY) == (
        "No parent has told us; groups like this usually ask for a hello.",
        "What groups like this usually ask weighed most.",
    )


def test_a_level_of_an_older_release_says_what_it_can() -> None:
    older = replace(talking(2, 2, 2), usual_level=None, weighed_most=None)

    assert how_we_know(older, None, TODAY) == (
        "Of 3 parents, 3 said a hello.",
        "The last of these parents went in autumn 2026.",
    )
    assert TalkingLevel.HELLO.asks == "a hello"
