import numpy as np

from finder.places.doubts import doubts
from finder.places.gazetteer import Gazetteer
from finder.places.rules import Covers, Found

LEITH = (55_976_000, -3_166_000)


def found(*postcodes: tuple[str, int, int]) -> list[tuple[bytes, int, int]]:
    ordered = sorted(postcodes)
    keys = np.array([key for key, _, _ in ordered], dtype="S7")
    points = np.array([point for _, *point in ordered], dtype=np.int32)
    return list(doubts(keys, points))


def sector(name: str, count: int = 12, step: int = 4_000) -> list[tuple[str, int, int]]:
    """Codes of one sector in a row, half a kilometre from one to the next."""
    return [(f"{name}A{chr(65 + n)}", LEITH[0] + n * step, LEITH[1]) for n in range(count)]


def test_a_code_far_from_all_of_its_sector_is_put_to_its_middle() -> None:
    [(key, north, east)] = found(*sector("EH6 7"), ("EH6 7ZZ", LEITH[0] + 300_000, LEITH[1]))

    assert key == b"EH6 7ZZ"
    assert (north, east) == (LEITH[0] + 22_000, LEITH[1])


def test_a_code_with_a_neighbour_is_right() -> None:
    far = LEITH[0] + 300_000

    assert found(*sector("EH6 7"), ("EH6 7ZY", far, LEITH[1]), ("EH6 7ZZ", far + 9, LEITH[1])) == []


def test_a_large_users_code_that_shares_its_point_with_another_is_right() -> None:
    centre = (LEITH[0] + 300_000, LEITH[1])

    assert found(*sector("EH6 7"), ("EH6 7ZZ", *centre), ("EH1 1AA", *centre)) == []


def test_in_a_sector_of_post_boxes_a_far_one_is_right() -> None:
    boxes = [(key, *LEITH) for key, _, _ in sector("EH6 9")]

    assert found(*boxes, ("EH6 9ZZ", LEITH[0] + 300_000, LEITH[1])) == []


def test_in_a_wide_sector_of_islands_a_far_one_is_right() -> None:
    wide = sector("ZE2 9", step=60_000)

    assert found(*wide, ("ZE2 9ZZ", LEITH[0] + 900_000, LEITH[1])) == []


def test_a_doubtful_postcode_is_about_there_and_fair_isle_is_where_it_is(
    gazetteer: Gazetteer,
) -> None:
    doubtful, fair_isle, large_user = map(gazetteer.find, ("BT41 3UB", "ZE2 9JU", "CB1 2WP"))

    assert isinstance(doubtful, Found)
    assert abs(doubtful.place.latitude - 54.76) < 0.05
    assert doubtful.covers is Covers.POSTCODE
    assert doubtful.is_approximate
    assert "about there" in doubtful.note
    assert isinstance(fair_isle, Found)
    assert fair_isle.place.latitude < 59.6
    assert isinstance(large_user, Found)
    assert not fair_isle.is_approximate
    assert not large_user.is_approximate


def test_they_are_counted(gazetteer: Gazetteer) -> None:
    assert 40 <= gazetteer.doubtful() <= 80
