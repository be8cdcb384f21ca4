"""The lists of first names and of strong language hold what they should, and pass the rest."""

import pytest

from finder.reviews.group_reviews import strong_words
from finder.reviews.hold_rules import strong_words_in
from finder.reviews.word_lists import FIRST_NAMES, ORDINARY

NEEDS = pytest.mark.skipif(len(strong_words()) < 100, reason="needs vendor/: run npm run build")


@NEEDS
@pytest.mark.parametrize("text", ["what a shit place", "Fucking awful", "she is a bitch"])
def test_strong_language_is_found(text: str) -> None:
    assert list(strong_words_in(text, strong_words()))


@NEEDS
@pytest.mark.parametrize(
    "text",
    [
        "Nappy change and potty in the corner, breast and bottle both fine.",
        "Poo everywhere and nobody minded. I felt stupid at first.",
        "Songs about God, a gay couple with twins, a dad in a turban: all welcome.",
        "The bus from Scunthorpe, then Penistone Road. Cockermouth library is next.",
        "Puss in Boots, the sooty cat, Jack and Jill, and a kumquat for snack.",
    ],
)
def test_what_parents_write_of_babies_people_and_places_passes(text: str) -> None:
    assert list(strong_words_in(text, strong_words())) == []


@NEEDS
def test_what_passes_would_have_been_held() -> None:
    assert strong_words() >= ORDINARY


def test_every_name_is_one_capitalised_word() -> None:
    assert all(name.isalpha() and name.istitle() for name in FIRST_NAMES)


def test_months_and_everyday_words_are_not_in_it() -> None:
    assert not FIRST_NAMES & {"May", "June", "April", "Grace", "Rose", "Will", "Mark", "Hope"}
