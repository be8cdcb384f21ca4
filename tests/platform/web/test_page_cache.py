"""A page that is the same for everybody is made once, and made anew as soon as it is not true."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from finder.listings import tables as listings_tables
from finder.platform.web import page_cache
from finder.platform.web.page_cache import CachedPage, PageCache
from tests.support.page_client import PageClient
from tests.support.sign_in_parts import browser_of
from tests.support.site import Site

RESULTS = "/search?near=EH6+7BS"
SAME = ["/", RESULTS, "/search.geojson?near=EH6+7BS", "/about/privacy"]
MINUTE = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def within_one_minute(site: Site) -> Iterator[None]:
    """These tests never meet the end of a minute by chance."""
    site.clock.set(MINUTE)
    yield
    site.clock.set(None)


@pytest.mark.parametrize("address", SAME)
def test_the_second_who_asks_gets_the_same_page_without_a_question_to_the_database(
    pages: PageClient, address: str
) -> None:
    first = pages.client.get(address)
    pages.statements = 0
    second = pages.client.get(address)

    assert second.data == first.data
    assert pages.statements == 0
    assert second.headers["X-Request-Id"] != first.headers["X-Request-Id"]
    own = {"X-Request-Id", "Date"}
    same = {k: v for k, v in first.headers if k not in own}
    assert {k: v for k, v in second.headers if k not in own} == same


@pytest.mark.parametrize("address", SAME)
def test_a_browser_that_has_the_page_is_told_so_without_a_question(
    pages: PageClient, address: str
) -> None:
    tag = pages.client.get(address).headers["ETag"]
    pages.statements = 0
    again = pages.client.get(address, headers={"If-None-Match": tag})

    assert (again.status_code, again.data, pages.statements) == (304, b"", 0)


def test_what_is_written_shows_at_once(pages: PageClient, site: Site) -> None:
    address = site.groups["bare"]
    was = pages.get(address).one("h1")
    assert pages.get(address).statements == 0
    rename(site, was, "A new name")

    assert pages.get(address).one("h1") == "A new name"
    rename(site, "A new name", was)


def rename(site: Site, was: str, becomes: str) -> None:
    with site.database.session() as db:
        named = col(listings_tables.GroupRow.name)
        db.execute(sa.update(listings_tables.GroupRow).where(named == was).values(name=becomes))
        db.commit()


def test_a_page_that_says_today_is_made_anew_each_minute(pages: PageClient, site: Site) -> None:
    pages.get(RESULTS)
    site.clock.move(timedelta(minutes=1))

    assert pages.get(RESULTS).statements > 0


def test_somebody_signed_in_gets_a_page_of_their_own(site: Site) -> None:
    stranger = site.app.test_client()
    stranger.get("/")
    with site.database.session() as db:
        browser = browser_of(site.app, db, "anna@example.org", MINUTE)
    mine = browser.get("/")

    assert b"Account" in mine.data
    assert "private" in mine.headers["Cache-Control"]
    assert b"Account" not in stranger.get("/").data


def test_a_shared_cache_keeps_apart_what_differs(pages: PageClient) -> None:
    answer = pages.client.get(RESULTS)

    assert answer.headers["Cache-Control"] == page_cache.FRESH
    assert {"Accept-Encoding", "Cookie"} <= set(answer.vary)


def test_a_page_with_a_form_that_posts_is_not_kept(pages: PageClient, site: Site) -> None:
    answer = pages.client.get(site.groups["bare"] + "/review")

    assert "public" not in answer.headers.get("Cache-Control", "")


def test_what_is_kept_stays_within_its_room_and_the_longest_unasked_goes_first() -> None:
    kept = PageCache(most_bytes=100)
    for name in (b"a", b"b"):
        kept.put(name, CachedPage("now", b"x" * 40, ()))
    kept.get(b"a")
    kept.put(b"c", CachedPage("now", b"x" * 40, ()))

    assert kept.get(b"b") is None
    assert kept.get(b"a")
    assert kept.get(b"c")


def test_one_answer_has_one_place() -> None:
    kept = PageCache(most_bytes=100)
    for body in (b"x" * 60, b"y" * 70):
        kept.put(b"a", CachedPage("now", body, ()))

    kept.put(b"b", CachedPage("now", b"z" * 30, ()))

    assert kept.get(b"b")
    assert kept.get(b"a") == CachedPage("now", b"y" * 70, ())
