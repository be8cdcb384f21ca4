"""After an appeal a thing lists it, and offers only what can be done."""

import re
from uuid import UUID

from finder.accounts.rules import Account
from finder.moderation.reports import service as reports_service
from finder.moderation.rules import Action, ItemKind, Reason
from finder.platform.db.database import Db
from tests.support.moderation_parts import (
    OTHER_MOD,
    PARENT,
    decide,
    found,
    held,
    id_of,
    letters,
    moderator,
    report,
)
from tests.support.review_parts import NOW, publish

REVIEW, REPORT = ItemKind.REVIEW, ItemKind.REPORT


def appealed(db: Db, review: UUID) -> UUID:
    decide(db, moderator(db, OTHER_MOD), REVIEW, review, Action.HIDE, reason=Reason.NAMES)
    (token,) = re.findall(r"/appeal/([\w-]{30,})", letters(db, PARENT)[0].body)
    return id_of(db, reports_service.appeal(db, token, "It names nobody.", NOW))


def test_a_review_put_back_by_an_appeal_lists_it_and_offers_no_undo(
    db: Db, group: UUID, mod: Account
) -> None:
    own = held(db, group)
    line = decide(db, mod, REPORT, appealed(db, own.id), Action.PUBLISH, words="You are right.")

    item = found(db, REVIEW, own.id)

    assert item.state == "Published"
    assert line.id in [one.id for one in item.history]
    assert Action.UNDO not in item.actions
    assert item.undoable is None


def test_undoing_what_the_appeal_decided_brings_the_first_undo_back(
    db: Db, group: UUID, mod: Account
) -> None:
    own = held(db, group)
    appeal = appealed(db, own.id)
    decide(db, mod, REPORT, appeal, Action.PUBLISH)

    decide(db, mod, REPORT, appeal, Action.UNDO)

    assert Action.UNDO in found(db, REVIEW, own.id).actions


def test_a_review_lists_what_was_decided_on_reports_of_it(
    db: Db, group: UUID, mod: Account
) -> None:
    own, _ = publish(db, group, email=PARENT)
    line = decide(db, mod, REPORT, report(db, group, own.id), Action.HIDE)

    assert [one.id for one in found(db, REVIEW, own.id).history] == [line.id]


def test_a_listing_lists_what_was_decided_on_reports_of_it(
    db: Db, group: UUID, mod: Account
) -> None:
    line = decide(db, mod, REPORT, report(db, group), Action.HIDE)

    assert [one.id for one in found(db, ItemKind.LISTING, group).history] == [line.id]
