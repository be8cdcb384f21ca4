"""The whole site, made once, and the client that checks every page of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import NUMBERS, TEMPLATE
from tests.support.organise_site import desk, organise_app
from tests.support.page_client import PageClient
from tests.support.site import Site

__all__ = ["desk", "organise_app"]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def site(
    request: pytest.FixtureRequest, gazetteer_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The site, on each engine in turn."""
    url = ""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        name = f"quiet_site_{next(NUMBERS)}"
        url = server.create(name, TEMPLATE)
    site = Site(tmp_path_factory.mktemp("site"), gazetteer_dir, url=url)
    yield site
    site.app.extensions["quiet_corner"].database.close()
    site.database.close()
    if url:
        server.drop(name)


@pytest.fixture
def pages(site: Site) -> PageClient:
    return PageClient(site.app, site.app.extensions["quiet_corner"].database)
