"""The site's own files: kept for a year, compressed, and never somebody else's."""

from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from finder.platform.web import assets


@pytest.fixture
def vendor(tmp_path: Path) -> Path:
    (tmp_path / "leaflet").mkdir()
    (tmp_path / "leaflet" / "leaflet.js").write_text("// a library\n" * 50)
    (tmp_path / "leaflet" / "marker.png").write_bytes(b"\x89PNG")
    return tmp_path


@pytest.fixture
def app(vendor: Path) -> Flask:
    app = Flask("site", static_folder=None)
    assets.start(app, vendor, {"js/made.js": b"// made by code"})
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def url(app: Flask, path: str) -> str:
    return str(app.jinja_env.globals["asset"](path))  # type: ignore[operator]


def test_a_browser_may_keep_a_file_for_a_year(app: Flask, client: FlaskClient) -> None:
    answer = client.get(url(app, "vendor/leaflet/leaflet.js"))

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_changed_file_has_another_address(app: Flask, vendor: Path) -> None:
    (vendor / "leaflet" / "leaflet.js").write_text("// newer")
    newer = assets.Assets(vendor, {"js/made.js": b"// made by code"})

    assert newer.url("js/made.js") != url(app, "js/made.js")


def test_a_page_of_the_last_release_still_finds_its_files(client: FlaskClient) -> None:
    answer = client.get("/static/0123456789abcdef/js/made.js")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_text_is_compressed_as_the_browser_accepts_it(app: Flask, client: FlaskClient) -> None:
    address = url(app, "vendor/leaflet/leaflet.js")
    answer = client.get(address, headers={"Accept-Encoding": "gzip, br"})

    assert answer.headers["Content-Encoding"] == "br"
    assert brotli.decompress(answer.data) == client.get(address).data


def test_pictures_are_sent_as_they_are(app: Flask, client: FlaskClient) -> None:
    answer = client.get(
        url(app, "vendor/leaflet/marker.png"), headers={"Accept-Encoding": "gzip, br"}
    )

    assert answer.mimetype == "image/png"
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path", ["../settings.py", "nothing.js", "vendor/../../README.md"])
def test_only_the_sites_own_files_are_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/0123456789abcdef/{path}").status_code == 404


def test_a_template_that_names_no_file_fails_at_once(app: Flask) -> None:
    with pytest.raises(KeyError):
        url(app, "css/misspelt.css")


def test_the_style_sheets_are_one_file(app: Flask, client: FlaskClient) -> None:
    assert client.get(url(app, "site.css")).mimetype == "text/css"
