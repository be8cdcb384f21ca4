"""The whole site, served on a free port, and a Chromium that looks at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.map_site import served
from tests.browser.visits import CHROMIUM, FLAGS
from tests.support.site import Site
from tests.support.waiting import PATIENCE_S

expect.set_options(timeout=PATIENCE_S * 1000)


@pytest.fixture(scope="package")
def site(gazetteer_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("served"), gazetteer_dir)


@pytest.fixture(scope="package")
def site_address(site: Site) -> Iterator[str]:
    with served(site.app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield chromium
        chromium.close()
