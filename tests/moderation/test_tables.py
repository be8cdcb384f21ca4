"""The database refuses reports, pairs and links that make no sense."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from finder.listings.duplicates.rules import DuplicateState
from finder.listings.tables_history import DuplicateRow
from finder.moderation.reports.rules import ReportKind, ReportState
from finder.moderation.tables import AppealLinkRow, ReportRow
from finder.platform.db.database import Database
from tests.support.review_parts import NOW, add_group


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": ReportState.ANSWERED}, "ck_reports_answered"),
        ({"answered_at": NOW}, "ck_reports_answered"),
        ({"email": "Anna@Example.org"}, "ck_reports_email_is_lower"),
    ],
)
def test_a_report_that_makes_no_sense_is_not_kept(
    database: Database, values: dict[str, object], name: str
) -> None:
    fine = {"number": "QC-222222", "kind": ReportKind.OTHER, "state": ReportState.WAITING}
    with database.writing() as db:
        db.add(ReportRow(created_at=NOW, **fine | values))
        with pytest.raises(IntegrityError, match=name):
            db.flush()


def test_a_pair_is_kept_once_and_in_order(database: Database) -> None:
    with database.writing() as db:
        high, low = sorted((add_group(db), add_group(db, "other")), reverse=True)
        fine = {"why": "near", "state": DuplicateState.WAITING, "found_at": NOW}
        db.add(DuplicateRow(group_id=high, other_id=low, **fine))
        with pytest.raises(IntegrityError, match="ck_duplicates_in_order"):
            db.flush()


def test_an_address_to_appeal_from_is_kept_in_lower_case(database: Database) -> None:
    with database.writing() as db:
        link = {"token_hash": "x", "decision_id": uuid4(), "created_at": NOW}
        db.add(AppealLinkRow(email="A@example.org", **link))
        with pytest.raises(IntegrityError, match="email_is_lower"):
            db.flush()
