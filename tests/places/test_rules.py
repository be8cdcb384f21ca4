import pytest

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.places.rules import Covers, Found, kilometres_between, name_key, point_typed


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("st. helens", "Saint Helens"),
        ("Boness", "Bo’ness"),
        ("STOKE ON TRENT", "Stoke-on-Trent"),
        ("Ynys Mon", "Ynys Môn"),
        ("Tyne & Wear", "Tyne and Wear"),
    ],
)
def test_a_name_is_compared_without_its_dress(typed: str, known: str) -> None:
    assert name_key(typed) == name_key(known)


def test_different_places_keep_different_names() -> None:
    assert name_key("Bath") != name_key("Batheaston")
    assert name_key("Saintfield") != name_key("Stfield")


def test_edinburgh_is_about_534_km_from_london() -> None:
    away = kilometres_between(Place(55.9533, -3.1883), Place(51.5074, -0.1278))

    assert away == pytest.approx(534, abs=2)


def test_all_but_a_full_postcode_is_said_to_be_approximate() -> None:
    found = {c: Found("x", Place(55, -3), c, Nation.SCOTLAND).is_approximate for c in Covers}

    assert [c for c, is_approximate in found.items() if not is_approximate] == [Covers.POSTCODE]


@pytest.mark.parametrize("typed", ["55.976,-3.1657", "55.976, -3.1657"])
def test_a_point_of_the_map_is_read(typed: str) -> None:
    assert point_typed(typed) == Place(55.976, -3.1657)


@pytest.mark.parametrize(
    "typed", ["EH6 7BS", "55,-3", "55.976", "nan,nan", "12.5,41.9", "55.976,-33.1", "Newport, 1.5"]
)
def test_what_is_no_point_near_here_is_none(typed: str) -> None:
    assert point_typed(typed) is None
