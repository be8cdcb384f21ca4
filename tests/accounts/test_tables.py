"""The second guard of what is kept of signing in and of organisers."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from finder.accounts import queries as accounts_queries
from finder.accounts.tables import EditorRow, InvitationRow, SignInLinkRow
from finder.group_page.tables import PageViewsRow
from finder.listings.tables import OrganiserRow
from finder.listings.tables_history import ListingHistoryRow
from finder.organise.claims.rules import ClaimState
from finder.organise.tables import ClaimRow, UnfinishedListingRow
from finder.platform.db.database import Database, Db
from finder.platform.db.rows import Row
from tests.support.review_parts import NOW, TODAY, add_group


def organiser(db: Db) -> UUID:
    row = OrganiserRow(name="Hill Library")
    db.add(row)
    db.flush()
    return row.id


def refused(db: Db, name: str, *rows: Row) -> None:
    db.add_all(rows)
    with pytest.raises(IntegrityError, match=name):
        db.flush()


def test_an_address_is_kept_in_lower_case_only(database: Database) -> None:
    with database.writing() as db:
        link = {"email": "A@example.org", "token_hash": "h", "created_at": NOW}
        refused(db, "email_is_lower", SignInLinkRow(**link))
    with database.writing() as db:
        who: dict[str, Any] = {"organiser_id": organiser(db)}
        who["invited_by"] = accounts_queries.id_for(db, "a@example.org", NOW)
        who |= {"token_hash": "h", "created_at": NOW, "expires_at": NOW + timedelta(days=7)}
        refused(db, "email_is_lower", InvitationRow(email="A@example.org", **who))


def test_a_link_is_kept_once(database: Database) -> None:
    with database.writing() as db:
        same = {"email": "a@example.org", "token_hash": "h", "created_at": NOW}
        refused(db, "token_hash", SignInLinkRow(**same), SignInLinkRow(**same))


def test_an_account_is_an_editor_of_an_organiser_once(database: Database) -> None:
    with database.writing() as db:
        account_id = accounts_queries.id_for(db, "a@example.org", NOW)
        same = {"organiser_id": organiser(db), "account_id": account_id, "since_at": NOW}
        db.add(EditorRow(**same))
        db.flush()
        db.expunge_all()
        refused(db, "editors", EditorRow(**same))


def test_a_version_of_a_listing_is_kept_once(database: Database) -> None:
    with database.writing() as db:
        same = {"group_id": add_group(db), "version": 2, "changed_at": NOW}
        db.add(ListingHistoryRow(**same, changed="Published", draft="{}"))
        db.flush()
        db.expunge_all()
        refused(db, "listing_history", ListingHistoryRow(**same, changed="Again", draft="{}"))


def test_what_can_not_be_counted_is_not_kept(database: Database) -> None:
    with database.writing() as db:
        group = add_group(db)
        refused(db, "ck_page_views_times", PageViewsRow(group_id=group, monday=TODAY, times=-1))
    with database.writing() as db:
        account_id = accounts_queries.id_for(db, "a@example.org", NOW)
        row = UnfinishedListingRow(account_id=account_id, version=0, created_at=NOW, updated_at=NOW)
        refused(db, "ck_unfinished_listings_version", row)


def test_an_account_claims_a_listing_once(database: Database) -> None:
    with database.writing() as db:
        same: dict[str, Any] = {"group_id": add_group(db)}
        same["account_id"] = accounts_queries.id_for(db, "a@example.org", NOW)
        same |= {"why": "I run it", "state": ClaimState.WAITING, "created_at": NOW}
        refused(db, "claims", ClaimRow(**same), ClaimRow(**same))
