"""A parent says whether a group was on; one network says it once a day for each date."""

import threading
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from finder.domain.refused import NothingThere, Refused
from finder.domain.vocabulary import ListingState
from finder.group_page import queries
from finder.group_page import service as group_page_service
from finder.group_page.rules import FoundOn, OnAnswer
from finder.group_page.service import AnsweredToday
from finder.group_page.tables import WasItOnNetworkRow
from finder.platform.db.database import Database, Db
from finder.platform.tokens import daily_hash
from tests.support.examples import NO_TERMS, SONGS, TUESDAY_NOON, group, keep

TUESDAY, BEFORE = date(2026, 11, 24), date(2026, 11, 17)


def say(
    db: Db,
    group_id: UUID,
    on: date,
    was_on: bool = True,
    network: str = "::1",
    today: date = TUESDAY,
) -> None:
    page = group_page_service.find_asked(db, NO_TERMS, group_id, TUESDAY_NOON)
    mark = daily_hash("secret", network, today)
    group_page_service.answer(db, page, OnAnswer(on, was_on), mark, today)


def found(database: Database, group_id: UUID) -> set[FoundOn]:
    with database.open() as db:
        return set(group_page_service.find_asked(db, NO_TERMS, group_id, TUESDAY_NOON).found_on)


def test_an_answer_is_kept_and_stands_on_the_page(database: Database) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS)
    with database.writing() as db:
        say(db, saved.public_id, TUESDAY, False)

    assert found(database, saved.public_id) == {FoundOn(TUESDAY, 0, 1)}


def test_one_network_is_counted_once_a_day_for_each_date_of_each_group(
    database: Database,
) -> None:
    with database.writing() as db:
        songs, other = (saved.public_id for saved in keep(db, SONGS, group("other")))
        say(db, songs, TUESDAY)

        for was_on in (True, False):
            with pytest.raises(AnsweredToday):
                say(db, songs, TUESDAY, was_on)
        say(db, songs, BEFORE)
        say(db, other, TUESDAY)
        say(db, songs, TUESDAY, network="192.0.2.1")

    assert found(database, songs) == {FoundOn(TUESDAY, 2, 0), FoundOn(BEFORE, 1, 0)}
    assert found(database, other) == {FoundOn(TUESDAY, 1, 0)}


@pytest.mark.parametrize("on", [date(2026, 12, 1), date(2026, 11, 3), date(2026, 11, 23)])
def test_a_date_that_is_not_asked_about_is_refused_and_uses_nothing_up(
    database: Database, on: date
) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        for _ in range(2):
            with pytest.raises(Refused, match="for 14 days") as refused:
                say(db, saved.public_id, on)
            assert refused.value.field == "answer"

    assert found(database, saved.public_id) == set()


def test_a_group_that_the_public_does_not_see_is_not_there(database: Database) -> None:
    with database.writing() as db:
        [hidden] = keep(db, SONGS, state=ListingState.HIDDEN)
        for one in (hidden.public_id, uuid4()):
            with pytest.raises(NothingThere):
                group_page_service.find_asked(db, NO_TERMS, one, TUESDAY_NOON)


def test_of_many_workers_that_are_told_at_one_moment_one_counts(database: Database) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS)
    gate, refused = threading.Barrier(4), []

    def press() -> None:
        with database.writing() as own:
            gate.wait()
            try:
                say(own, saved.public_id, TUESDAY)
            except AnsweredToday:
                refused.append(1)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found(database, saved.public_id) == {FoundOn(TUESDAY, 1, 0)}
    assert len(refused) == 3


def test_a_network_is_kept_as_a_hash_and_thrown_away_with_the_day(database: Database) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        say(db, saved.public_id, TUESDAY, network="192.0.2.1")
        (row,) = db.exec(select(WasItOnNetworkRow)).all()
        next_day = TUESDAY + timedelta(days=1)

        assert "192.0.2.1" not in str(row.model_dump())
        assert row.network_hash != daily_hash("secret", "192.0.2.1", next_day)
        say(db, saved.public_id, TUESDAY, network="192.0.2.1", today=next_day)
        (kept,) = db.exec(select(WasItOnNetworkRow.day)).all()
        assert kept == next_day
        assert queries.forget_networks(db, TUESDAY_NOON) == 0
        assert queries.forget_networks(db, TUESDAY_NOON + timedelta(days=1)) == 1

    assert found(database, saved.public_id) == {FoundOn(TUESDAY, 2, 0)}
