"""My listings: what each needs, and the buttons that say so."""

import csv
import io
from datetime import timedelta

import pytest

from finder.domain.vocabulary import ListingState
from finder.organise.upkeep.rules import Wish
from finder.organise.wizard import service as wizard_service
from tests.support.organise_parts import editor, kept, listing
from tests.support.organise_site import Desk
from tests.support.review_parts import NOW, TODAY

LONG_AGO = NOW - timedelta(days=100)


def test_each_listing_says_how_it_stands_and_what_it_needs(desk: Desk) -> None:
    listing(desk.db, "old", now=LONG_AGO)
    listing(desk.db, "shut", state=ListingState.PAUSED)

    page = desk.anna.get("/organise/")

    assert page.all("h2") == ["Group old", "Group shut", "Group songs"]
    assert "Nobody has checked it yet. Is it still running?" in page.all(".needs li")
    assert "Paused: parents don’t find it." in page.all(".needs li")
    assert "Published · Next: " in " ".join(page.words.split())
    assert "Hill Library: 3 listings" in page.words


def test_somebody_with_no_listings_is_told_how_to_begin(desk: Desk) -> None:
    page = desk.carol.get("/organise/")

    assert "You don’t look after any listings yet." in page.words
    assert "/organise/upload/" in page.values("main a", "href")
    assert "/organise/listings.csv" not in page.values("main a", "href")


def test_one_press_says_that_a_listing_is_true(desk: Desk) -> None:
    page = desk.anna.press("/organise/check", listing=str(desk.songs))

    assert "Parents read that you checked it today." in page.one(".saved")
    assert kept(desk.db, desk.songs).checked_on == TODAY
    assert (
        "Checked by the organiser on Tuesday 24 November"
        in desk.nobody.get(f"/groups/{desk.songs}").words
    )


def test_one_press_says_so_of_all_that_nobody_has_checked(desk: Desk) -> None:
    old = [listing(desk.db, ref, now=LONG_AGO) for ref in ("a", "b")]
    page = desk.anna.get("/organise/")
    ids = page.values("[aria-labelledby=unchecked] input[name=listing]", "value")
    assert set(ids) == {str(one) for one in old}

    page = desk.anna.press("/organise/check", listing=ids)

    assert {kept(desk.db, one).checked_on for one in old} == {TODAY}
    assert kept(desk.db, desk.songs).checked_on is None
    assert "Are these still true?" not in page.words


def test_a_listing_is_paused_published_again_and_ended(desk: Desk) -> None:
    address, public = f"/organise/listings/{desk.songs}/state", f"/groups/{desk.songs}"

    for wish, state, status in [
        (Wish.PAUSE, ListingState.PAUSED, 404),
        (Wish.PUBLISH, ListingState.PUBLISHED, 200),
        (Wish.END, ListingState.ENDED, 404),
    ]:
        assert desk.anna.press(address, wish=wish.value).one(".saved")
        assert kept(desk.db, desk.songs).state is state
        desk.nobody.get(public, status)


@pytest.mark.parametrize("wish", ["publish", "hide", ""])
def test_what_can_t_be_done_changes_nothing_and_says_so(desk: Desk, wish: str) -> None:
    status = 409 if wish == "publish" else 200
    page = desk.anna.press(f"/organise/listings/{desk.songs}/state", status, wish=wish)

    assert page.one(".problems")
    assert page.one("title").startswith("Error: My listings")
    assert kept(desk.db, desk.songs).state is ListingState.PUBLISHED


def test_what_a_moderator_has_hidden_stays_hidden(desk: Desk) -> None:
    hidden = listing(desk.db, "hidden", state=ListingState.HIDDEN)
    page = desk.anna.get("/organise/")
    assert "A moderator has hidden it." in page.words

    for what, typed in (("state", {"wish": "publish"}), ("copy", {})):
        desk.anna.press(f"/organise/listings/{hidden}/{what}", 409, **typed)
    desk.anna.press("/organise/check", listing=str(hidden))

    assert kept(desk.db, hidden).state is ListingState.HIDDEN
    desk.nobody.get(f"/groups/{hidden}", 404)


def test_a_copy_is_paused_and_named_as_one(desk: Desk) -> None:
    (address,) = copies(desk)

    page = desk.anna.press(address)

    assert len(page.all(".own")) == 2
    assert "Hill Library: 2 listings" in page.words
    assert page.all(".own strong").count("Paused") == 1


@pytest.mark.parametrize(
    ("state", "is_offered"),
    [
        (ListingState.PAUSED, True),
        (ListingState.ENDED, True),
        (ListingState.WAITING, False),
        (ListingState.HIDDEN, False),
    ],
)
def test_a_copy_is_offered_of_what_is_its_organisers_to_publish(
    desk: Desk, state: ListingState, is_offered: bool
) -> None:
    other = listing(desk.db, "other", state=state)

    assert (f"/organise/listings/{other}/copy" in copies(desk)) is is_offered


def copies(desk: Desk) -> list[str]:
    """Where the buttons “Make a copy” send."""
    actions = desk.anna.get("/organise/").values("main form", "action")
    return [address for address in actions if address.endswith("/copy")]


def test_own_listings_come_as_csv_and_nobody_elses(desk: Desk) -> None:
    listing(desk.db, "theirs", organiser="Harbour Trust")

    answer = desk.anna.browser.client.get("/organise/listings.csv")

    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [(row["organiser"], row["ref"]) for row in rows] == [("Hill Library", "songs")]


def test_many_listings_come_in_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finder.organise.upkeep.service.LISTINGS_A_PAGE", 2)
    for ref in "abc":
        listing(desk.db, ref)

    first, last = desk.anna.get("/organise/"), desk.anna.get("/organise/?page=2")

    assert (first.all("h2"), last.all("h2")) == (
        ["Group a", "Group b"],
        ["Group c", "Group songs"],
    )
    assert desk.anna.get("/organise/?page=99").all("h2") == last.all("h2")
    assert desk.anna.get("/organise/?page=x").all("h2") == first.all("h2")


def test_a_post_without_its_token_does_nothing(desk: Desk) -> None:
    for address, typed in [
        ("/organise/check", {"listing": str(desk.songs)}),
        (f"/organise/listings/{desk.songs}/state", {"wish": "end"}),
        (f"/organise/listings/{desk.songs}/copy", {}),
    ]:
        assert desk.anna.press(address, 400, csrf_token="", **typed).one(".problems")

    assert kept(desk.db, desk.songs).state is ListingState.PUBLISHED
    assert kept(desk.db, desk.songs).checked_on is None


def test_an_editor_of_two_organisers_sees_whose_each_is(desk: Desk) -> None:
    editor(desk.db, organiser="Valley Centre")
    listing(desk.db, "valley", organiser="Valley Centre")

    page = desk.anna.get("/organise/")

    assert ["Hill Library" in words or "Valley Centre" in words for words in page.all(".own")] == [
        True,
        True,
    ]


def test_what_is_half_written_waits_at_the_top(desk: Desk) -> None:
    wizard_service.begin(desk.db, desk.anna_id, "what", {"name": ["Quiet Songs"]}, NOW)

    page = desk.anna.get("/organise/")

    assert "Go on with “Quiet Songs”" in page.all("[aria-labelledby=unfinished] a")
    assert "Go on where you stopped" not in desk.ben.get("/organise/").words
