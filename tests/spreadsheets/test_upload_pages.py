"""A file is sent, checked, shown and brought in; one that fails changes nothing."""

import csv
import io
from dataclasses import replace

import pytest

from finder.listings import drafts
from finder.reviews.saving import save
from finder.spreadsheets.rules import MOST_BYTES
from finder.spreadsheets.uploads import queries as uploads_queries
from tests.spreadsheets.messy_rows import BAD_MESS, GOOD, GOOD_MESS
from tests.spreadsheets.messy_rows import file_of as messy_file
from tests.support.organise_site import Desk
from tests.support.page_client import Page
from tests.support.review_parts import NOW
from tests.support.upload_parts import file_of, hers

pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")

ASK = "/organise/upload/"


def listed(desk: Desk) -> dict:
    desk.db.expire_all()
    found = {(d.organiser, d.ref): d for _, d in drafts.all_drafts(desk.db)}
    desk.db.rollback()
    return found


def send(desk: Desk, data: bytes) -> tuple[str, Page]:
    """Send a file. Gives the address of its page, and that page once the worker has looked."""
    page = desk.anna.press(ASK, file=data)
    (address,) = set(page.values("main p > a[href*='/organise/upload/']", "href")) - {ASK}
    desk.work()
    return address, desk.anna.get(address)


def test_a_file_is_shown_first_and_comes_in_by_a_button(desk: Desk) -> None:
    rows = hers("songs"), replace(hers("one"), name="One & only"), hers("two")
    waiting = desk.anna.press(ASK, file=file_of(*rows))
    assert waiting.one("h1") == "We are checking your file"
    assert waiting.answer.headers["Refresh"] == "2"
    address = waiting.values("p[role=status] + p a", "href")[0]

    desk.work()
    page = desk.anna.get(address)

    assert page.one("h1") == "What your file would do"
    assert "Refresh" not in page.answer.headers
    assert {"2 listings to add", "0 listings to change"} <= set(page.all("main li"))
    assert "One & only, one" in page.all("main li")
    assert len(listed(desk)) == 1

    assert desk.anna.press(address).one("h1") == "Your listings are coming in"
    desk.work()
    assert desk.anna.get(address).one("h1") == "Your listings are in"
    assert len(listed(desk)) == 3
    _, again = send(desk, file_of(*rows))
    assert "There is nothing to bring in." in again.words
    assert "3 listings left alone" in again.words


def test_every_messy_row_that_fails_is_named_by_line_and_column_and_nothing_comes_in(
    desk: Desk,
) -> None:
    before = listed(desk)
    rows = [GOOD | {"ref": "good", "organiser": "Hill Library"}]
    rows += [
        GOOD | {"organiser": "Hill Library", "ref": str(n)} | cells
        for n, (cells, *_) in enumerate(BAD_MESS)
    ]

    _, page = send(desk, messy_file(*rows).encode())

    assert page.one("h1") == f"Your file has {len(BAD_MESS)} errors"
    said = page.all("ol.rows li")
    for line, ((cells, column, why), words) in enumerate(zip(BAD_MESS, said, strict=True), 3):
        assert words.startswith(f"Line {line}, {column}")
        assert why in words
        assert (" ".join(cells.get(column, "").split())[:40]) in words
    assert listed(desk) == before


def test_messy_rows_that_can_be_read_come_in_and_a_second_time_change_nothing(desk: Desk) -> None:
    rows = [
        GOOD | {"organiser": "Hill Library", "ref": str(n), "venue_name": f"Hall {n}"} | cells
        for n, (cells, _) in enumerate(GOOD_MESS)
    ]
    data = messy_file(*rows, delimiter=";").encode("cp1252")

    address, page = send(desk, data)
    assert f"{len(rows)} listings to add" in page.words
    desk.anna.press(address)
    desk.work()
    before = listed(desk)

    assert len(before) == len(rows) + 1
    for n, (_, means) in enumerate(GOOD_MESS):
        assert means(before["Hill Library", str(n)])
    _, again = send(desk, data)
    assert f"{len(rows)} listings left alone" in again.words
    assert listed(desk) == before


def test_own_listings_kept_as_csv_upload_again_unchanged(desk: Desk) -> None:
    data = desk.anna.browser.client.get("/organise/listings.csv").data

    _, page = send(desk, data)

    assert "1 listing left alone" in page.words
    assert "There is nothing to bring in." in page.words


def test_the_template_opens_in_a_spreadsheet_and_is_understood(desk: Desk) -> None:
    answer = desk.anna.browser.client.get("/organise/upload/template.csv")

    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert {"ref", "name", "postcode", "sessions", "cost", "talking"} <= rows[0].keys()


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "Choose a file"), (b" \r\n", "Choose a file"), (b"x" * (MOST_BYTES + 1), "at most")],
    ids=["none", "blank", "large"],
)
def test_what_is_no_file_or_too_large_is_said_beside_the_box(
    desk: Desk, data: bytes, why: str
) -> None:
    page = desk.anna.press(ASK, 200, file=data)

    assert page.values(".problems a", "href") == ["#file"]
    assert why in page.one(".problems")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00", b"PK\x03\x04\x00", b"a,b\n1,2\n"])
def test_what_is_no_csv_of_listings_is_refused_in_words(desk: Desk, data: bytes) -> None:
    before = listed(desk)

    _, page = send(desk, data)

    assert "Nothing was changed." in page.words
    assert page.all("ol.rows li")[0].startswith("Line ")
    assert listed(desk) == before


def test_a_file_full_of_traps_comes_out_inert(desk: Desk) -> None:
    rows = replace(hers("x"), name="<script>alert(1)</script>"), replace(hers("y"), name="=1+1")

    address, page = send(desk, file_of(*rows))

    assert "<script>alert" not in page.answer.text
    desk.anna.press(address)
    desk.work()
    assert b",=1+1" not in desk.anna.browser.client.get("/organise/listings.csv").data


def test_what_another_editor_changed_meanwhile_is_shown_before_it_is_written_over(
    desk: Desk,
) -> None:
    address, _ = send(desk, file_of(replace(hers("songs"), name="From the file")))
    save(desk.db, replace(hers("songs"), name="By another"), at=NOW)
    desk.db.commit()

    desk.anna.press(address)
    desk.work()
    page = desk.anna.get(address)

    assert "Something changed since you looked: nothing has come in." in page.one(".saved")
    assert listed(desk)["Hill Library", "songs"].name == "By another"


def test_progress_is_shown_in_rows(desk: Desk) -> None:
    upload_id = uploads_queries.add(desk.db, desk.anna_id, b"x", NOW)
    uploads_queries.keep_progress(desk.db, upload_id, 1_500, 5_000)
    desk.db.commit()

    page = desk.anna.get(f"{ASK}{upload_id}")

    assert page.one("main [role=status]") == "1,500 of 5,000 rows are checked."
