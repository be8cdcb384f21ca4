"""Each page carries what MDN's HTTP Observatory asks for its highest grade.

Its published rules (developer.mozilla.org/en-US/observatory/docs/tests_and_scoring), on every
page that the app answers; `make scan` runs its own scanner.
"""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from justhtml import JustHTML

from finder.app import create_app
from finder.settings import Settings
from tests.support.odd_requests import routes
from tests.support.site import Site

HALF_A_YEAR_S = 15_768_000
PUBLIC = {"base_url": "https://groups.example.org", "secret_key": "k" * 40}


@pytest.fixture(scope="module")
def public(site: Site) -> Flask:
    """The site as it is on HTTPS."""
    app = create_app(Settings(data_dir=site.settings.data_dir, **PUBLIC))
    app.testing = True
    return app


@pytest.fixture
def client(public: Flask) -> FlaskClient:
    return public.test_client()


def addresses(app: Flask, site: Site) -> list[str]:
    """One address of each page, also of those that come later."""
    group = site.groups["rhyme-time"].rpartition("/")[2]
    return [
        re.sub(r"<(uuid:)?[^>]+>", lambda place: group if place[1] else "privacy", rule.rule)
        for rule in routes(app, "GET")
    ]


def policy(header: str) -> dict[str, list[str]]:
    rules = (rule.split() for rule in header.split(";"))
    return {name: values for name, *values in rules}


def test_every_page_has_the_headers_of_the_highest_grade(
    public: Flask, client: FlaskClient, site: Site
) -> None:
    for address in addresses(public, site):
        headers = client.get(address).headers

        rules = policy(headers["Content-Security-Policy"])
        assert rules["default-src"] == ["'self'"], address
        assert not {"'unsafe-inline'", "'unsafe-eval'", "data:", "*", "http:", "https:"} & {
            *rules["script-src"],
            *rules["style-src"],
        }
        assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == ["'none'"]
        assert rules["form-action"] == ["'self'"]
        age = re.findall(r"max-age=(\d+)", headers["Strict-Transport-Security"])
        assert int(age[0]) >= HALF_A_YEAR_S
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] in {"no-referrer", "strict-origin-when-cross-origin"}
        is_open = address.startswith("/openreferral/")
        wanted = "cross-origin" if is_open else "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == wanted, address
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert ("Access-Control-Allow-Origin" in headers) is is_open, address


def test_every_cookie_is_of_this_host_only_and_out_of_reach_of_scripts_and_others(
    public: Flask, client: FlaskClient, site: Site
) -> None:
    said = [
        cookie
        for address in addresses(public, site)
        for cookie in client.get(address, base_url="https://groups.example.org").headers.getlist(
            "Set-Cookie"
        )
    ]

    assert said
    for cookie in said:
        name, _, rest = cookie.partition("=")
        assert name.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(rest.split("; "))
        assert "Domain" not in rest


def test_every_script_and_style_is_our_own(public: Flask, client: FlaskClient, site: Site) -> None:
    for address in addresses(public, site):
        answer = client.get(address)
        if answer.mimetype != "text/html":
            continue
        tree = JustHTML(answer.text, sanitize=False)
        loaded = [str(node.attrs["src"]) for node in tree.query("script[src]")]
        loaded += [str(node.attrs["href"]) for node in tree.query("link[rel=stylesheet]")]
        assert all(re.match(r"/(?!/)", source) for source in loaded), address
        assert not tree.query("style, script:not([src]):not([type='application/ld+json'])")
