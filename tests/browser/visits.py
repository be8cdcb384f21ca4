"""Visits to the served site by a real browser, in which anything foreign or broken is a failure."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Request, Route

from finder.settings import shipped
from tests.support.waiting import PATIENCE_S

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
PHONE, NARROW, WIDE = (390, 844), (320, 640), (1280, 860)
NEEDS = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium at /usr/bin/chromium"),
    pytest.mark.skipif(
        not (shipped("vendor") / "leaflet").exists(), reason="needs vendor/: run npm run build"
    ),
]
EXPECTED = ("404 (NOT FOUND)", "409 (CONFLICT)", "429 (TOO MANY REQUESTS)")
"""What Chromium calls an error, and is a page for people."""
TILE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">'
    b'<rect width="256" height="256" fill="#e9e6dc"/></svg>'
)


@dataclass
class Visit:
    """One browser tab on the site."""

    page: Page
    address: str

    def go(self, path: str) -> Page:
        """Open a page of the site, its scripts included."""
        self.page.goto(self.address + path)
        return self.page

    def follow(self, what: str | Locator) -> None:
        """Click a link or a button that leads to another page, and wait until that is there."""
        clicked = self.page.locator(what).first if isinstance(what, str) else what
        with self.leaving():
            clicked.click()

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Wait until the page is there to which a key or a click in the block leads.

        Neither waits by itself: what came next would find the old page, or an empty one.
        """
        with self.page.expect_navigation():
            yield

    def faults(self, *rules: str) -> list[str]:
        """What axe-core finds wrong with the page as it stands, in one line each.

        rules: only these; all of them if none is named.
        """
        self.page.wait_for_load_state()
        # The lists of all that is well are long, and most of the time is in bringing them here.
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if rules:
            options["runOnly"] = {"type": "rule", "values": list(rules)}
        found = Axe().run(self.page, options=options).response["violations"]
        return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]

    def sideways(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@contextmanager
def visiting(
    browser: Browser, address: str, size: tuple[int, int], **options: Any
) -> Iterator[Visit]:
    """A visit in a context of its own. Leaving it fails the test if anything went wrong."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    context.set_default_timeout(PATIENCE_S * 1000)
    context.route("**/tiles/**", _tile)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.on("request", lambda request: wrong.extend(_foreign(request, address)))
    try:
        yield Visit(page, address)
    finally:
        context.close()
    assert [line for line in wrong if not any(status in line for status in EXPECTED)] == []


def _foreign(request: Request, address: str) -> list[str]:
    parts = urlsplit(request.url)
    is_ours = parts.scheme in {"data", "blob"} or parts.netloc == urlsplit(address).netloc
    return [] if is_ours else [f"asked {request.url}"]


def _tile(route: Route) -> None:
    route.fulfill(body=TILE, content_type="image/svg+xml")
