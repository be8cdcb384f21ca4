"""A rule finds what a person reads, whatever letters, digits and dots it is written with."""

import pytest

from finder.reviews.hold_rules import Holdable, Rule, rules_that_hold, what_to_leave_out


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("Ring ０７７００ ９００１２３", "phone numbers"),
        ("Ring ٠٧٧٠٠ ٩٠٠١٢٣", "phone numbers"),
        ("Ring 07700\u200b900123", "phone numbers"),
        ("See www。example。com", "links"),
        ("See example．ｃｏｍ", "links"),
        ("See exаmple.сom", "links"),
        ("Write to anna＠example。org", "email addresses"),
        ("Sa\u00adrah was kind", "names"),
        ("Ѕаrаh was kind", "names"),
        ("the leader Ｓａｒａｈ", "names"),
    ],
)
def test_a_disguise_is_read_through(words: str, about: str) -> None:
    kind = what_to_leave_out(words)

    assert kind is not None
    assert about in kind


@pytest.mark.parametrize(
    "words", ["Ｃａｌｍ and warm…", "Тихо и спокойно", "هادئ جدا", "We paid £½"]
)
def test_other_alphabets_and_signs_are_no_disguise(words: str) -> None:
    assert what_to_leave_out(words) is None


def test_a_copy_and_a_strong_word_are_found_in_other_letters() -> None:
    words = "Calm and warm, we sat by the window."
    disguised = words.replace("a", "а")

    def held(text: str, others: tuple[str, ...] = ()) -> tuple[Rule, ...]:
        strong = frozenset({"scum"})
        return rules_that_hold(
            Holdable(text, 2, "a@example.org", strong, published_before=1, others_words=others)
        )

    assert held(disguised, (words,)) == (Rule.COPIED,)
    assert held("They are ѕсum") == (Rule.STRONG,)
