"""Pages of a site with a real streaming replica: behind, caught up, changed, and gone."""

from datetime import UTC, datetime
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from finder.platform.web import request
from tests.faults.replicated import NAME, Pair
from tests.support.databases import Server, own_standby
from tests.support.sign_in_parts import browser_of

RESULTS = "/search.geojson?near=EH6+7BS&unknown=1"


def names(client: FlaskClient) -> set[str]:
    answer = client.get(RESULTS)
    assert answer.status_code == 200
    found = answer.get_json(force=True)["features"]
    return {one["properties"]["name"].removeprefix("Group ") for one in found}


def write(app: Flask, client: FlaskClient) -> None:
    """Ask for a link to sign in, which is a write of this browser."""
    app.config["WTF_CSRF_ENABLED"] = False
    answer = client.post("/sign-in", data={"email": f"{uuid4().hex}@example.org"})
    assert answer.status_code == 303


def test_readers_are_answered_by_the_replica_even_when_it_is_behind(pair: Pair, app: Flask) -> None:
    pair.fall_behind()
    added = pair.add("while-behind")
    reader = app.test_client()

    assert "while-behind" not in names(reader)
    assert reader.get(f"/groups/{added}").status_code == 404

    pair.catch_up()

    assert "while-behind" in names(reader)
    assert reader.get(f"/groups/{added}").status_code == 200


def test_somebody_who_has_just_written_reads_the_primary(pair: Pair, app: Flask) -> None:
    pair.fall_behind()
    added = pair.add("just-written")
    writer = app.test_client()
    assert writer.get(f"/groups/{added}").status_code == 404

    write(app, writer)

    assert writer.get(f"/groups/{added}").status_code == 200
    assert "just-written" in names(writer)
    assert app.test_client().get(f"/groups/{added}").status_code == 404
    writer.set_cookie(request.RECENT_WRITE, "9999999999.made-up")
    assert writer.get(f"/groups/{added}").status_code == 404
    pair.catch_up()


def test_somebody_signed_in_reads_the_primary(pair: Pair, app: Flask) -> None:
    pair.fall_behind()
    added = pair.add("for-an-organiser")
    with pair.primary.writing() as db:
        client = browser_of(app, db, "organiser@example.org", datetime.now(UTC))

    assert client.get(f"/groups/{added}").status_code == 200
    assert client.get("/account/").status_code == 200
    pair.catch_up()


def test_a_link_that_was_just_mailed_is_known_in_another_browser(pair: Pair, app: Flask) -> None:
    pair.fall_behind()
    added = pair.add("new-group")

    # Another's cookie is not here: the page itself is one of those read from the primary.
    assert app.test_client().get(f"/groups/{added}/review").status_code == 200
    pair.catch_up()


def test_a_replica_that_lacks_what_is_asked_is_answered_for(pair: Pair, app: Flask) -> None:
    with pair.primary.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE groups RENAME COLUMN door TO doorway")
    pair.catch_up()
    pair.fall_behind()
    with pair.primary.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE groups RENAME COLUMN doorway TO door")
    added = pair.add("after-a-migration")

    answer = app.test_client().get(f"/groups/{added}")

    pair.catch_up()
    assert answer.status_code == 200


def test_without_its_replica_the_site_goes_on_and_comes_back_to_it(
    pair: Pair, postgresql: Server
) -> None:
    with own_standby(postgresql) as second:
        pair.catch_up()
        pair.replica_url = second.url(NAME)
        app = pair.app()
        reader = app.test_client()
        assert "first" in names(reader)

    # The server is gone, and the connection that was just used is dead.
    added = pair.add("without-replica")

    assert reader.get(f"/groups/{added}").status_code == 200
    assert "without-replica" in names(reader)
    pair.replica_url = pair.standby.url(NAME)
    app.extensions["quiet_corner"].replica.close()
    app.extensions["quiet_corner"].database.close()
