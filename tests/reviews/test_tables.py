"""The second guard: what drafts refuse, the tables refuse too."""

import pytest
from sqlalchemy.exc import IntegrityError

from finder.accounts.tables import AccountRow
from finder.platform.db.database import Database
from finder.platform.mail.tables import OutboxRow
from finder.reviews.rules import ReviewState
from finder.reviews.tables import ReviewRow
from tests.support.review_parts import NOW, add_group


def test_an_email_is_kept_in_lower_case_only(database: Database) -> None:
    with database.writing() as db:
        db.add(AccountRow(email="Parent@example.org", created_at=NOW))
        with pytest.raises(IntegrityError, match="email_is_lower"):
            db.flush()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"level": 6}, "ck_reviews_level"),
        ({"visit_month": 13}, "ck_reviews_visit_month"),
        ({"pending_email": None}, "ck_reviews_email_until_confirmed"),
    ],
)
def test_a_review_that_makes_no_sense_is_not_kept(
    database: Database, values: dict[str, object], name: str
) -> None:
    with database.writing() as db:
        row = {"level": 1, "visit_month": 1, "state": ReviewState.UNCONFIRMED}
        row |= {"pending_email": "a@example.org", "visit_year": 2026, **values}
        db.add(ReviewRow(group_id=add_group(db), created_at=NOW, updated_at=NOW, **row))
        with pytest.raises(IntegrityError, match=name):
            db.flush()


def test_a_message_is_queued_once(database: Database) -> None:
    with database.writing() as db:
        for _ in range(2):
            same = {"recipient": "a@example.org", "subject": "s", "body": "b"}
            db.add(OutboxRow(dedupe_key="k", created_at=NOW, not_before_at=NOW, **same))
        with pytest.raises(IntegrityError):
            db.flush()
