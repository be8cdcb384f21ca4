"""While the database is away readers get a page as it was, and nothing that was private."""

from pathlib import Path

import pytest

from tests.support.sign_in_parts import browser_of
from tests.support.site import GROUPS, Site

HEADER = "X-Kept-Page"
SEARCH = "/search?near=EH6+7BS"


@pytest.fixture
def site(gazetteer_dir: Path, tmp_path: Path) -> Site:
    return Site(tmp_path, gazetteer_dir, GROUPS[:3])


def lose_the_database(site: Site) -> dict[Path, bytes]:
    """Its files are gone, as when a disk was. Gives what was in them."""
    site.app.extensions["quiet_corner"].database.close()
    site.database.close()
    files = list(site.settings.data_dir.glob("finder.db*"))
    held = {path: path.read_bytes() for path in files}
    for path in files:
        path.unlink()
    return held


def test_a_page_that_was_read_before_can_be_read_still_and_comes_back_by_itself(
    site: Site,
) -> None:
    client = site.app.test_client()
    group = site.groups["rhyme-time"]
    before = {path: client.get(path) for path in (SEARCH, group, "/search.geojson?near=EH6+7BS")}
    held = lose_the_database(site)

    for path, good in before.items():
        answer = client.get(path)
        assert (answer.status_code, answer.data) == (200, good.data)
        assert answer.headers[HEADER] == "1"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Content-Security-Policy" in answer.headers

    lose_the_database(site)
    for path, data in held.items():
        path.write_bytes(data)
    assert HEADER not in client.get(SEARCH).headers


def test_others_are_told_to_come_back(site: Site) -> None:
    lose_the_database(site)
    client = site.app.test_client()

    for answer in (
        client.get(SEARCH),
        client.get(site.groups["rhyme-time"]),
        client.get("/sign-in/no-such-token"),
    ):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        assert "We will be back soon" in answer.text
        assert answer.headers["X-Request-Id"] in answer.text


def test_nothing_is_kept_of_somebody_who_is_signed_in(site: Site) -> None:
    with site.database.writing() as db:
        browser = browser_of(site.app, db, "parent@example.org")
    assert browser.get(SEARCH).status_code == 200
    lose_the_database(site)

    assert site.app.test_client().get(SEARCH).status_code == 503
