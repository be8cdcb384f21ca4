"""Anybody reports what is wrong; two people who say “closed” are believed at once."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from finder.domain.refused import NoSuchLink, NothingThere, Refused
from finder.moderation.reports import queries as reports_queries
from finder.moderation.reports import service as reports_service
from finder.moderation.reports.rules import ReportDraft, ReportKind, is_number
from finder.platform.db.database import Database, Db
from finder.platform.limits import Limits
from tests.support.moderation_parts import report
from tests.support.review_parts import NOW, add_group, mails


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


@pytest.fixture
def group(db: Db) -> UUID:
    return add_group(db)


def closed(db: Db, group: UUID, mark: str, email: str = "") -> None:
    report(db, group, kind=ReportKind.CLOSED, mark=mark, email=email)


def is_noted(db: Db, group: UUID) -> bool:
    noted = reports_queries.maybe_closed_on(db, group) is not None
    db.rollback()
    return noted


def test_a_report_gets_a_number_and_its_sender_an_email(db: Db, group: UUID) -> None:
    about = reports_service.find_reported(db, group)
    words = ReportDraft(ReportKind.OTHER, "The map is wrong.", "Anna@Example.org")

    number = reports_service.report(db, Limits("memory://"), words, about, "n", "m", NOW)

    assert is_number(number)
    (mail,) = mails(db)
    assert (mail.recipient, number in mail.body) == ("anna@example.org", True)


def test_two_people_are_two_marks_or_two_addresses(db: Db, group: UUID) -> None:
    closed(db, group, "aaaaa", "a@example.org")
    closed(db, group, "bbbbb", "a@example.org")
    closed(db, group, "aaaaa", "b@example.org")
    assert not is_noted(db, group)

    closed(db, group, "ccccc")

    assert is_noted(db, group)


def test_a_report_whose_sender_nobody_knows_any_more_counts_for_nothing(
    db: Db, group: UUID
) -> None:
    closed(db, group, "aaaaa")
    reports_queries.forget_marks(db, NOW)

    closed(db, group, "bbbbb")

    assert not is_noted(db, group)


def test_a_network_sends_ten_an_hour(db: Db, group: UUID) -> None:
    limits, about = Limits("memory://"), reports_service.find_reported(db, group)
    words = ReportDraft(ReportKind.CLOSED)
    for _ in range(10):
        reports_service.report(db, limits, words, about, "n", "m", NOW)

    with pytest.raises(reports_service.TooManyReports):
        reports_service.report(db, limits, words, about, "n", "m", NOW)
    reports_service.report(db, limits, words, about, "another", "m", NOW)


def test_an_address_gets_at_most_five_mails_a_day_and_every_report_is_kept(
    db: Db, group: UUID
) -> None:
    for _ in range(7):
        report(db, group, email="a@example.org")

    assert len(mails(db)) == 5


def test_there_is_nothing_to_report_where_nothing_is(db: Db) -> None:
    with pytest.raises(NothingThere):
        reports_service.find_reported(db, uuid4())
    with pytest.raises(NoSuchLink):
        reports_service.find_appeal(db, "nonsense", NOW + timedelta(days=1))
    with pytest.raises(Refused):
        reports_service.report(
            db,
            Limits("memory://"),
            ReportDraft(ReportKind.COMPLAINT, "x", "nonsense"),
            None,
            "n",
            "",
            NOW,
        )
