"""Every action leaves a line in the log that says what it changed, and can be undone."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest

from finder.accounts.rules import Account
from finder.moderation.reports import rules as reports_rules
from finder.moderation.reports import service as reports_service
from finder.moderation.reports.rules import ReportKind
from finder.moderation.rules import Action, ItemKind, Reason
from finder.platform import limits
from finder.platform.db.database import Db
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
from tests.support.review_parts import NOW, add_group, publish

REVIEW, REPORT = ItemKind.REVIEW, ItemKind.REPORT


Case = tuple[ItemKind, UUID, UUID | None]


def a_review(db: Db, group: UUID) -> Case:
    return REVIEW, held(db, group).id, add_group(db, "other")


def a_reported_review(db: Db, group: UUID) -> Case:
    own, _ = publish(db, group, email=PARENT)
    return REPORT, report(db, group, own.id, email="x@example.org"), add_group(db, "other")


def a_reported_listing(db: Db, group: UUID) -> Case:
    look_after(db, PARENT)
    return REPORT, report(db, group, kind=ReportKind.CLOSED), None


def a_complaint(db: Db, group: UUID) -> Case:
    del group
    words = reports_rules.ReportDraft(ReportKind.COMPLAINT, "The map.")
    number = reports_service.report(db, moderating_limits(), words, None, "n", "", NOW)
    return REPORT, id_of(db, number), None


def an_appeal(db: Db, group: UUID) -> Case:
    own = held(db, group)
    decide(db, moderator(db, OTHER_MOD), REVIEW, own.id, Action.HIDE)
    (token,) = re.findall(r"/appeal/([\w-]{30,})", letters(db, PARENT)[0].body)
    return REPORT, id_of(db, reports_service.appeal(db, token, "Why?", NOW)), None


def a_claim(db: Db, group: UUID) -> Case:
    return ItemKind.CLAIM, claim(db, group), None


def a_listing(db: Db, group: UUID) -> Case:
    return ItemKind.LISTING, waiting_listing(db, group), None


def a_pair(db: Db, group: UUID) -> Case:
    return ItemKind.DUPLICATE, duplicate(db, group, add_group(db, "other")), group


def moderating_limits() -> limits.Limits:
    return limits.Limits("memory://")


EVERY = [
    *((a_review, a) for a in ("publish", "hide", "ask", "move", "suspend")),
    *((a_reported_review, a) for a in ("keep", "hide", "ask", "move", "suspend")),
    *((a_reported_listing, a) for a in ("keep", "hide", "ask", "note")),
    (a_complaint, "keep"),
    *((an_appeal, a) for a in ("keep", "publish")),
    *((a_claim, a) for a in ("accept", "refuse", "suspend")),
    *((a_listing, a) for a in ("publish", "hide", "ask", "suspend")),
    *((a_pair, a) for a in ("merge", "apart")),
]


@pytest.mark.parametrize(("make", "name"), EVERY)
def test_every_action_leaves_one_line_with_before_and_after_and_its_undoing_another(
    db: Db, group: UUID, mod: Account, make: Callable[[Db, UUID], Case], name: str
) -> None:
    kind, item_id, target = make(db, group)
    action = next(action for action in Action if action.value == name)
    assert action in found(db, kind, item_id).actions
    already = len(log(db))

    line = decide(db, mod, kind, item_id, action, reason=Reason.OTHER, target=target)

    assert len(log(db)) == already + 1
    assert (line.moderator, line.item_kind, line.item_id) == (mod.email, kind, item_id)
    assert line.before
    assert line.after
    changes_nothing = {"ask"} if kind in {REVIEW, ItemKind.LISTING} else set()
    assert bool(line.changes) is (name not in changes_nothing)

    undone = decide(db, mod, kind, item_id, Action.UNDO, reason=Reason.MISTAKE)

    assert len(log(db)) == already + 2
    assert undone.undoes == line.id
    assert undone.after == line.before


def test_every_action_there_is_was_tried() -> None:
    tried = {name for _, name in EVERY} | {"undo"}

    assert tried == {action.value for action in Action}
