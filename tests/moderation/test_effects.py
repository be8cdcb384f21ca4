"""What can't be done is refused, whatever a form says."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.domain.groups import GroupDraft
from finder.domain.refused import Refused
from finder.domain.vocabulary import ListingState
from finder.moderation import effects, states
from finder.moderation.effects import Case
from finder.moderation.item import state_of_listing
from finder.moderation.rules import Action, Decision, ItemKind, Reason
from finder.organise import service as organise_service
from finder.organise.upkeep import queries as keeping_rows
from finder.organise.upkeep import service as upkeep_service
from finder.organise.upkeep.rules import Wish
from finder.organise.wizard import service as wizard_service
from finder.platform.db.database import Database, Db
from tests.support.examples import SONGS
from tests.support.examples import TUESDAY_NOON as NOON
from tests.support.moderation_parts import (
    PARENT,
    decide,
    duplicate,
    found,
    held,
    look_after,
    moderator,
)
from tests.support.review_parts import NOW, add_group, draft, publish


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
    states.set_listing(db, hidden, ListingState.HIDDEN, NOW)
    own, _ = publish(db, group, draft(1), PARENT)
    publish(db, taken, draft(2), PARENT)

    for target in (hidden, taken, group, uuid4()):
        with pytest.raises(Refused) as refused:
            effects.carry_out(db, case(db, ItemKind.REVIEW, own.id, Action.MOVE, target))
        assert refused.value.field == "target"


def test_only_one_of_the_two_can_stay(db: Db, group: UUID) -> None:
    pair = duplicate(db, group, add_group(db, "other"))

    with pytest.raises(Refused, match="Choose one of the two"):
        effects.carry_out(db, case(db, ItemKind.DUPLICATE, pair, Action.MERGE, uuid4()))


def test_nobody_is_suspended_for_a_review_without_an_author(db: Db, group: UUID) -> None:
    one = case(db, ItemKind.REVIEW, held(db, group).id, Action.SUSPEND)
    alone = replace(one, item=replace(one.item, author_id=None))

    with pytest.raises(Refused, match="Nobody is known"):
        effects.carry_out(db, alone)


def test_the_log_keeps_how_all_stood_that_a_decision_touches(db: Db, group: UUID) -> None:
    other = add_group(db, "other")
    first, second = held(db, group), held(db, other)

    line = decide(db, moderator(db), ItemKind.REVIEW, first.id, Action.SUSPEND)

    assert line.before["reviews"].keys() == {str(first.id), str(second.id)}
    assert line.before["suspended"] == {str(first.account_id): False}


def listed(db: Db, account: UUID, draft: GroupDraft, organiser: UUID | None = None) -> UUID:
    made = wizard_service.begin(db, account, "where", {}, NOON)
    return organise_service.publish(db, account, made, draft, organiser, NOON)


def test_a_new_organisers_listings_wait_until_one_is_let_through(db: Db) -> None:
    anna = accounts_queries.id_for(db, "anna@example.org", NOON)
    db.commit()
    first = listed(db, anna, SONGS)
    ours = editors.organisers_of(db, anna)[0].id
    db.rollback()
    second = listed(db, anna, replace(SONGS, name="Hill Monkeys"), ours)
    assert {state_now(db, one) for one in (first, second)} == {ListingState.WAITING}
    (beside,) = found(db, ItemKind.LISTING, first).beside
    assert beside.id == second

    decide(db, moderator(db), ItemKind.LISTING, first, Action.PUBLISH)
    third = listed(db, anna, replace(SONGS, name="Hill Massage"), ours)

    assert {state_now(db, one) for one in (first, third)} == {ListingState.PUBLISHED}
    assert state_now(db, second) is ListingState.WAITING


def test_what_a_moderator_hid_its_organiser_cannot_show_again(db: Db) -> None:
    group = add_group(db)
    anna = look_after(db, "anna@example.org")
    keeping_rows.hide_for_silence(db, [group], NOW.date(), NOW)
    db.commit()
    hidden = Decision(Action.HIDE, Reason.UNSAFE, "The floor is not safe.", "stamp")
    effects.carry_out(db, Case(found(db, ItemKind.LISTING, group), hidden, NOW))
    db.commit()

    with pytest.raises(Refused):
        upkeep_service.set_state(db, anna, group, Wish.PUBLISH, NOW)
    upkeep_service.say_true(db, anna, [group], NOW.date(), NOW)

    assert state_now(db, group) is ListingState.HIDDEN


def state_now(db: Db, group_id: UUID) -> ListingState | None:
    state = state_of_listing(db, group_id)
    db.rollback()
    return state
