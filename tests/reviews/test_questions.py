"""Which six questions a review asks: those that decide are asked until three parents answered."""

from collections.abc import Mapping
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.facts import Answers, Fact
from finder.domain.vocabulary import TalkingLevel
from finder.platform.db.database import Database, Db
from finder.reviews import service
from finder.reviews.questions import HAVE_TO, questions_for
from tests.support.review_parts import add_group, draft, publish

ANSWERS = st.dictionaries(
    st.sampled_from(Fact),
    st.builds(Answers, st.none() | st.booleans(), st.integers(0, 20), st.integers(0, 20)),
)


def asked_one_after_the_other(
    known: Mapping[Fact, Answers], reviews: int, level: TalkingLevel | None = None
) -> list[tuple[Fact, ...]]:
    """The questions of so many reviews, whose authors all answer no."""
    now, asked = dict(known), []
    for _ in range(reviews):
        asked.append(questions_for(now, level))
        for fact in asked[-1]:
            one = now.get(fact, Answers())
            now[fact] = one._replace(parents_no=one.parents_no + 1)
    return asked


def test_introductions_claimed_no_are_asked_of_the_first_parents() -> None:
    asked = asked_one_after_the_other({Fact.INTRODUCTIONS: Answers(False)}, 4)

    assert [facts[0] for facts in asked[:3]] == [Fact.INTRODUCTIONS] * 3
    assert Fact.INTRODUCTIONS not in asked[3]


def test_company_is_asked_of_everyone() -> None:
    everything_known = dict.fromkeys(Fact, Answers(True, 9, 0))

    assert questions_for({})[-1] is Fact.INCLUDED
    assert questions_for(everything_known)[-1] is Fact.INCLUDED


def test_what_decides_is_confirmed_by_the_fifth_review() -> None:
    claimed = dict.fromkeys(HAVE_TO, Answers(False))

    for known in ({}, claimed):
        asked = asked_one_after_the_other(known, 5)
        times = {fact: sum(fact in facts for facts in asked) for fact in HAVE_TO}
        assert min(times.values()) >= 3
        assert max(times.values()) <= 4


def test_parents_take_turns_with_what_is_still_unconfirmed() -> None:
    first, second, *_ = asked_one_after_the_other({}, 2)

    assert set(first[:5]) < set(HAVE_TO)
    assert set(HAVE_TO) <= {*first, *second}


def test_a_claim_is_asked_before_what_nobody_has_said() -> None:
    known = {Fact.CHAT_GROUP: Answers(False), Fact.BRING_FOOD: Answers(True)}

    assert questions_for(known)[:2] == (Fact.CHAT_GROUP, Fact.BRING_FOOD)


def test_what_the_level_makes_likely_is_asked_first() -> None:
    claimed_but_circle = {fact: Answers(True) for fact in HAVE_TO if fact is not Fact.INTRODUCTIONS}

    assert Fact.INTRODUCTIONS not in questions_for(claimed_but_circle, TalkingLevel.HELLO)
    assert Fact.INTRODUCTIONS in questions_for(claimed_but_circle, TalkingLevel.CHATTY)


def test_what_parents_disagree_on_is_still_asked() -> None:
    settled = dict.fromkeys(HAVE_TO, Answers(None, 0, 9)) | {Fact.CRAFT: Answers(None, 4, 4)}

    assert questions_for(settled)[0] is Fact.CRAFT


def test_then_comes_what_is_not_known_and_what_parents_disagree_on() -> None:
    answers = dict.fromkeys(Fact, Answers(organiser=True, parents_yes=9))
    answers[Fact.PARKING] = Answers(parents_yes=4, parents_no=4)
    answers[Fact.SNACK] = Answers()

    assert questions_for(answers)[:2] == (Fact.SNACK, Fact.PARKING)


@given(ANSWERS, st.none() | st.sampled_from(TalkingLevel))
def test_the_same_group_is_always_asked_the_same_six(
    answers: dict[Fact, Answers], level: TalkingLevel | None
) -> None:
    backwards = dict(reversed(list(answers.items())))

    assert questions_for(answers, level) == questions_for(backwards, level)
    assert len(set(questions_for(answers, level))) == 6


@pytest.mark.usefixtures("first_reviews_are_trusted")
def test_the_page_of_a_group_that_claims_no_circle_asks_the_first_parents(
    database: Database,
) -> None:
    with database.writing() as db:
        group = add_group(db, facts={Fact.INTRODUCTIONS: False})

        for _ in range(3):
            asked = _questions(db, group)
            assert asked[0] is Fact.INTRODUCTIONS
            publish(db, group, draft(facts=dict.fromkeys(asked, False)))

        assert Fact.INTRODUCTIONS not in _questions(db, group)


def _questions(db: Db, group: UUID) -> tuple[Fact, ...]:
    return service.group_to_review(db, group).questions
