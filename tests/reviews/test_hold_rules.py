"""Each rule that holds a review, alone: when it holds, and when it lets ordinary people pass."""

from dataclasses import replace

import pytest

from finder.reviews import hold_rules
from finder.reviews.hold_rules import Holdable, Rule, rules_that_hold

FINE = Holdable("Calm and warm, we sat by the window.", 2, "parent@example.org", published_before=1)


def holds(**changes: object) -> tuple[Rule, ...]:
    return rules_that_hold(replace(FINE, **changes))  # type: ignore[arg-type]


def test_an_ordinary_review_of_a_known_parent_is_published() -> None:
    assert holds() == ()


def test_the_first_review_of_an_address_waits() -> None:
    assert holds(published_before=0) == (Rule.FIRST,)


@pytest.mark.parametrize(
    "text",
    ["Ask for Sarah Miller, she leads", "Ring 01632 960 000", "write a@b.com", "see www.x.com"],
)
def test_what_names_or_reaches_somebody_waits(text: str) -> None:
    assert holds(text=text) == (Rule.NAMES,)


@pytest.mark.parametrize("text", ["What a zounder place", "A ZOUNDER, really", "bad old egg, that"])
def test_strong_words_of_the_list_wait_as_whole_words(text: str) -> None:
    assert holds(text=text, strong_words={"zounder", "bad old egg"}) == (Rule.STRONG,)


def test_parts_of_words_and_what_parents_say_of_babies_do_not_wait() -> None:
    assert holds(text="Poo everywhere, zounderful", strong_words={"zounder", "poo"}) == ()


def test_words_of_another_review_wait_even_with_one_word_changed() -> None:
    others = ("It was calm and warm and nobody made me talk at all.",)

    assert holds(text="It was calm and warm and nobody made me speak at all.", others_words=others)
    assert holds(text="We liked the songs, and the snack was good.", others_words=others) == ()
    assert holds(text="Lovely group", others_words=("Lovely group",)) == ()


def test_many_reviews_of_one_group_in_a_day_wait() -> None:
    assert holds(in_a_day=hold_rules.MOST_IN_A_DAY) == ()
    assert holds(in_a_day=hold_rules.MOST_IN_A_DAY + 1) == (Rule.BURST,)


def test_whoever_is_suspended_waits() -> None:
    assert holds(is_suspended=True) == (Rule.SUSPENDED,)


def test_a_level_far_from_all_others_waits_unless_words_say_why() -> None:
    assert holds(text="", level=5, other_levels=(1, 2, 2)) == (Rule.FAR,)
    assert holds(level=5, other_levels=(1, 2, 2)) == ()
    assert holds(text="", level=5, other_levels=(1, 2, 4)) == ()
    assert holds(text="", level=5, other_levels=(1, 2)) == ()


def test_an_address_to_throw_away_waits_also_under_another_name_of_it() -> None:
    assert holds(email="x@mailinator.com") == (Rule.DISPOSABLE,)
    assert holds(email="x@some.mailinator.com") == (Rule.DISPOSABLE,)
    assert holds(email="x@gmail.com") == ()


def test_all_rules_that_hold_are_told_in_the_order_of_their_table() -> None:
    found = holds(published_before=0, is_suspended=True, in_a_day=99)

    assert found == (Rule.FIRST, Rule.BURST, Rule.SUSPENDED)


def test_every_rule_but_the_one_of_changes_is_in_the_table() -> None:
    assert set(hold_rules.RULES) == set(Rule) - {Rule.CHANGED}
