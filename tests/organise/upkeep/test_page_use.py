"""Looks at a page are counted by week, without anything about who looked."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from finder.accounts.service import NotYours
from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import TalkingLevel
from finder.group_page.service import PageCounter
from finder.organise.upkeep.page_use import page_use
from finder.platform.db.database import Database
from tests.support.organise_parts import BEN, editor, listing
from tests.support.review_parts import NOW, TODAY, draft, publish

MONDAY = date(2026, 11, 23)
PLAIN = Calendars()


def rename(database: Database, table: str, to: str) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {to}")


def test_looks_are_added_up_by_week_and_written_once(database: Database) -> None:
    counter = PageCounter(database)
    with database.writing() as db:
        anna, hers = editor(db), listing(db)
    for days in (0, 1, 2, -7):
        counter.count(hers, TODAY + timedelta(days=days))
    counter.count(UUID(int=7), TODAY)

    assert counter.write_down() == 3
    assert counter.write_down() == 0
    counter.count(hers, TODAY)
    counter.write_down()

    with database.session() as db:
        seen = page_use(db, PLAIN, anna, hers, TODAY, NOW)

    assert seen.weeks[:3] == ((MONDAY, 4), (date(2026, 11, 16), 1), (date(2026, 11, 9), 0))
    assert len(seen.weeks) == 12


def test_what_could_not_be_written_waits(database: Database) -> None:
    counter = PageCounter(database)
    with database.writing() as db:
        anna, hers = editor(db), listing(db)
    counter.count(hers, TODAY)
    rename(database, "page_views", "elsewhere")
    with pytest.raises(sa.exc.DatabaseError):
        counter.write_down()
    rename(database, "elsewhere", "page_views")

    assert counter.write_down() == 1
    with database.session() as db:
        assert page_use(db, PLAIN, anna, hers, TODAY, NOW).weeks[0] == (MONDAY, 1)


def test_only_an_editor_sees_the_counts(database: Database) -> None:
    with database.writing() as db:
        hers = listing(db)
        ben = editor(db, BEN, "Harbour Trust")

        with pytest.raises(NotYours):
            page_use(db, PLAIN, ben, hers, TODAY, NOW)


def test_the_organiser_reads_what_everybody_reads_of_parents(database: Database) -> None:
    with database.writing() as db:
        anna, hers = editor(db), listing(db, claimed_level=TalkingLevel.NO_TALKING)
        sentences = []
        for _ in range(3):
            publish(db, hers, draft(4))
            seen = page_use(db, PLAIN, anna, hers, TODAY, NOW)
            sentences.append((seen.parents, seen.page.talking.sentence))
            db.rollback()

    few = "One or two parents: a lot of chat."
    assert sentences == [(1, few), (2, few), (3, "All 3 parents: a lot of chat or less.")]
