"""Words are kept as they can be seen, and rules look at them as a person reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.readable import (
    as_read,
    clean,
    has_foreign_letters,
    is_seen,
    isolated,
    likeness,
    turns_direction,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Sarah ran it", "Sarah ran it"),
        ("Ѕаrаh ran it", "Sarah ran it"),  # Cyrillic
        ("Ｓａｒａｈ", "Sarah"),
        ("𝐒𝐚𝐫𝐚𝐡", "Sarah"),
        ("Sa\u200brah", "Sarah"),
        ("Sa\u00adrah", "Sarah"),
        ("０７７００ ９００１２３", "07700 900123"),
        ("٠٧٧٠٠ ٩٠٠١٢٣", "07700 900123"),
        ("example。com", "example.com"),
        ("example．com", "example.com"),
        ("Café, naïve, Łódź", "Café, naïve, Łódź"),
    ],
)
def test_rules_read_what_a_person_reads(typed: str, read: str) -> None:
    assert as_read(typed) == read


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u3164", "\u2800 \u2800", "\u0301", "\u202e"])
def test_what_nobody_can_see_is_not_seen(text: str) -> None:
    assert not is_seen(text)


@pytest.mark.parametrize(
    "text",
    [
        "Leith Library",
        "👩\u200d👧 and 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "❤\ufe0f",
        "می\u200cخواهم",
        "שירים לתינוקות",
        "two\nlines\tand a tab",
        "Café – “quiet”…",
    ],
)
def test_what_can_be_seen_is_kept_as_it_was_typed(text: str) -> None:
    assert clean(text) == text
    assert is_seen(text)


def test_turns_of_direction_are_taken_out_and_other_scripts_kept_apart() -> None:
    assert clean("abc\u202edef\u202c") == "abcdef"
    assert turns_direction("abc\u202edef")
    assert not turns_direction("שירים")
    assert isolated("שירים") == "\u2068שירים\u2069"
    assert isolated("Songs") == "Songs"
    assert isolated("Ca\u202efe") == "\u2068Cafe\u2069"


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("Leith Library", "Lеіth Lіbrаry", True),
        ("Leith Library", "LEITH  LlBRARY", True),
        ("Leith Library", "Leith L1brary", True),
        ("Warm Hall", "Wann Hall", False),
        ("Leith Library", "Leigh Library", False),
    ],
)
def test_names_that_look_alike_are_found(one: str, other: str, is_alike: bool) -> None:
    assert (likeness(one) == likeness(other)) is is_alike


def test_a_word_of_two_alphabets_is_told_from_a_name_in_another() -> None:
    assert has_foreign_letters("Lеith Library")
    assert not has_foreign_letters("Сонечко Library")
    assert not has_foreign_letters("Café Łódź")


@given(st.text())
def test_reading_twice_is_reading_once_and_what_is_kept_holds_nothing_hidden(text: str) -> None:
    kept = clean(text)

    assert clean(kept) == kept
    assert not turns_direction(kept)
    assert as_read(as_read(text)) == as_read(text)
    assert is_seen(text) == is_seen(kept)


@given(st.text(st.characters(max_codepoint=126, min_codepoint=32)))
def test_plain_english_is_never_changed(text: str) -> None:
    assert clean(text) == as_read(text) == isolated(text) == text
