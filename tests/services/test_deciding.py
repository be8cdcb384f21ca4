"""What can't be done is refused, whatever a form says."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from finder.domain.moderation import Action, Decision, ItemKind, Reason
from finder.domain.refused import Refused
from finder.domain.vocabulary import ListingState
from finder.services import deciding
from finder.services.deciding import Case
from finder.store import snapshots
from finder.store.database import Database, Db
from tests.moderation_parts import PARENT, duplicate, found, held
from tests.review_parts import NOW, add_group, draft, publish


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


@pytest.fixture
def group(db: Db) -> UUID:
    return add_group(db)


def case(db: Db, kind: ItemKind, item_id: UUID, action: Action, target: UUID | None = None) -> Case:
    wish = Decision(action, Reason.OTHER, "We read it.", "stamp", target)
    return Case(found(db, kind, item_id), wish, NOW)


def test_a_review_is_moved_only_to_a_published_group_without_one_by_its_author(
    db: Db, group: UUID
) -> None:
    hidden, taken = add_group(db, "hidden"), add_group(db, "taken")
    snapshots.set_listing(db, hidden, ListingState.HIDDEN, NOW)
    own, _ = publish(db, group, draft(1), PARENT)
    publish(db, taken, draft(2), PARENT)

    for target in (hidden, taken, group, uuid4()):
        with pytest.raises(Refused) as refused:
            deciding.carry_out(db, case(db, ItemKind.REVIEW, own.id, Action.MOVE, target))
        assert refused.value.field == "target"


def test_only_one_of_the_two_can_stay(db: Db, group: UUID) -> None:
    pair = duplicate(db, group, add_group(db, "other"))

    with pytest.raises(Refused, match="Choose one of the two"):
        deciding.carry_out(db, case(db, ItemKind.DUPLICATE, pair, Action.MERGE, uuid4()))


def test_nobody_is_suspended_for_a_review_without_an_author(db: Db, group: UUID) -> None:
    one = case(db, ItemKind.REVIEW, held(db, group).id, Action.SUSPEND)
    alone = replace(one, item=replace(one.item, author_id=None))

    with pytest.raises(Refused, match="Nobody is known"):
        deciding.carry_out(db, alone)


def test_the_scope_holds_all_that_a_decision_touches(db: Db, group: UUID) -> None:
    other = add_group(db, "other")
    first, second = held(db, group), held(db, other)
    suspending = case(db, ItemKind.REVIEW, first.id, Action.SUSPEND)

    scope = deciding.scope_of(db, suspending)

    assert set(scope.reviews) == {first.id, second.id}
    assert scope.account_id == first.account_id
