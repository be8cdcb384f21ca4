"""A card says the same on every list, but for how far it is from there."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.support.page_client import PageClient
from tests.support.site import Site

MINUTE = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
WISHES = ("", "&talking=2", "&talking=2&unknown=1", "&radius=25", "&sort=soonest", "&sort=quiet")


@pytest.fixture(autouse=True)
def within_one_minute(site: Site) -> Iterator[None]:
    """These tests never meet the end of a minute by chance."""
    site.clock.set(MINUTE)
    yield
    site.clock.set(None)


@pytest.mark.parametrize("wish", WISHES)
def test_a_page_of_cards_written_for_others_is_the_page_written_for_oneself(
    pages: PageClient, site: Site, wish: str
) -> None:
    address = f"/search?near=EH6+7BS{wish}"
    first = pages.client.get(address).text
    pages.client.get(f"/search?near=EH6+8NB{wish}")
    again = pages.client.get(f"{address}&who=somebody+else").text
    by_oneself = site.app.test_client()
    by_oneself.set_cookie(site.app.config["SIGNED_IN_COOKIE"], "nobody")
    alone = by_oneself.get(address).text

    assert again == first
    assert cards_in(alone) == cards_in(first) != []


def test_two_places_write_two_distances_on_one_card(pages: PageClient) -> None:
    here, there = (
        dict(map(name_and_place, cards_in(pages.client.get(f"/search?near={place}").text)))
        for place in ("EH6+7BS", "EH6+8NB")
    )
    both = here.keys() & there.keys()

    assert both
    assert any(here[name] != there[name] for name in both)


def cards_in(page: str) -> list[str]:
    return re.findall(r'<li class="card".*?</li>\n', page, re.DOTALL)


def name_and_place(card: str) -> tuple[str, str]:
    [name], [where] = re.findall(r"<h2>.*</h2>", card), re.findall(r'class="where">.*', card)
    return name, where
