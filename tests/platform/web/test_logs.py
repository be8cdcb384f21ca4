"""Logs say what happened and never who asked, or where they live."""

import json
from typing import Any

import pytest
from flask import Flask, abort

from finder.platform.web import logs


def make_app() -> Flask:
    app = Flask("site", static_folder=None)
    logs.configure()
    logs.start(app)

    @app.get("/sign-in/<token>")
    def sign_in(token: str) -> str:
        return f"{token[:0]}Hello"

    @app.get("/search")
    def search() -> str:
        abort(503)

    return app


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_each_request_is_one_line_with_its_route_status_and_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = make_app().test_client().get("/search?near=EH6+7BS")

    (line,) = lines(capsys)
    assert (line["route"], line["status"], line["method"]) == ("/search", 503, "GET")
    assert line["ms"] >= 0
    assert line["request_id"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize(
    "asked",
    [
        "/search?near=EH6+7BS&secret-thing=1",
        "/sign-in/secret-thing",
        "/secret-thing",
        "/secret-thing?near=EH6+7BS",
    ],
)
def test_nothing_that_a_person_typed_reaches_a_log(
    capsys: pytest.CaptureFixture[str], asked: str
) -> None:
    make_app().test_client().get(asked, headers={"Referer": "https://x/secret-thing"})

    said = capsys.readouterr().err
    assert "secret-thing" not in said
    assert "EH6" not in said


def test_a_failure_is_logged_with_its_place_and_without_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    app = make_app()
    with app.test_request_context("/search?near=EH6+7BS"):
        try:
            raise ValueError("cannot read parent@example.org near EH6 7BS")
        except ValueError as error:
            logs.log_failure(error)

    (line,) = lines(capsys)
    assert line["kind"] == "ValueError"
    assert "test_logs.py" in line["trail"][-1]
    assert "parent@example.org" not in str(line)
