"""Nothing is changed by a form that is not ours, whichever address it is sent to."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from finder.accounts import queries as accounts_queries
from finder.platform import tokens
from finder.platform.db.rows import NAMES
from tests.support.odd_requests import Odd, furnish, routes, what_is_there
from tests.support.site import GROUPS, Site

Rows = dict[str, int]


@pytest.fixture(scope="module")
def furnished(
    database_url: str, gazetteer_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("forged"), gazetteer_dir, GROUPS[:2], database_url)
    furnish(site.app, site.database, datetime.now(UTC))
    yield site
    site.database.close()
    site.app.extensions["quiet_corner"].database.close()


def rows(site: Site) -> dict[str, list[str]]:
    """Every row of every table, but for the day on which somebody was seen last."""
    with site.database.engine.connect() as connection:
        return {
            table.name: sorted(
                map(
                    repr,
                    connection.execute(sa.select(*(c for c in table.c if c.name != "seen_on"))),
                )
            )
            for table in NAMES.sorted_tables
        }


def moderator(site: Site) -> FlaskClient:
    client, now = site.app.test_client(), datetime.now(UTC)
    with site.database.writing() as db:
        account = accounts_queries.id_for(db, "moderator@example.org", now)
        accounts_queries.add_sign_in(db, account, tokens.hashed("secret"), now.date(), now)
        db.commit()
    client.set_cookie(site.app.config["SIGNED_IN_COOKIE"], "secret")
    return client


def from_elsewhere() -> dict[str, str]:
    """Another network each time: one has a share only."""
    return {"REMOTE_ADDR": str(uuid4())}


@pytest.mark.parametrize("token", [None, "", "x", "IjEi.aaaa.bbbb"])
def test_no_address_changes_anything_for_a_form_without_our_token(
    furnished: Site, token: str | None
) -> None:
    client = moderator(furnished) if token is None else furnished.app.test_client()
    odd = Odd(3, what_is_there(furnished.database), ["do", "email", "level", "visit", "reason"])
    before = rows(furnished)

    for rule in routes(furnished.app, "POST"):
        for _ in range(4):
            path = odd.path(rule)
            sent = {"do": "withdraw", "level": "2", "visit": "2026-10", "email": "a@example.org"}
            said = sent | ({} if token is None else {"csrf_token": token})
            client.post(path, data=said, environ_overrides=from_elsewhere())

    assert rows(furnished) == before


def test_looking_at_pages_changes_nothing(furnished: Site) -> None:
    client = furnished.app.test_client()
    odd = Odd(4, what_is_there(furnished.database), ["do", "page", "next", "g"])
    before = rows(furnished)

    for rule in routes(furnished.app, "GET"):
        for _ in range(6):
            client.get(f"{odd.path(rule)}?{odd.query()}")

    assert rows(furnished) == before


@pytest.mark.parametrize("rule_name", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_no_address_knows_other_methods(furnished: Site, rule_name: str) -> None:
    client = furnished.app.test_client()

    for rule in furnished.app.url_map.iter_rules():
        path = re.sub(r"<[^>]+>", "x", rule.rule)
        assert client.open(
            path, method=rule_name, environ_overrides=from_elsewhere()
        ).status_code in {404, 405, 308}
