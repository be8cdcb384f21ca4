"""The whole site, made once, and the client that checks every page of it."""

from pathlib import Path

import pytest

from tests.page_client import PageClient
from tests.site import Site
from tests.web.organise_site import desk, organise_app

__all__ = ["desk", "organise_app"]


@pytest.fixture(scope="session")
def site(gazetteer_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("site"), gazetteer_dir)


@pytest.fixture
def pages(site: Site) -> PageClient:
    return PageClient(site.app, site.app.extensions["quiet_corner"].database.engine)
