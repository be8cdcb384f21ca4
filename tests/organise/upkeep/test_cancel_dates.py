"""Dates are cancelled with a note, shown struck through to parents, and put back."""

import pytest

from tests.support.organise_parts import kept
from tests.support.organise_site import Desk


def address(desk: Desk) -> str:
    return f"/organise/listings/{desk.songs}/dates"


def test_one_date_is_cancelled_and_parents_see_it_struck_through(desk: Desk) -> None:
    page = desk.anna.press(address(desk), first="1 Dec 2026", last="", note="The hall is  let")

    assert "1 date is cancelled. Parents see it struck through." in page.one(".saved")
    assert page.all("s") == ["Tuesday 1 December, 10:00 to 11:00"]
    public = desk.nobody.get(f"/groups/{desk.songs}")
    assert "1 Dec" in " ".join(public.all("s"))
    assert "The hall is let" in public.words


def test_a_range_is_cancelled_at_once(desk: Desk) -> None:
    page = desk.anna.press(address(desk), first="2026-12-15", last="2027-01-05", note="Christmas")

    assert "4 dates are cancelled" in page.one(".saved")
    assert len(page.all("s")) == 4
    assert page.all(".off") == ["Cancelled: Christmas"] * 4


def test_a_date_is_put_back(desk: Desk) -> None:
    page = desk.anna.press(address(desk), first="2026-12-01", last="", note="")
    on, starts = (page.values(f"input[name={name}]", "value")[0] for name in ("on", "starts"))

    page = desk.anna.press(f"{address(desk)}/put-back", on=on, starts=starts)

    assert "That date is on after all." in page.one(".saved")
    assert page.all("s") == []
    assert desk.nobody.get(f"/groups/{desk.songs}").all("s") == []


@pytest.mark.parametrize(
    ("first", "last", "note", "field"),
    [
        ("", "", "", "first"),
        ("soon", "", "", "first"),
        ("2026-11-23", "", "", "first"),
        ("2026-12-02", "2026-12-01", "", "last"),
        ("2026-12-02", "2029-12-01", "", "last"),
        ("2026-12-02", "2026-12-02", "", "first"),
        ("2026-12-01", "", "x" * 201, "note"),
    ],
)
def test_days_that_make_no_sense_are_said_beside_their_box(
    desk: Desk, first: str, last: str, note: str, field: str
) -> None:
    page = desk.anna.press(address(desk), 200, first=first, last=last, note=note)

    assert f"#{field}" in page.values(".problems a", "href")
    assert page.values(f"#{field}", "aria-invalid") == ["true"]
    assert page.values("#first", "value") == [first]
    assert page.all("s") == []
    assert kept(desk.db, desk.songs).version == 1


@pytest.mark.parametrize(("on", "starts"), [("x", "10:00"), ("2026-12-01", "")])
def test_what_is_no_date_puts_nothing_back(desk: Desk, on: str, starts: str) -> None:
    desk.anna.press(address(desk), first="2026-12-01", last="", note="")

    page = desk.anna.press(f"{address(desk)}/put-back", 200, on=on, starts=starts)

    assert len(page.all("s")) == 1
