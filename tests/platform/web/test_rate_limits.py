"""One network may ask so often and no more, whatever it says of itself."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from finder.app import RATE_LIMITS, create_app
from finder.platform import limits
from finder.settings import Settings
from tests.support.odd_requests import routes
from tests.support.site import GROUPS, Site


@pytest.fixture
def site(gazetteer_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    small = {key: (errand, "3/hour") for key, (errand, _) in RATE_LIMITS.items()}
    monkeypatch.setattr("finder.app.RATE_LIMITS", small)
    monkeypatch.setattr(limits, "ANY_FORM", ("form", "5/hour"))
    return Site(tmp_path, gazetteer_dir, GROUPS[:1])


def behind(site: Site, hops: int) -> FlaskClient:
    settings = Settings(data_dir=site.settings.data_dir, trusted_proxies=hops)
    app = create_app(settings)
    app.testing = True
    return app.test_client()


def test_a_network_that_searches_very_often_is_asked_to_wait_and_others_are_not(
    site: Site,
) -> None:
    client = behind(site, 0)
    asked = [client.get("/search?near=EH6", environ_base={"REMOTE_ADDR": "192.0.2.1"})
             for _ in range(4)]  # fmt: skip

    assert [answer.status_code for answer in asked] == [200, 200, 200, 429]
    assert asked[3].headers["Retry-After"] == "600"
    assert "Please wait a little" in asked[3].text
    assert client.get("/about/", environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 200
    other = client.get("/search?near=EH6", environ_base={"REMOTE_ADDR": "192.0.2.2"})
    assert other.status_code == 200


def test_every_address_that_takes_a_form_has_a_share(site: Site) -> None:
    for number, rule in enumerate(routes(site.app, "POST")):
        client, own = site.app.test_client(), {"REMOTE_ADDR": f"192.0.2.{number}"}
        path = rule.rule.replace("<uuid:public_id>", str(site.groups["rhyme-time"])[-36:])

        statuses = [client.post(path, environ_base=own).status_code for _ in range(6)]

        assert statuses[-1] == 429, path


@pytest.mark.parametrize(("hops", "lies_help"), [(0, False), (1, False)])
def test_a_forged_address_does_not_help(site: Site, hops: int, lies_help: bool) -> None:
    client = behind(site, hops)
    told = ["10.0.0.{}", "10.0.0.{}, 192.0.2.9"][hops]

    statuses = [
        client.get(
            "/search?near=EH6",
            headers={"X-Forwarded-For": told.format(number), "Forwarded": f"for=10.0.0.{number}"},
            environ_base={"REMOTE_ADDR": "192.0.2.9"},
        ).status_code
        for number in range(4)
    ]

    assert (429 not in statuses) is lies_help


def test_people_behind_one_proxy_have_each_their_own_share(site: Site) -> None:
    client = behind(site, 1)

    statuses = {
        client.get("/search?near=EH6", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code
        for n in range(9)
    }

    assert statuses == {200}


@pytest.mark.parametrize(("size", "status"), [(1_000_001, 413), (900_000, 400)])
def test_a_form_has_a_size(site: Site, size: int, status: int) -> None:
    answer = site.app.test_client().post("/sign-in", data={"email": "a" * size})

    assert answer.status_code == status
    assert ("too large" in answer.text) is (status == 413)
