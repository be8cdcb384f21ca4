"""Whatever is sent to whichever address, the site never breaks, and is never long about it."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finder.accounts import queries as accounts_queries
from finder.app import create_app
from finder.platform import tokens as platform_tokens
from finder.platform.db.database import Database
from finder.settings import Settings
from tests.faults.soak import rounds, tell
from tests.support.odd_requests import Asked, Odd, fields_of, furnish, routes, what_is_there

QUERIES = rounds(8, 5_000)
FORMS = rounds(10, 2_000)
LONGEST_CPU_S = 2.0
SEED = 20


@dataclass
class Site:
    """The app with people signed in to it."""

    app: Flask
    database: Database
    engine: str

    def visitors(self) -> list[FlaskClient]:
        """Nobody, a parent, and a moderator, both signed in anew."""
        clients, now = [self.app.test_client() for _ in range(3)], datetime.now(UTC)
        with self.database.writing() as db:
            for client, name in zip(clients[1:], ("odd2", "moderator"), strict=True):
                account, secret = (
                    accounts_queries.id_for(db, f"{name}@example.org", now),
                    token_urlsafe(),
                )
                accounts_queries.add_sign_in(
                    db, account, platform_tokens.hashed(secret), now.date(), now
                )
                client.set_cookie(self.app.config["SIGNED_IN_COOKIE"], secret)
            db.commit()
        return clients


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path, gazetteer_path: Path) -> Iterator[Site]:
    database: Database = request.getfixturevalue(f"{request.param}_database")
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    url = database.engine.url.render_as_string(hide_password=False)
    app = create_app(Settings(data_dir=tmp_path, database_url=url))
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
    furnish(app, database, datetime.now(UTC))
    yield Site(app, app.extensions["quiet_corner"].database, request.param)
    app.extensions["quiet_corner"].database.close()


def test_no_query_breaks_any_page(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    values = what_is_there(site.database)
    visitors = site.visitors()
    odd = Odd(SEED, values, fields_of(site.app, visitors, values))
    slowest, count = 0.0, 0

    for rule in routes(site.app, "GET"):
        for number in range(QUERIES):
            asked = Asked("GET", f"{odd.path(rule)}?{odd.query()}", {})
            slowest = max(slowest, ask(visitors[number % 3], asked, capsys))
            count += 1

    tell(f"{site.engine}: {count} odd queries, no 5xx, slowest {slowest:.2f} s of processor")


def test_no_form_breaks_any_page(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    values = what_is_there(site.database)
    odd = Odd(SEED, values, fields_of(site.app, site.visitors(), values))
    slowest, count = 0.0, 0

    for rule in routes(site.app, "POST"):
        for number in range(FORMS):
            if number % 12 == 0:  # some forms end a sign-in
                visitors = site.visitors()
                tokens = [token_of(visitor) for visitor in visitors]
            who = number % 3
            asked = Asked("POST", odd.path(rule), odd.form(tokens[who]))
            slowest = max(slowest, ask(visitors[who], asked, capsys))
            count += 1

    tell(f"{site.engine}: {count} odd forms, no 5xx, slowest {slowest:.2f} s of processor")


def token_of(client: FlaskClient) -> str:
    """A good token: the same secret of a browser is good for every form."""
    for path in ("/sign-out", "/sign-in"):
        found = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(path).text)
        if found:
            return str(found[0])
    raise AssertionError("no page has a form")


def ask(client: FlaskClient, asked: Asked, capsys: pytest.CaptureFixture[str]) -> float:
    """Ask, and hold the answer to what every answer is held to. Gives the processor's seconds."""
    began = time.process_time()
    elsewhere = {"REMOTE_ADDR": str(uuid4())}  # one network has a share only
    answer = client.open(
        asked.path, method=asked.method, environ_overrides=elsewhere, **asked.options
    )
    took = time.process_time() - began
    said = capsys.readouterr().err
    assert answer.status_code < 500, f"{asked}\n{said[-3000:]}"
    assert took < LONGEST_CPU_S, str(asked)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if "json" not in answer.mimetype:  # a browser that is told not to guess shows JSON as text
        assert "<script>alert(1)" not in answer.text
    assert re.match(r"/(?![/\\])", answer.headers.get("Location", "/")), str(asked)
    return took
