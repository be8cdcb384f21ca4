"""How often a page asks the database, whatever is on it: a page never asks once for each group."""

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import get_ident

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from finder.platform.web.page_cache import PageCache
from tests.conftest import site
from tests.support.clock import SetClock
from tests.support.databases import engines_of
from tests.support.site import Site

__all__ = ["site"]

RESULTS = "/search?near=EH6+7BS"
MINUTE = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)


@pytest.fixture
def client(site: Site) -> FlaskClient:
    return site.app.test_client()


@pytest.fixture
def minute(site: Site) -> Iterator[SetClock]:
    """The site's clock, standing still."""
    site.clock.set(MINUTE)
    yield site.clock
    site.clock.set(None)


@pytest.fixture
def said(site: Site) -> Iterator[list[str]]:
    """What was said to the database so far, beginnings of transactions left out."""
    site.app.extensions["page_cache"] = PageCache()  # count the making of a page, not its keeping
    statements: list[str] = []
    here = get_ident()  # those who send mail and write down what pages were seen ask as well

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        # PostgreSQL is asked whether anything changed, which reads no table.
        is_of_the_page = get_ident() == here and "pg_current_snapshot" not in statement
        if is_of_the_page and not statement.startswith("BEGIN"):
            statements.append(statement)

    database = site.app.extensions["quiet_corner"].database
    engines = engines_of(database)
    for engine in engines:
        sa.event.listen(engine, "before_cursor_execute", listen)
    yield statements
    for engine in engines:
        sa.event.remove(engine, "before_cursor_execute", listen)


@pytest.mark.parametrize(
    "wishes",
    [
        "",
        "&radius=10&page=2",
        "&page=99",
        "&sort=soonest",
        "&sort=quiet&talking=2",
        "&format=animals",
        "&talking=1&sure=1&can=sit_and_watch&not=sing&day=tue&after=10:00",
    ],
)
def test_a_results_page_asks_at_most_three_times(
    client: FlaskClient, said: list[str], wishes: str
) -> None:
    assert client.get(RESULTS + wishes).status_code == 200

    assert 1 <= len(said) <= 3


@pytest.mark.parametrize("ref", ["rhyme-time", "baby-circle", "bare"])
def test_a_groups_page_asks_at_most_five_times(
    site: Site, client: FlaskClient, said: list[str], ref: str
) -> None:
    """Three for the page, one to count its reviews, and one for quieter groups nearby."""
    address = site.groups[ref]
    said.clear()

    assert client.get(address).status_code == 200

    assert 1 <= len(said) <= 5


@pytest.mark.parametrize("wishes", ["", "&radius=25&unknown=1", "&sort=soonest", "&format=animals"])
def test_the_points_of_a_map_ask_once_and_of_groups_alone(
    client: FlaskClient, said: list[str], wishes: str
) -> None:
    assert client.get(f"/search.geojson?near=EH6+7BS{wishes}").status_code == 200

    [statement] = said
    assert not any(table in statement for table in ("venues", "sessions", "cancelled"))


@pytest.mark.parametrize("wishes", ["", "&radius=25&unknown=1", "&sort=quiet"])
def test_the_cards_of_a_page_are_read_without_their_sessions(
    client: FlaskClient, said: list[str], wishes: str
) -> None:
    assert client.get(RESULTS + wishes).status_code == 200

    assert not any("sessions" in statement for statement in said)


def test_more_groups_on_a_page_ask_no_more(
    site: Site, client: FlaskClient, said: list[str]
) -> None:
    # Somebody signed in shares nothing that was made for others.
    client.set_cookie(site.app.config["SIGNED_IN_COOKIE"], "nobody")
    client.get(f"{RESULTS}&radius=1")
    few = len(said)
    client.get(f"{RESULTS}&radius=10")

    assert few < len(said) <= 2 * few
