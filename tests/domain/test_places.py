import pytest

from finder.domain.groups import Place
from finder.domain.places import Covers, Found, kilometres_between, name_key
from finder.domain.vocabulary import Nation


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
