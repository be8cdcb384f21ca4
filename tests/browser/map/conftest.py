"""The served map with a tile server of its own, and a page that tells of every fault."""

import base64
import socket
from collections.abc import Iterator

import pytest
from flask import Flask, Response, request
from playwright.sync_api import Browser, Page

from finder.settings import Settings
from tests.browser.map.looking import WIDE, show
from tests.browser.map_site import served, site
from tests.support.waiting import PATIENCE_S

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mPUaxz+HwAE5gJu5Iz8cAAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def referrers() -> list[str]:
    return []


@pytest.fixture(scope="module")
def tiles(referrers: list[str]) -> Iterator[str]:
    app = Flask("tiles", static_folder=None)

    @app.get("/<int:z>/<int:x>/<int:y>.png")
    def tile(z: int, x: int, y: int) -> Response:
        referrers.append(request.headers.get("Referer", ""))
        return Response(PIXEL, mimetype="image/png")

    with served(app) as address:
        yield address


@pytest.fixture(scope="module")
def address(tiles: str) -> Iterator[str]:
    with served(site(Settings(tiles_url=f"{tiles}/{{z}}/{{x}}/{{y}}.png"))) as found:
        yield found


@pytest.fixture(scope="module")
def address_without_tiles() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with served(
        site(Settings(tiles_url=f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}.png"))
    ) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_S * 1000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    # A tile server that is away is said by the browser itself; anything else is ours.
    assert [line for line in wrong if "ERR_CONNECTION_REFUSED" not in line] == []


@pytest.fixture
def shown(page: Page, address: str) -> Page:
    return show(page, address)
