"""The log of decisions is kept for ever: the database itself refuses to change a line of it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from finder.moderation import log as moderation_log
from finder.moderation import queries as moderation_queries
from finder.moderation.decision_text import Snapshot
from finder.moderation.rules import Action, Decision, ItemKind, Reason
from finder.platform.db.database import Database, Db
from tests.support.moderation_parts import decide, found, held, log, moderator
from tests.support.paths import FINDER
from tests.support.review_parts import NOW, add_group

WISH = Decision(Action.HIDE, Reason.NAMES, "It names a leader.", "stamp")


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


def add(db: Db, at: datetime = NOW, item: UUID | None = None) -> UUID:
    before: Snapshot = {"duplicates": {"a": "waiting"}}
    after: Snapshot = {"duplicates": {"a": "apart"}}
    line = moderation_log.add(
        db, uuid4(), ItemKind.REVIEW, item or uuid4(), None, WISH, before, after, at
    )
    db.commit()
    return line


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE moderation_log SET words = 'Nothing happened.'",
        "UPDATE moderation_log SET moderator_id = item_id",
        "DELETE FROM moderation_log",
    ],
)
def test_no_line_can_be_changed_or_removed(db: Db, statement: str) -> None:
    add(db)
    before = log(db)

    with pytest.raises(DBAPIError, match="the moderation log is never changed"):
        db.connection().exec_driver_sql(statement)
    db.rollback()

    assert log(db) == before


def test_a_line_cannot_be_written_over_in_sqlite(sqlite_database: Database) -> None:
    with sqlite_database.writing() as db:
        line = add(db)
        with pytest.raises(DBAPIError, match="never changed"):
            db.connection().exec_driver_sql(
                "INSERT OR REPLACE INTO moderation_log SELECT id, at, moderator_id, item_kind,"
                " item_id, group_id, action, reason, 'Other words', before, after, undoes"
                " FROM moderation_log"
            )
        db.rollback()
        kept = moderation_log.by_id(db, line)
        assert kept is not None
        assert kept.words == WISH.words


def test_the_log_cannot_be_emptied_in_postgresql(postgresql_database: Database) -> None:
    with postgresql_database.writing() as db:
        add(db)
        with pytest.raises(DBAPIError, match="never changed"):
            db.connection().exec_driver_sql("TRUNCATE moderation_log")
        db.rollback()


def test_no_code_of_ours_changes_a_line() -> None:
    changing = re.compile(r"(?:update|delete)\(\s*ModerationLogRow|ModerationLogRow\)\.values")

    assert [p.name for p in FINDER.rglob("*.py") if changing.search(p.read_text())] == []


def test_a_decision_is_undone_once(db: Db) -> None:
    line = add(db)
    for number in range(2):
        if number:
            with pytest.raises(DBAPIError):
                undo(db, line)
            db.rollback()
        else:
            undo(db, line)
            db.commit()


def undo(db: Db, line: UUID) -> None:
    item = uuid4()
    moderation_log.add(db, uuid4(), ItemKind.REVIEW, item, None, WISH, {}, {}, NOW, undoes=line)


def test_pages_of_the_log_are_newest_first_and_say_whether_more_follow(db: Db) -> None:
    for day in range(1, 29):
        for hour in (1, 2):
            add(db, datetime(2026, 2, day, hour, tzinfo=UTC))

    first, has_more = moderation_log.page(db, 1)
    last, has_more_still = moderation_log.page(db, 2)

    assert (len(first), has_more, len(last), has_more_still) == (50, True, 6, False)
    assert first[0].at > first[-1].at > last[0].at > last[-1].at


def test_figures_are_of_one_year_in_utc(db: Db) -> None:
    add(db, datetime(2025, 12, 31, 23, 59, tzinfo=UTC))
    add(db, datetime(2026, 1, 1, tzinfo=UTC))
    add(db, datetime(2026, 12, 31, 23, 59, tzinfo=UTC))

    figures = moderation_queries.figures(db, 2026)

    assert figures.decisions == {"review hide": 2}
    assert figures.reasons_for_hiding == {"names": 2}
    assert moderation_queries.figures(db, 2024).total == 0


def test_a_moderator_who_left_is_named_no_more_but_the_line_stays(db: Db) -> None:
    line = add(db)

    found = moderation_log.by_id(db, line)

    assert found is not None
    assert found.moderator == ""


def test_the_last_decision_that_stands_is_neither_undone_nor_an_undoing(db: Db) -> None:
    own = held(db, add_group(db))
    mod = moderator(db)
    first = decide(db, mod, ItemKind.REVIEW, own.id, Action.PUBLISH)
    decide(db, mod, ItemKind.REVIEW, own.id, Action.HIDE)
    decide(db, mod, ItemKind.REVIEW, own.id, Action.UNDO)

    undoable = found(db, ItemKind.REVIEW, own.id).undoable

    assert undoable is not None
    assert undoable.id == first.id
