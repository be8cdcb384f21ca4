"""Single cells: people's spelling in, the same meaning out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.groups import Step
from finder.domain.readable import clean, is_seen
from finder.domain.refused import Refused
from finder.domain.vocabulary import Booking, Expected, Format, Size, TalkingLevel, VenueKind
from finder.platform.csv_guard import guarded
from finder.spreadsheets.cells import (
    read_address,
    read_degrees,
    read_phone,
    read_steps,
    read_talking,
    read_word,
    read_words,
    read_yes_no,
    unguarded,
    write_steps,
)

FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@pytest.mark.parametrize(
    ("words", "typed", "word"),
    [
        (Booking, "drop_in", Booking.DROP_IN),
        (Booking, "Drop-in", Booking.DROP_IN),
        (Booking, "Just turn up", Booking.DROP_IN),
        (Booking, "Book online", Booking.BOOK_AHEAD),
        (VenueKind, "Church Hall", VenueKind.CHURCH_HALL),
        (VenueKind, "Children's Centre", VenueKind.COUNCIL),
        (VenueKind, "Café", VenueKind.CAFE),
        (Format, "Stay & Play", Format.STAY_AND_PLAY),
        (Format, "Rhyme Time", Format.SINGING),
        (Size, "Up to 8 families", Size.SMALL),
    ],
)
def test_a_word_may_be_spelt_as_in_the_file_on_the_page_or_as_people_say_it(words, typed, word):
    assert read_word(words, typed) is word


@pytest.mark.parametrize(
    ("words", "typed", "why"),
    [
        (Format, "singng", "Did you mean singing"),
        (Size, "about thirty", "Use small, medium, large"),
        (VenueKind, "???", "the list in the guide"),
    ],
)
def test_an_unknown_word_is_refused_with_what_would_do(words, typed, why):
    with pytest.raises(Refused, match=why):
        read_word(words, typed)


def test_several_words_stand_between_semicolons_or_commas():
    assert read_words(Format, "singing; Craft, messy play") == {
        Format.SINGING,
        Format.CRAFT,
        Format.MESSY_PLAY,
    }


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Yes", True),
        ("y", True),
        ("TRUE", True),
        ("No", False),
        ("n", False),
        ("?", None),
        ("Not known", None),
    ],
)
def test_yes_no_and_not_known(typed, answer):
    assert read_yes_no(typed) is answer


@pytest.mark.parametrize("typed", ["maybe", "n/a", "2", "sometimes"])
def test_an_answer_that_is_neither_yes_nor_no_is_refused(typed):
    with pytest.raises(Refused):
        read_yes_no(typed)


@pytest.mark.parametrize("typed", ["2", "A hello", "2 - A hello"])
def test_a_talking_level_is_a_number_or_its_label(typed):
    assert read_talking(typed) is TalkingLevel.HELLO


@pytest.mark.parametrize("typed", ["0", "6", "low", "2.5"])
def test_another_talking_level_is_refused(typed):
    with pytest.raises(Refused):
        read_talking(typed)


def test_degrees_are_decimal():
    assert read_degrees("-3.1657") == -3.1657
    with pytest.raises(Refused):
        read_degrees("55°58'N")


@pytest.mark.parametrize(
    ("typed", "why"),
    [("1632960000", "first 0"), ("4.41633E+11", "changed this number"), ("ask", "not a telephone")],
)
def test_a_number_that_a_spreadsheet_has_changed_is_refused(typed, why):
    with pytest.raises(Refused, match=why):
        read_phone(typed)


def test_a_web_address_without_its_beginning_is_taken_to_be_https():
    assert read_address("www.example.org/a") == "https://www.example.org/a"


def test_what_happens_is_minutes_words_and_what_is_asked():
    assert read_steps("0 arrive and sign the book; 5 mins: free play\n40 songs (Sing); 60 end") == (
        Step(0, "arrive and sign the book", Expected.NEITHER),
        Step(5, "free play", Expected.NEITHER),
        Step(40, "songs", Expected.SING),
        Step(60, "end", Expected.NEITHER),
    )


@pytest.mark.parametrize("typed", ["arrive", "10.15 play", "0", "5 play; songs", "700 end"])
def test_a_step_without_its_minutes_is_refused(typed):
    with pytest.raises(Refused):
        read_steps(typed)


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(";\\\n()-:' min"),
    min_size=1,
    max_size=40,
).map(lambda text: clean(text).strip())
STEPS = st.builds(Step, st.integers(0, 600), TEXTS.filter(is_seen), st.sampled_from(Expected))


@given(st.lists(STEPS, max_size=6).map(tuple))
def test_steps_as_a_file_writes_them_can_be_read_back(steps):
    assert read_steps(write_steps(steps)) == steps


@given(st.text(st.sampled_from("='+-@＝ a1.'\t"), max_size=8) | st.text(max_size=20))
def test_no_written_text_is_a_formula_and_none_is_changed(text):
    cell = guarded(text)

    assert unguarded(cell) == text
    assert not cell.lstrip().startswith(FORMULAS) or cell.lstrip("-").replace(".", "").isdecimal()
