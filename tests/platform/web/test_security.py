"""Every answer carries headers under which nothing foreign runs."""

from io import BytesIO

import pytest
from flask import Flask

from finder.platform.web import security
from finder.settings import Settings
from tests.support.site import Site

LONG_KEY = "k" * 40


def headers(settings: Settings) -> dict[str, str]:
    app = Flask("site", static_folder=None)
    security.finish_answers(app, settings)
    return dict(app.test_client().get("/nowhere").headers)


def policy(settings: Settings) -> dict[str, str]:
    rules = headers(settings)["Content-Security-Policy"].split("; ")
    return dict(rule.split(" ", 1) for rule in rules)


def test_only_our_own_scripts_and_styles_run() -> None:
    rules = policy(Settings())

    assert rules["script-src"] == rules["style-src"] == rules["default-src"] == "'self'"
    assert "unsafe" not in str(rules)


def test_map_tiles_are_the_only_foreign_thing() -> None:
    rules = policy(Settings(tiles_url="https://tiles.example.org/{z}/{x}/{y}.png"))

    foreign = {word for rule in rules.values() for word in rule.split() if "//" in word}
    assert foreign == {"https://tiles.example.org"}


def test_a_tile_server_with_several_names_is_allowed_under_each() -> None:
    rules = policy(Settings(tiles_url="https://{s}.tiles.example.org/{z}/{x}/{y}.png"))

    assert "https://*.tiles.example.org" in rules["img-src"]


def test_tiles_of_our_own_need_no_foreign_source() -> None:
    assert policy(Settings(tiles_url="/tiles/{z}/{x}/{y}.png"))["img-src"] == "'self' data:"


def test_nobody_may_frame_us_or_take_our_forms_elsewhere() -> None:
    rules = policy(Settings())

    assert rules["frame-ancestors"] == rules["base-uri"] == rules["object-src"] == "'none'"
    assert rules["form-action"] == "'self'"


def test_openstreetmap_sees_where_we_are_and_nothing_of_what_was_searched() -> None:
    assert headers(Settings())["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("path", ["/about//", "/about", "//evil.example/about", "/about//%5Cx"])
def test_no_address_leads_to_a_host_that_the_request_names(site: Site, path: str) -> None:
    answer = site.app.test_client().get(path, headers={"Host": "10.9.9.9"})

    assert not answer.headers.get("Location", "/").startswith(("//", "/\\", "http"))


def test_https_is_kept_once_seen() -> None:
    public = Settings(base_url="https://groups.example.org", secret_key=LONG_KEY)

    assert headers(public)["Strict-Transport-Security"].startswith("max-age=63072000")
    assert "Strict-Transport-Security" not in headers(Settings())


def test_a_file_from_somebody_who_is_not_signed_in_is_read_before_they_are_told(site: Site) -> None:
    """A server that hangs up while nginx still sends looks broken to it: 502."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    file = BytesIO(head.ljust(2_999_991, b"x") + b"\r\n--x--\r\n")

    answer = site.app.test_client().post(
        "/organise/upload/",
        input_stream=file,
        content_length=3_000_000,
        content_type="multipart/form-data; boundary=x",
    )

    assert (answer.status_code, file.tell()) == (303, 3_000_000)
