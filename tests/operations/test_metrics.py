"""Whoever watches sees counts and no visitor, and nobody else sees anything."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from finder.app import create_app
from finder.operations import metrics
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.platform.mail import queries as mail_queries
from finder.settings import Settings
from tests.support.review_parts import NOW
from tests.support.served import machine_of, serving


@pytest.fixture
def client(tmp_path: Path, gazetteer_path: Path) -> FlaskClient:
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    return client_of(Settings(data_dir=tmp_path))


def client_of(settings: Settings) -> FlaskClient:
    database = Database(settings.database)
    migrate.upgrade(database)
    database.close()
    app = create_app(settings)
    app.testing = True
    return app.test_client()


def number(client: FlaskClient, line: str) -> float:
    text = client.get("/metrics").text
    (found,) = re.findall(rf"^{re.escape(line)} (\S+)$", text, re.MULTILINE)
    return float(found)


def test_requests_are_counted_by_route_method_and_status(client: FlaskClient) -> None:
    for path in ("/search", "/search?near=EH6+7BS", "/nowhere/EH6"):
        client.get(path)
    client.open("/search", method="TEAPOT")

    assert number(client, 'finder_requests_total{method="GET",route="/search",status="200"}') == 2
    assert number(client, 'finder_requests_total{method="GET",route="none",status="404"}') == 1
    assert number(client, 'finder_request_seconds_count{route="/search"}') >= 2
    text = client.get("/metrics").text
    assert 'method="other"' in text
    assert "EH6" not in text
    assert "TEAPOT" not in text


def test_waiting_mail_and_the_age_of_the_index_are_numbers(client: FlaskClient) -> None:
    wired = client.application.extensions["quiet_corner"]
    with wired.database.writing() as db:
        mail_queries.queue(db, "one", "parent@example.org", "s", "b", NOW)
        db.commit()

    assert number(client, "finder_mails_waiting") == 1
    assert number(client, "finder_oldest_mail_seconds") > 0
    assert number(client, "finder_reviews_held") == 0
    assert number(client, "finder_index_age_seconds") > 0
    assert number(client, "finder_database_up") == 1


def test_a_database_that_is_away_is_a_number_too(client: FlaskClient, tmp_path: Path) -> None:
    client.application.extensions["quiet_corner"].database.close()
    for path in tmp_path.glob("finder.db*"):
        path.unlink()

    assert number(client, "finder_database_up") == 0
    assert "finder_mails_waiting" not in client.get("/metrics").text


@pytest.mark.parametrize(
    ("hops", "address", "headers", "status"),
    [
        (0, "127.0.0.1", {}, 200),
        (0, "::1", {}, 200),
        (0, "192.0.2.7", {}, 404),
        (0, "192.0.2.7", {"X-Forwarded-For": "127.0.0.1"}, 404),
        # A proxy on this machine that nobody told us of.
        (0, "127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        (0, "127.0.0.1", {"Forwarded": "for=127.0.0.1"}, 404),
        (1, "10.0.0.1", {"X-Forwarded-For": "127.0.0.1, 192.0.2.7"}, 404),
        (1, "127.0.0.1", {}, 200),
    ],
)
def test_only_this_machine_sees_them(
    tmp_path: Path, hops: int, address: str, headers: dict[str, str], status: int
) -> None:
    client = client_of(Settings(data_dir=tmp_path, trusted_proxies=hops))

    answer = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})

    assert answer.status_code == status


def test_an_operator_may_show_them_to_others(tmp_path: Path) -> None:
    client = client_of(Settings(data_dir=tmp_path, metrics_public=True))

    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200


def test_whoever_answers_tells_of_all_workers(
    tmp_path: Path, gazetteer_path: Path, migrated_file: Path
) -> None:
    machine = machine_of(tmp_path, gazetteer_path, migrated_file)
    with serving(machine, workers=3) as site:
        before = _healths(site.ask("/metrics").body)
        for _ in range(30):
            assert site.ask("/healthz").status == 200
        told = {_healths(site.ask("/metrics").body) - before for _ in range(6)}

    assert told == {30}


def _healths(text: str) -> float:
    line = r'finder_requests_total\{method="GET",route="/healthz",status="200"\} (\S+)'
    return float(re.findall(line, text)[0])


def test_the_folder_of_a_server_that_is_gone_is_swept_and_that_of_a_running_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(metrics.FOLDER, "")
    monkeypatch.setattr(metrics.values, "ValueClass", metrics.values.ValueClass)
    for name in ("1", "99999999"):
        (tmp_path / ".metrics" / name).mkdir(parents=True)

    metrics.share_counts(tmp_path)

    names = {path.name for path in (tmp_path / ".metrics").iterdir()}
    assert "1" in names
    assert "99999999" not in names
    assert len(names) == 2
