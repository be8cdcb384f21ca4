"""Answers are counted by date, and forgotten in time."""

from datetime import UTC, date, datetime

from sqlmodel import select

from finder.group_page import queries as group_page_queries
from finder.group_page.rules import OnAnswer
from finder.group_page.tables import WasItOnRow
from finder.platform.db.database import Database, Db
from tests.support.examples import SONGS, keep

TUESDAY, BEFORE = date(2026, 11, 24), date(2026, 11, 17)


def counts(db: Db) -> dict[tuple[date, bool], int]:
    db.expire_all()
    return {(row.on, row.was_on): row.times for row in db.exec(select(WasItOnRow))}


def test_answers_of_one_date_are_counted_and_those_of_others_stand_apart(
    database: Database,
) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS)

        for on, was_on in ((TUESDAY, True), (TUESDAY, True), (TUESDAY, False), (BEFORE, True)):
            group_page_queries.add_answer(db, saved.public_id, OnAnswer(on, was_on))

        assert counts(db) == {(TUESDAY, True): 2, (TUESDAY, False): 1, (BEFORE, True): 1}


def test_answers_about_dates_before_a_day_are_forgotten(database: Database) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        for on in (TUESDAY, BEFORE):
            group_page_queries.add_answer(db, saved.public_id, OnAnswer(on, True))

        assert group_page_queries.forget_answers(db, datetime(2026, 11, 17, 12, tzinfo=UTC)) == 0
        assert group_page_queries.forget_answers(db, datetime(2026, 11, 18, tzinfo=UTC)) == 1
        assert counts(db) == {(TUESDAY, True): 1}


def test_the_day_before_which_is_forgotten_is_one_of_london(database: Database) -> None:
    july = date(2026, 7, 1)
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        group_page_queries.add_answer(db, saved.public_id, OnAnswer(july, True))

        assert group_page_queries.forget_answers(db, datetime(2026, 7, 1, 22, 59, tzinfo=UTC)) == 0
        assert group_page_queries.forget_answers(db, datetime(2026, 7, 1, 23, 1, tzinfo=UTC)) == 1
