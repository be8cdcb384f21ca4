"""One mailbox is one person in reports and claims too."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from finder.accounts import queries as accounts_queries
from finder.listings.tables import GroupRow
from finder.moderation.reports import service as reports_service
from finder.moderation.reports.rules import ReportDraft, ReportKind
from finder.organise.claims import queries as claims_queries
from finder.organise.claims.rules import ClaimScope
from finder.platform.db.database import Database
from finder.platform.limits import Limits
from tests.support.review_parts import NOW, add_group

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("second", "is_noted"), [("a.nna+2@gmail.com", False), ("ben@gmail.com", True)]
)
def test_a_group_may_have_closed_once_two_people_say_so(
    database: Database, second: str, is_noted: bool
) -> None:
    with database.writing() as db:
        group = add_group(db)
        about = reports_service.find_reported(db, group)
        for number, email in enumerate(("anna@gmail.com", second)):
            words = ReportDraft(ReportKind.CLOSED, "", email)
            mark, network = f"{number:05}", f"192.0.2.{number}"
            reports_service.report(db, Limits("memory://"), words, about, network, mark, NOW)

        found = db.exec(select(GroupRow.maybe_closed_on).where(col(GroupRow.id) == group)).one()

        assert (found is not None) is is_noted


def test_claims_are_counted_by_the_mailbox(database: Database) -> None:
    with database.writing() as db:
        groups: list[UUID] = [add_group(db, ref) for ref in ("songs", "paint")]
        anna, tagged, ben = (
            accounts_queries.id_for(db, email, NOW)
            for email in ("anna@example.org", "anna+2@example.org", "ben@example.org")
        )
        for group, account in zip(groups, (anna, tagged), strict=True):
            claims_queries.add(db, group, account, ClaimScope.GROUP, "It is ours", NOW)

        assert claims_queries.count_since(db, tagged, NOW - DAY) == 2
        assert claims_queries.count_since(db, ben, NOW - DAY) == 0
