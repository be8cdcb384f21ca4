"""What the factory wires: our venues into the gazetteer, proxies only where they are named."""

from pathlib import Path

import pytest

from finder.app import create_app
from finder.settings import Settings
from tests.support.examples import group
from tests.support.page_client import PageClient
from tests.support.site import Site

LEITH = group("leith-songs")


@pytest.fixture(scope="module")
def site(gazetteer_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with one venue, in Leith."""
    return Site(tmp_path_factory.mktemp("leith"), gazetteer_dir, (LEITH,))


@pytest.fixture
def leith(site: Site) -> PageClient:
    return PageClient(site.app, None)


def test_leith_is_found_once_a_venue_is_there(leith: PageClient) -> None:
    page = leith.get("/search?near=Leith")

    assert page.one("h1") == "1 group within 3 miles of Leith"
    assert page.all(".card h2 a") == ["Group leith-songs"]


def test_a_place_that_nobody_knows_is_not_found_where_no_venue_is(
    gazetteer_dir: Path, tmp_path: Path
) -> None:
    elsewhere = PageClient(Site(tmp_path, gazetteer_dir, ()).app, None)

    assert elsewhere.get("/search?near=Quiethaven").one("h1") == "We can’t find that place"


def test_a_near_miss_of_a_venues_area_is_offered(leith: PageClient) -> None:
    assert "Leith" in leith.get("/search?near=Lieth").all(".places a")


@pytest.mark.parametrize("hops", [0, 1])
def test_a_list_to_share_has_the_sites_own_address_whatever_headers_say(
    site: Site, hops: int
) -> None:
    settings = Settings(data_dir=site.settings.data_dir, trusted_proxies=hops)
    pages = PageClient(create_app(settings), None)
    pages.client.environ_base |= {
        "HTTP_HOST": "elsewhere.example",
        "HTTP_X_FORWARDED_HOST": "elsewhere.example",
    }

    saved = pages.get("/shortlist?g=" + site.groups["leith-songs"][-36:])

    address = saved.values("[data-copy-from]", "value")[0]
    assert address.startswith(settings.base_url + "/shortlist?g=")
