"""What a decision touches is kept as it was, and put back as it was."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from finder.domain.vocabulary import ListingState
from finder.listings import history
from finder.moderation import effects, states
from finder.moderation.log import Scope, groups_in, scope_in, take_snapshot
from finder.moderation.reports.rules import ReportState
from finder.organise.claims.rules import ClaimState
from finder.platform.db.database import Database, Db
from finder.reviews.rules import ReviewState
from tests.support.moderation_parts import claim, duplicate, held, report
from tests.support.review_parts import NOW, add_group


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


@pytest.fixture
def scope(db: Db) -> Scope:
    group, other = add_group(db), add_group(db, "other")
    own = held(db, group)
    assert own.account_id is not None
    reported = report(db, group)
    claimed = claim(db, group)
    pair = duplicate(db, group, other)
    return Scope((own.id,), (group, other), (reported,), (claimed,), (pair,), own.account_id)


def test_a_snapshot_holds_all_that_is_in_its_scope(db: Db, scope: Scope) -> None:
    taken = take_snapshot(db, scope)

    assert set(taken) == {"reviews", "listings", "reports", "claims", "duplicates", "suspended"}
    found = scope_in(taken)
    assert (found.reviews, found.account_id) == (scope.reviews, scope.account_id)
    assert set(found.listings) == set(scope.listings)
    assert groups_in(taken) == {scope.listings[0]}


def test_everything_is_put_back(db: Db, scope: Scope) -> None:
    before = take_snapshot(db, scope)
    group, other = scope.listings
    effects.set_review(db, scope.reviews[0], ReviewState.PUBLISHED, NOW, other)
    states.set_listing(db, group, ListingState.HIDDEN, NOW, date(2026, 11, 1))
    states.set_merged(db, group, other, NOW)
    states.set_report(db, scope.reports[0], ReportState.ANSWERED, NOW)
    states.set_claim(db, scope.claims[0], ClaimState.ACCEPTED, NOW)
    assert take_snapshot(db, scope) != before

    effects.restore(db, before, NOW)

    assert take_snapshot(db, scope) == before
    assert history.merged_into(db, group) is None


def test_what_is_gone_has_no_line(db: Db) -> None:
    assert take_snapshot(db, Scope(reviews=(UUID(int=7),), reports=(UUID(int=8),))) == {}


def test_no_address_and_no_words_are_in_it(db: Db, scope: Scope) -> None:
    assert "@" not in str(take_snapshot(db, scope))
    assert "sister" not in str(take_snapshot(db, scope))
