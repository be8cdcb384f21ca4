"""The list of first names stays what it says."""

from finder.reviews.word_lists import FIRST_NAMES


def test_every_name_is_one_capitalised_word() -> None:
    assert all(name.isalpha() and name.istitle() for name in FIRST_NAMES)


def test_months_and_everyday_words_are_not_in_it() -> None:
    assert not FIRST_NAMES & {"May", "June", "April", "Grace", "Rose", "Will", "Mark", "Hope"}
