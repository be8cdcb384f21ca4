"""Reports as the database has them: what may be reported, and what is forgotten."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from finder.domain.vocabulary import ListingState
from finder.listings import history
from finder.moderation import states
from finder.moderation.reports import queries as reports_queries
from finder.moderation.reports.rules import ReportKind, ReportState
from finder.moderation.tables import ReportRow
from finder.platform.db.database import Database, Db
from tests.support.moderation_parts import report
from tests.support.review_parts import NOW, add_group, draft, publish


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


@pytest.fixture
def group(db: Db) -> UUID:
    return add_group(db)


def test_only_what_the_public_sees_can_be_reported(db: Db, group: UUID) -> None:
    own = [publish(db, group, draft(2, words=f"Calm {n}"))[0] for n in range(3)]
    found = reports_queries.reported(db, group, own[0].id)
    assert found is not None
    assert (found.name, found.words) == ("Harbour Songs", "Calm 0")
    assert reports_queries.reported(db, group, uuid4()) is None
    assert reports_queries.reported(db, add_group(db, "other"), own[0].id) is None

    states.set_listing(db, group, ListingState.HIDDEN, NOW)

    assert reports_queries.reported(db, group, None) is None


def test_words_that_are_not_printed_are_not_shown_to_who_reports(db: Db, group: UUID) -> None:
    for number in range(3):
        own, _ = publish(db, group, draft(words=f"Calm {number}", print_words=False))

    found = reports_queries.reported(db, group, own.id)

    assert found is not None
    assert found.words == ""


def test_words_and_addresses_go_a_while_after_the_answer_and_not_before(
    db: Db, group: UUID
) -> None:
    reported = report(db, group, email="a@example.org")
    assert reports_queries.forget_words(db, NOW + timedelta(days=999)) == 0
    states.set_report(db, reported, ReportState.ANSWERED, NOW)

    assert reports_queries.forget_words(db, NOW - timedelta(days=1)) == 0
    assert reports_queries.forget_words(db, NOW) == 1

    kept = reports_queries.by_id(db, reported)
    assert kept is not None
    assert (kept.words, kept.email, kept.kind) == ("", "", ReportKind.UNKIND)


def test_a_chain_of_merged_listings_leads_to_its_end_and_a_ring_does_not_hang(
    db: Db, group: UUID
) -> None:
    second, third = add_group(db, "second"), add_group(db, "third")
    states.set_merged(db, group, second, NOW)
    states.set_merged(db, second, third, NOW)

    assert history.merged_into(db, group) == third
    assert history.merged_into(db, third) is None
    states.set_merged(db, third, group, NOW)
    assert history.merged_into(db, group) == third


def test_marks_are_forgotten_in_reports_and_reviews(db: Db, group: UUID) -> None:
    report(db, group, mark="abcde")

    assert reports_queries.forget_marks(db, NOW) == 1

    marks = db.exec(select(ReportRow.sender_mark).where(col(ReportRow.group_id) == group)).all()
    assert list(marks) == [None]
