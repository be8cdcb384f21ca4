from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from finder.domain.vocabulary import Nation
from finder.places.rules import Postcode, exactly, from_key, nation_of
from finder.places.typed import readings

LEITH = Postcode("EH6", "7", "BS")
LETTERS = st.sampled_from("ABDEFGHJLNPQRSTUWXYZ")
DIGITS = st.sampled_from("0123456789")


def outwards() -> st.SearchStrategy[str]:
    shapes = ("A9", "A99", "A9A", "AA9", "AA99", "AA9A")
    return st.one_of(
        st.tuples(*(LETTERS if place == "A" else DIGITS for place in shape)).map("".join)
        for shape in shapes
    )


POSTCODES = st.builds(Postcode, outwards(), DIGITS, st.tuples(LETTERS, LETTERS).map("".join))


@pytest.mark.parametrize(
    "typed",
    [
        "EH6 7BS",
        "eh67bs",
        " eh6  7bs. ",
        "E H 6 7 B S",
        "EH6-7BS",
        "EH6.7BS",
        '"EH6 7BS",',
        "ＥＨ６　７ＢＳ",
        "12 Shore, Leith EH6 7BS",
        "EH6 7BS, Edinburgh Leith",
        "12 Shore, Leith, Edinburgh EH6 7BS, UK",
        "Shore, EH6 7BS, Leith, Edinburgh, United Kingdom",
    ],
)
def test_a_postcode_is_read_however_it_is_typed(typed: str) -> None:
    assert readings(typed)[0] == LEITH


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("SWIA OAA", "SW1A 0AA"),
        ("sw1a oaa", "SW1A 0AA"),
        ("LI 8JQ", "L1 8JQ"),
        ("0X1 1AA", "OX1 1AA"),
        ("1P1 1AA", "IP1 1AA"),
        ("WIAIAA", "W1A 1AA"),
        ("EH6 7B5", "EH6 7BS"),
        ("DY4 OQX", "DY4 0QX"),
        ("5W1A 1AA", "SW1A 1AA"),
    ],
)
def test_o_and_zero_i_and_one_are_put_right(typed: str, meant: str) -> None:
    assert str(readings(typed)[0]) == meant


@pytest.mark.parametrize(
    ("typed", "likeliest"),
    [
        ("EH6", "EH6"),
        ("EH6 7", "EH6 7"),
        ("EH 6", "EH6"),
        ("E1 1", "E1 1"),
        ("E11", "E11"),
        ("W1A", "W1A"),
        ("EC1A 1", "EC1A 1"),
        ("EH6 7B", "EH6 7"),
        ("GIR", "GIR"),
        ("NPT", "NPT"),
        ("GIR 0AA", "GIR 0AA"),
    ],
)
def test_part_of_a_postcode_is_read_as_what_it_covers(typed: str, likeliest: str) -> None:
    assert str(readings(typed)[0]) == likeliest


def test_without_a_space_both_readings_are_offered() -> None:
    assert [str(p) for p in readings("EH67")] == ["EH67", "EH6 7"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        ".",
        "E",
        "EH",
        "Leith",
        "EH6 7BSX",
        "12345",
        "Des",
        "Crosby, L23",
        "EH6 7CI",
        "ДН6 7БС",
        "🙂",
    ],
)
def test_what_cannot_be_a_postcode_is_not_read_as_one(typed: str) -> None:
    assert readings(typed) == ()


@given(POSTCODES, st.sampled_from([" ", ""]), st.sampled_from([str.upper, str.lower]))
def test_one_that_is_typed_as_it_is_written_is_what_would_be_read_first(
    postcode: Postcode, between: str, cased: Callable[[str], str]
) -> None:
    typed = cased(str(postcode).replace(" ", between))

    assert exactly(typed) == readings(typed)[0] == postcode


@given(st.from_regex(r"[A-Za-z0-9İıſ]{1,5} ?[A-Za-z0-9]{1,4}", fullmatch=True))
def test_whatever_is_taken_as_written_is_what_would_be_read_first(typed: str) -> None:
    assert exactly(typed) in {None, *readings(typed)[:1]}


@given(POSTCODES)
def test_every_postcode_survives_printing_squeezing_and_its_key(postcode: Postcode) -> None:
    assert readings(str(postcode))[0] == postcode
    assert readings(str(postcode).replace(" ", "").lower())[0] == postcode
    assert from_key(postcode.key) == postcode
    assert len(postcode.key) == 7


@given(POSTCODES, POSTCODES)
@example(Postcode("E1", "1", "AA"), Postcode("E11", "1", "AA"))
def test_keys_of_an_outward_code_hold_only_its_own(one: Postcode, other: Postcode) -> None:
    is_within = other.key.startswith(Postcode(one.outward).key)

    assert is_within == (one.outward == other.outward)


@given(st.text(max_size=200))
def test_nothing_typed_ever_raises(typed: str) -> None:
    for postcode in readings(typed):
        assert postcode.outward


@pytest.mark.parametrize(
    ("postcode", "council", "nation"),
    [
        ("EH6 7BS", "", Nation.SCOTLAND),
        ("BT1 5GS", "", Nation.NORTHERN_IRELAND),
        ("CF10 1AA", "", Nation.WALES),
        ("W1A 1AA", "", Nation.ENGLAND),
        ("G1 1AA", "", Nation.SCOTLAND),
        ("GL1 1AA", "", Nation.ENGLAND),
        ("TD15 1AA", "E06000057", Nation.ENGLAND),
        ("CH5 1AA", "W06000005", Nation.WALES),
        ("SY10 0AA", "W06000023", Nation.WALES),
    ],
)
def test_the_council_decides_the_nation_and_the_area_stands_in(
    postcode: str, council: str, nation: Nation
) -> None:
    assert nation_of(readings(postcode)[0], council) is nation
