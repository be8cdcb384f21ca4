"""What the privacy page promises to forget, is forgotten in time and not before."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from finder.accounts import rules as accounts_rules
from finder.accounts.tables import SuspensionRow
from finder.group_page import queries as group_page_queries
from finder.group_page import rules as group_page_rules
from finder.group_page.rules import OnAnswer
from finder.moderation.reports import rules as reports_rules
from finder.moderation.rules import Action, ItemKind
from finder.moderation.tables import AppealLinkRow, ReportRow
from finder.operations import service as operations_service
from finder.operations.retention import RETENTION
from finder.platform.db.database import Database, Db
from finder.reviews import rules as reviews_rules
from tests.support.moderation_parts import decide, held, moderator, report
from tests.support.review_parts import NOW, add_group, submit
from tests.support.sign_in_parts import ask

MOMENT = timedelta(minutes=5)


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


def counts(db: Db, later: timedelta) -> dict[str, int]:
    return {kept.key: count for kept, count in operations_service.tidy(db, NOW + later)}


def test_every_promise_of_the_list_is_kept_by_something(db: Db) -> None:
    assert [kept for kept, _ in operations_service.tidy(db, NOW)] == list(RETENTION)


def test_nothing_is_forgotten_too_early_and_all_of_it_in_time(db: Db) -> None:
    group = add_group(db)
    submit(db, group)
    ask(db, "anna@example.org")
    own = held(db, group)
    reported = report(db, group, own.id, email="x@example.org", mark="abcde")
    decide(db, moderator(db), ItemKind.REPORT, reported, Action.SUSPEND)

    for kept in (
        accounts_rules.LINKS,
        reviews_rules.UNCONFIRMED,
        reports_rules.APPEALS,
        reports_rules.REPORTS,
    ):
        assert counts(db, kept.lasts - MOMENT)[kept.key] == 0, kept
        assert counts(db, kept.lasts + MOMENT)[kept.key] >= 1, kept
        assert counts(db, kept.lasts + MOMENT)[kept.key] == 0, kept
    group_page_queries.add_answer(db, group, OnAnswer(NOW.date(), True))
    day = timedelta(days=1)
    assert counts(db, group_page_rules.WAS_IT_ON.lasts)["was_it_on"] == 0
    assert counts(db, group_page_rules.WAS_IT_ON.lasts + day)["was_it_on"] == 1
    assert counts(db, accounts_rules.SUSPENSIONS.lasts + MOMENT)["suspensions"] == 1
    db.expire_all()
    row = db.get_one(ReportRow, reported)
    assert (row.words, row.email, row.sender_mark) == ("", None, None)
    assert db.exec(select(AppealLinkRow)).all() == db.exec(select(SuspensionRow)).all() == []
