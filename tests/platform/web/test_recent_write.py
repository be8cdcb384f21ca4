"""Whoever has just written finds it; whoever only reads gets no cookie."""

from datetime import UTC, datetime, timedelta

import pytest

from finder.app import create_app
from finder.platform.web import request
from finder.settings import Settings
from tests.conftest import site
from tests.support.site import Site

__all__ = ["site"]

READ = ["/", "/search?near=EH6+7BS", "/search.geojson?near=EH6+7BS", "/about/privacy"]


@pytest.mark.parametrize("address", READ)
def test_readers_get_no_cookie(site: Site, address: str) -> None:
    answer = site.app.test_client().get(address)

    assert answer.status_code == 200
    assert not answer.headers.getlist("Set-Cookie")


def test_a_post_that_changed_nothing_sets_no_cookie_of_having_written(site: Site) -> None:
    client = site.app.test_client()

    client.post("/sign-in", data={"email": "not an address"})

    assert client.get_cookie(request.RECENT_WRITE) is None


def made_at(site: Site, moment: datetime) -> str:
    with site.app.test_request_context():
        return request.signed_write(moment)


@pytest.mark.parametrize(("seconds", "counts"), [(0, True), (60, True), (61, False), (-5, False)])
def test_it_counts_for_a_minute(site: Site, seconds: int, counts: bool) -> None:
    then = datetime(2026, 11, 24, 12, tzinfo=UTC)
    cookie = f"{request.RECENT_WRITE}={made_at(site, then)}"

    with site.app.test_request_context("/", headers={"Cookie": cookie}):
        assert request.has_recently_written(then + timedelta(seconds=seconds)) is counts


@pytest.mark.parametrize("said", ["", "x", "1", "1.avzEwA", "1.avzEwA.", "1.avzEwA.é", "1.².x"])
def test_one_that_was_made_up_does_not_count(site: Site, said: str) -> None:
    headers = {"Cookie": f"{request.RECENT_WRITE}={said}"}

    with site.app.test_request_context("/", headers=headers):
        assert not request.has_recently_written(datetime.fromtimestamp(1795521601, UTC))


def test_over_https_no_other_host_can_set_it(site: Site) -> None:
    settings = site.settings.model_copy(
        update={"base_url": "https://groups.example.org", "secret_key": site.settings.secret_key}
    )

    app = create_app(settings)

    assert app.config["RECENT_WRITE_COOKIE"] == "__Host-just-wrote"
    assert isinstance(settings, Settings)


def test_a_new_page_for_somebody_who_has_just_written_is_kept_by_nobody(site: Site) -> None:
    client = site.app.test_client()
    client.get("/")
    with site.app.test_request_context():
        client.set_cookie(request.RECENT_WRITE, made_at(site, request.now()))

    answer = client.get("/")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "ETag" not in answer.headers
