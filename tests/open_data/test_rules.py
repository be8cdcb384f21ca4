"""Pages of open data, and the first date of a slot."""

from datetime import date

import pytest

from finder.domain.vocabulary import Weekday
from finder.open_data.rules import OpenPage, first_date, page_of


def test_a_page_holds_its_share_and_knows_how_many_there_are() -> None:
    pages = [page_of(range(5), number, 2) for number in (1, 2, 3, 4)]

    assert [page.items for page in pages] == [(0, 1), (2, 3), (4,), ()]
    assert {(page.total, page.pages) for page in pages} == {(5, 3)}
    assert OpenPage((), 0, 1, 50).pages == 0


@pytest.mark.parametrize(
    ("nth", "first"),
    [
        (None, date(2026, 11, 24)),
        (1, date(2026, 12, 1)),
        (4, date(2026, 11, 24)),
        (-1, date(2026, 11, 24)),
        (3, date(2026, 12, 15)),
    ],
)
def test_the_first_tuesday_from_a_tuesday_on(nth: int | None, first: date) -> None:
    assert first_date(Weekday.TUE, nth, date(2026, 11, 24)) == first
