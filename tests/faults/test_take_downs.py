"""What is taken down is gone for every reader at once, however far a replica is behind."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from finder.accounts import queries as accounts_queries
from finder.accounts.rules import Account
from finder.app import create_app
from finder.domain.vocabulary import ListingState
from finder.moderation import effects
from finder.my_account import service as my_account_service
from finder.organise.upkeep import queries as upkeep_queries
from finder.platform.db.database import Database, Db
from finder.platform.db.replica import Replica
from finder.reviews import queries as reviews_queries
from finder.reviews import service as reviews_service
from finder.reviews.rules import ReviewState
from finder.settings import Settings
from tests.faults.replicated import Pair
from tests.support.review_parts import publish

NOW = datetime.now(UTC)
NOBODY_THERE = "postgresql+psycopg://postgres@127.0.0.1:1/none"
EMAIL = "parent@example.org"


def withdraw(db: Db, _group: UUID, _review: UUID, token: str) -> None:
    reviews_service.withdraw(db, token, NOW)


def hide_review(db: Db, group: UUID, review: UUID, _token: str) -> None:
    effects.set_review(db, review, ReviewState.HIDDEN, NOW)
    reviews_queries.recount(db, group, NOW)
    db.commit()


def delete_account(db: Db, _group: UUID, _review: UUID, _token: str) -> None:
    account = Account(accounts_queries.id_for(db, EMAIL, NOW), EMAIL, False)
    db.rollback()
    my_account_service.delete_account(db, account, NOW, keep_reviews=False)


def hide_listing(db: Db, group: UUID, _review: UUID, _token: str) -> None:
    effects.set_listing(db, group, ListingState.HIDDEN, NOW)
    db.commit()


def remove_note(db: Db, group: UUID, _review: UUID, _token: str) -> None:
    upkeep_queries.write_note(db, group, "", NOW.date(), NOW)
    db.commit()


@pytest.mark.parametrize(
    "take_down", [withdraw, hide_review, delete_account, hide_listing, remove_note]
)
def test_what_is_taken_down_is_gone_while_the_replica_is_behind(
    pair: Pair, app: Flask, take_down: Callable[[Db, UUID, UUID, str], None]
) -> None:
    path = f"/groups/{(group := pair.add(take_down.__name__))}"
    with pair.primary.writing() as db:
        upkeep_queries.write_note(db, group, "There are more chairs now.", NOW.date(), NOW)
        db.commit()
        own, token = publish(db, group, email=EMAIL, now=NOW)
    pair.catch_up()
    reader = app.test_client()
    before = main_of(reader.get(path).text)
    pair.fall_behind()
    seen = pair.add(f"{take_down.__name__}-later")
    assert reader.get(f"/groups/{seen}").status_code == 404, "the replica is not read"

    with pair.primary.writing() as db:
        take_down(db, group, own.id, token)

    after, true = reader.get(path), without_replica(pair, path)
    assert after.status_code == true.status_code
    assert main_of(after.text) == main_of(true.text) != before
    assert reader.get(f"/groups/{seen}").status_code == 200
    pair.catch_up()


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def without_replica(pair: Pair, path: str) -> TestResponse:
    app = create_app(Settings(data_dir=pair.data_dir, database_url=pair.url))
    answer = app.test_client().get(path)
    app.extensions["quiet_corner"].database.close()
    return answer


def test_a_change_that_takes_nothing_down_leaves_readers_on_the_replica(
    pair: Pair, app: Flask
) -> None:
    group = pair.add("renamed")
    pair.catch_up()
    pair.fall_behind()
    with pair.primary.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE groups SET name = 'New' WHERE id = '{group}'")  # noqa: S608

    assert "Group renamed" in app.test_client().get(f"/groups/{group}").text
    pair.catch_up()


def test_two_writers_that_end_one_after_the_other_are_both_seen(pair: Pair, app: Flask) -> None:
    reader, address = app.test_client(), "/search.geojson?near=EH6+7BS&unknown=1"
    with pair.primary.writing() as first, pair.primary.writing() as second:
        for writer in (first, second):
            writer.connection().exec_driver_sql("SELECT pg_current_xact_id()")
        effects.set_listing(second, pair.first, ListingState.PAUSED, NOW)
        pair.add("third-writer")  # began last and ended first
        pair.catch_up()
        assert "Group first" in reader.get(address).text

        second.commit()
        pair.catch_up()

        assert "Group first" not in reader.get(address).text
        effects.set_listing(second, pair.first, ListingState.PUBLISHED, NOW)
        second.commit()
    pair.catch_up()


def test_while_the_primary_is_away_readers_see_what_was_not_taken_down(pair: Pair) -> None:
    replica, away = Replica(pair.replica_url), Database(NOBODY_THERE)
    group = pair.add("seen-by-few")
    pair.catch_up()
    assert replica.has_take_downs_of(away), "a process that knows of none reads on"
    replica.close()
    replica = Replica(pair.replica_url)
    assert replica.has_take_downs_of(pair.primary)

    pair.fall_behind()
    with pair.primary.writing() as db:
        hide_listing(db, group, group, "")

    assert not replica.has_take_downs_of(pair.primary)
    assert not replica.has_take_downs_of(away), "this process has learned of it"
    pair.catch_up()
    assert replica.has_take_downs_of(away)
    replica.close()
    away.close()


def test_readers_read_on_without_the_primary(pair: Pair) -> None:
    pair.catch_up()
    settings = Settings(
        data_dir=pair.data_dir, database_url=NOBODY_THERE, database_replica_url=pair.replica_url
    )
    app = create_app(settings)

    assert app.test_client().get(f"/groups/{pair.first}").status_code == 200
    app.extensions["quiet_corner"].replica.close()
    app.extensions["quiet_corner"].database.close()
