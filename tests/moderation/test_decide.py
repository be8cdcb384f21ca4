"""A moderator decides: one commit, one line in the log, letters to the people concerned."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from finder.accounts.rules import Account
from finder.domain.refused import NoSuchLink, NothingThere, Refused
from finder.domain.vocabulary import ListingState
from finder.moderation import service as moderation_service
from finder.moderation.item import editors_of, state_of_listing
from finder.moderation.reports import service as reports_service
from finder.moderation.rules import Action, Decision, ItemKind, Reason
from finder.platform.db.database import Db
from finder.reviews import queries as reviews_queries
from finder.reviews import service as reviews_service
from finder.reviews.rules import ReviewState
from tests.support.moderation_parts import (
    OTHER_MOD,
    PARENT,
    claim,
    decide,
    duplicate,
    found,
    held,
    id_of,
    letters,
    log,
    look_after,
    moderator,
    report,
    waiting_listing,
)
from tests.support.review_parts import NOW, SITE, add_group, draft, publish, stored

REVIEW, REPORT = ItemKind.REVIEW, ItemKind.REPORT


def state_of(db: Db, review_id: UUID) -> ReviewState:
    own = reviews_queries.by_id(db, review_id)
    db.rollback()
    assert own is not None
    return own.state


def test_a_held_review_is_published_hidden_and_undone(db: Db, group: UUID, mod: Account) -> None:
    own = held(db, group)
    before = stored(db, group)

    decide(db, mod, REVIEW, own.id, Action.PUBLISH)
    assert stored(db, group)["reports_2"] == 1
    decide(db, mod, REVIEW, own.id, Action.HIDE, reason=Reason.NAMES)
    assert stored(db, group) == before
    decide(db, mod, REVIEW, own.id, Action.UNDO, reason=Reason.MISTAKE)
    assert state_of(db, own.id) is ReviewState.PUBLISHED
    decide(db, mod, REVIEW, own.id, Action.UNDO, reason=Reason.MISTAKE)
    assert state_of(db, own.id) is ReviewState.HELD
    assert stored(db, group) == before


def test_the_author_learns_what_was_decided_why_and_how_to_appeal(
    db: Db, group: UUID, mod: Account
) -> None:
    own = held(db, group)

    decide(db, mod, REVIEW, own.id, Action.HIDE, reason=Reason.NAMES, words="It names a leader.")

    (letter,) = letters(db, PARENT)
    assert "We have not shown your review of Harbour Songs" in letter.body
    assert "Why: It names or points to a person. It names a leader." in letter.body
    assert re.search(r"/appeal/[\w-]{30,}", letter.body)


def test_good_news_needs_no_appeal(db: Db, group: UUID, mod: Account) -> None:
    own = held(db, group)

    decide(db, mod, REVIEW, own.id, Action.PUBLISH)

    (letter,) = letters(db, PARENT)
    assert "is published" in letter.body
    assert "/appeal/" not in letter.body


def test_a_report_leads_to_a_decision_and_an_appeal_puts_it_right(
    db: Db, group: UUID, mod: Account
) -> None:
    own, _ = publish(db, group, draft(2, words="The leader was cold."), PARENT)
    reported = report(db, group, own.id, email="sister@example.org")
    decide(db, mod, REPORT, reported, Action.HIDE, reason=Reason.UNKIND)
    assert state_of(db, own.id) is ReviewState.HIDDEN
    assert "We have taken it down" in letters(db, "sister@example.org")[0].body
    (token,) = re.findall(r"/appeal/([\w-]{30,})", letters(db, PARENT)[0].body)

    number = reports_service.appeal(db, token, "I said what I saw.", NOW)
    with pytest.raises(NoSuchLink):
        reports_service.find_appeal(db, token, NOW)
    second = moderator(db, OTHER_MOD)
    appeal = id_of(db, number)
    with pytest.raises(Refused, match="Somebody else must look"):
        decide(db, mod, REPORT, appeal, Action.KEEP)
    decide(db, second, REPORT, appeal, Action.PUBLISH, reason=Reason.MISTAKE)

    assert state_of(db, own.id) is ReviewState.PUBLISHED
    assert "We have put it up again" in letters(db, PARENT)[-1].body
    assert moderation_service.figures(db, 2026).appeals_upheld == 1


def test_an_only_moderator_looks_at_appeals_too(db: Db, group: UUID, mod: Account) -> None:
    own = held(db, group)
    decide(db, mod, REVIEW, own.id, Action.HIDE)
    (token,) = re.findall(r"/appeal/([\w-]{30,})", letters(db, PARENT)[0].body)
    appeal = id_of(db, reports_service.appeal(db, token, "Why?", NOW))

    decide(db, mod, REPORT, appeal, Action.KEEP)

    assert state_of(db, own.id) is ReviewState.HIDDEN


def test_an_appeal_works_for_thirty_days(db: Db, group: UUID, mod: Account) -> None:
    own = held(db, group)
    decide(db, mod, REVIEW, own.id, Action.HIDE)
    (token,) = re.findall(r"/appeal/([\w-]{30,})", letters(db, PARENT)[0].body)

    assert reports_service.find_appeal(db, token, NOW + timedelta(days=29)).about == "Harbour Songs"
    with pytest.raises(NoSuchLink):
        reports_service.find_appeal(db, token, NOW + timedelta(days=31))


def test_the_second_of_two_moderators_is_refused(db: Db, group: UUID, mod: Account) -> None:
    own = held(db, group)
    seen = found(db, REVIEW, own.id)
    decide(db, mod, REVIEW, own.id, Action.PUBLISH)

    second, wish = moderator(db, OTHER_MOD), Decision(Action.HIDE, Reason.UNKIND, "No.", seen.stamp)
    with pytest.raises(moderation_service.ItemChangedMeanwhile):
        moderation_service.decide(db, second, REVIEW, own.id, wish, SITE, NOW)

    assert state_of(db, own.id) is ReviewState.PUBLISHED
    assert len(log(db)) == 1


def test_what_an_author_changes_meanwhile_is_not_published_unread(
    db: Db, group: UUID, mod: Account
) -> None:
    own, token = publish(db, group, draft(words="Calm"), PARENT)
    decide(db, mod, REVIEW, own.id, Action.ASK, reason=Reason.NAMES)
    seen = found(db, REVIEW, own.id)
    reviews_service.change(db, token, draft(words="Calm again"), NOW + timedelta(minutes=1))

    wish = Decision(Action.PUBLISH, Reason.FINE, "Yes.", seen.stamp)
    with pytest.raises(moderation_service.ItemChangedMeanwhile):
        moderation_service.decide(db, mod, REVIEW, own.id, wish, SITE, NOW)


def test_nobody_decides_on_their_own(db: Db, group: UUID, mod: Account) -> None:
    own = held(db, group, email=mod.email)

    with pytest.raises(Refused, match="Somebody else must decide"):
        decide(db, mod, REVIEW, own.id, Action.PUBLISH)

    assert log(db) == ()


def test_a_suspended_author_is_held_from_then_on_and_what_waited_is_hidden(
    db: Db, group: UUID, mod: Account
) -> None:
    other = add_group(db, "other")
    first, second = held(db, group), held(db, other)

    decide(db, mod, REVIEW, first.id, Action.SUSPEND, reason=Reason.MANY)
    assert state_of(db, first.id) is state_of(db, second.id) is ReviewState.HIDDEN
    third = held(db, add_group(db, "third"), now=NOW + timedelta(days=2))
    assert "suspended" in [rule.value for rule in found(db, REVIEW, third.id).rules]
    decide(db, mod, REVIEW, first.id, Action.UNDO, reason=Reason.MISTAKE)

    assert state_of(db, first.id) is state_of(db, second.id) is ReviewState.HELD
    assert not found(db, REVIEW, first.id).is_suspended


def test_a_review_of_another_group_is_moved_there(db: Db, group: UUID, mod: Account) -> None:
    other = add_group(db, "other")
    own, _ = publish(db, group, email=PARENT)

    decide(db, mod, REVIEW, own.id, Action.MOVE, reason=Reason.WRONG_PLACE, target=other)

    assert (stored(db, group)["reports_2"], stored(db, other)["reports_2"]) == (0, 1)
    with pytest.raises(Refused):
        decide(db, mod, REVIEW, own.id, Action.MOVE, target=uuid4())


def test_two_listings_of_one_group_are_merged_with_all_reviews_and_parted_again(
    db: Db, group: UUID, mod: Account
) -> None:
    other = add_group(db, "other")
    publish(db, group, draft(1), "a@example.org")
    publish(db, other, draft(2), "b@example.org")
    publish(db, other, draft(3), "a@example.org")
    was = stored(db, group), stored(db, other)
    pair = duplicate(db, group, other)

    decide(db, mod, ItemKind.DUPLICATE, pair, Action.MERGE, reason=Reason.SAME, target=group)
    kept = stored(db, group)
    assert [kept[f"reports_{n}"] for n in (1, 2, 3)] == [1, 1, 0]
    assert state_of_listing(db, other) is ListingState.HIDDEN
    assert stored(db, other)["reports_3"] == 1, "one author has one review of each group"
    decide(db, mod, ItemKind.DUPLICATE, pair, Action.UNDO, reason=Reason.MISTAKE)

    assert (stored(db, group), stored(db, other)) == was


def test_an_accepted_claim_makes_an_editor_and_its_undoing_ends_that(
    db: Db, group: UUID, mod: Account
) -> None:
    claimed = claim(db, group)

    decide(db, mod, ItemKind.CLAIM, claimed, Action.ACCEPT, reason=Reason.OWN)
    assert list(editors_of(db, [group]).values()) == [PARENT]
    decide(db, mod, ItemKind.CLAIM, claimed, Action.UNDO, reason=Reason.MISTAKE)

    assert editors_of(db, [group]) == {}


def test_there_is_nothing_to_decide_on_what_is_not_there(db: Db, mod: Account) -> None:
    for kind in ItemKind:
        with pytest.raises(NothingThere):
            moderation_service.find(db, kind, uuid4())


def test_who_is_no_address_moderates_nothing(db: Db) -> None:
    with pytest.raises(Refused):
        moderation_service.add_moderator(db, "nonsense", NOW)


@pytest.mark.parametrize("kind", ["review", "report", "claim", "duplicate", "listing"])
def test_nobody_decides_on_a_listing_that_they_look_after(db: Db, group: UUID, kind: str) -> None:
    organiser = moderator(db, "organiser@example.org")
    look_after(db, organiser.email)
    if kind == "duplicate":
        item = duplicate(db, add_group(db, "other", name="Hill Songs"), group)
    else:
        make = {"review": lambda: held(db, group).id, "report": lambda: report(db, group)}
        make |= {"claim": lambda: claim(db, group)}
        make |= {"listing": lambda: waiting_listing(db, group, organiser.email)}
        item = make[kind]()
    action = found(db, ItemKind(kind), item).actions[0]
    db.rollback()

    with pytest.raises(Refused, match="your own"):
        decide(db, organiser, ItemKind(kind), item, action, target=group)

    assert log(db) == ()
