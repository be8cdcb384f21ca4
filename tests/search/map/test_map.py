"""The map's part in every page: a container, a credit, files, and nothing inline."""

import json

import pytest
from flask import Flask, render_template_string

from finder.platform.web import assets
from finder.search import map as web_map
from finder.settings import Settings
from tests.browser.map_site import site


def shown(settings: Settings) -> str:
    app: Flask = site(settings)
    with app.test_request_context("/search"):
        return render_template_string('{{ kept("macros/map.html", "results_map") }}')


@pytest.fixture(autouse=True)
def vendor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without npm the files of the map have no address: the page's words are looked at here."""
    monkeypatch.setattr(assets.Assets, "url", lambda self, path: f"/static/x/{path}")


def test_the_page_has_foliums_container_and_no_script_of_its_own() -> None:
    page = shown(Settings())

    assert '<div class="folium-map" id="map_groups" ></div>' in page
    assert page.count("<script") == 1
    assert '<script type="module" src="' in page
    assert "style=" not in page


def test_a_link_that_skips_the_map_comes_first() -> None:
    page = shown(Settings())

    assert page.index('href="#after-map"') < page.index("map_groups") < page.index('id="after-map"')


def test_openstreetmap_is_credited_with_a_link() -> None:
    assert '<a href="https://www.openstreetmap.org/copyright">© OpenStreetMap' in shown(Settings())


def test_another_tile_servers_credit_stands_as_it_was_set() -> None:
    page = shown(Settings(tiles_attribution="© Parish <maps>"))

    assert "© Parish &lt;maps&gt;" in page


def test_the_map_is_made_of_files_of_our_own() -> None:
    files = web_map.made_files(Settings())

    assert files["js/map_shell.js"].startswith(b"var map_groups = L.map(")
    assert json.loads(files["uk_outline.json"])["geometry"]["type"] == "MultiPolygon"


def test_the_outline_is_light_and_names_its_source() -> None:
    app = site(Settings())
    outline = app.extensions["assets"].files["uk_outline.json"]

    assert len(outline.brotlied) < 15_000
    assert json.loads(outline.plain)["properties"]["source"].startswith("OpenStreetMap")


def test_other_tiles_are_another_file_with_another_address() -> None:
    one = site(Settings()).extensions["assets"].version
    other = site(Settings(tiles_url="/tiles/{z}/{x}/{y}.png")).extensions["assets"].version

    assert one != other
