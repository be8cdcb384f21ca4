"""A request for another site's name is refused, wherever it comes from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from finder.app import create_app
from finder.platform.db import migrate
from finder.settings import Settings
from tests.support.page_client import Page, check

PATHS = ("/", "/search?near=EH6+7BS", "/metrics", "/healthz", "/readyz", "/sign-in", "/nowhere")
SITE = {"base_url": "https://quiet.example", "secret_key": "x" * 40}


@pytest.fixture(scope="module")
def client(gazetteer_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("hosts")
    (folder / "postcodes.db").symlink_to(gazetteer_dir / "postcodes.db")
    app = create_app(Settings(data_dir=folder, hosts="www.quiet.example, App", **SITE))
    database = app.extensions["quiet_corner"].database
    migrate.upgrade(database)
    yield app.test_client()
    database.close()


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "quiet.example.evil.example",
        "evil.example:443",
        "quiet.example@evil.example",
        "quiet.example, evil.example",
        "quiet.example:evil",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "8.8.8.8",
        "[2606:4700::1111]",
        "evil.example/",
        "a b",
        "_",
    ],
)
def test_a_wrong_host_is_refused_on_every_page_also_from_this_machine(
    client: FlaskClient, host: str
) -> None:
    for path in PATHS:
        answer = client.get(path, headers={"Host": host}, environ_base={"REMOTE_ADDR": "127.0.0.1"})

        assert (path, answer.status_code) == (path, 400)
        assert "Our address is https://quiet.example." in answer.text
        assert "finder_requests" not in answer.text
    assert client.post("/sign-in", headers={"Host": host}).status_code == 400


def test_its_page_says_what_to_do_and_names_no_other_host(client: FlaskClient) -> None:
    answer = client.get("/about/", headers={"Host": "evil.example"})

    check(Page(answer, 0))
    assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    "host",
    [
        "quiet.example",
        "QUIET.example:443",
        "quiet.example.",
        "www.quiet.example",
        "app:8000",
        "localhost:8000",
        "127.0.0.1:9000",
        "10.0.0.7:8000",
        "[::1]:8000",
    ],
)
def test_the_site_s_own_names_and_numbers_of_its_network_are_answered(
    client: FlaskClient, host: str
) -> None:
    for path in ("/", "/metrics", "/healthz"):
        assert client.get(path, headers={"Host": host}).status_code == 200


def test_a_check_that_names_no_host_is_answered(client: FlaskClient) -> None:
    environ = {"HTTP_HOST": "", "SERVER_NAME": "127.0.0.1"}

    assert client.get("/healthz", environ_overrides=environ).status_code == 200
