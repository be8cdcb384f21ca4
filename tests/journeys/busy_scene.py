"""A group around which much can happen at one moment, and what people may do there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.accounts.rules import Account
from finder.accounts.tables import AccountRow, EditorRow, GroupEditorRow
from finder.domain.cost import Cost
from finder.domain.vocabulary import CostKind
from finder.listings.tables import GroupRow
from finder.moderation import service as moderation_service
from finder.moderation.rules import Action, Decision, ItemKind, Reason
from finder.moderation.tables import ModerationLogRow
from finder.my_account import service as my_account_service
from finder.organise import service as organise_service
from finder.organise.claims import service as claims_service
from finder.organise.tables import ClaimRow
from finder.organise.upkeep import service as upkeep_service
from finder.organise.upkeep.rules import Wish
from finder.platform.db.database import Database, Db
from finder.platform.mail.tables import OutboxRow
from finder.reviews import service as reviews_service
from finder.reviews.tables import ReviewRow
from tests.support.moderation_parts import PARENT, claim, found, held, moderator
from tests.support.organise_parts import ANNA, BEN
from tests.support.review_parts import NOW, SITE, add_group, draft, manage_tokens, publish, submit

SEEN, UNSEEN, NEWER = "Calm and kind.", "Words that nobody has read.", "Words of a second review."


@dataclass(frozen=True)
class Scene:
    """A group with one published review, one that waits, and a newer one by the same parent, whose
    review of another group waits to be confirmed.

    stamps: how the review and the claim stood when the moderator opened them.
    """

    group: UUID
    other: UUID
    review: UUID
    claim: UUID
    parent: Account
    anna: Account
    ben: Account
    mod: Account
    manage: str
    newer: str
    elsewhere: str
    elsewhere_id: UUID
    stamps: dict[UUID, str]

    def decide(self, kind: ItemKind, action: Action, target: UUID | None = None) -> Any:
        """What the moderator does with the page that was opened before all else."""
        item = self.claim if kind is ItemKind.CLAIM else self.review
        wish = Decision(action, Reason.OTHER, "We read it.", self.stamps[item], target)
        return lambda db: moderation_service.decide(db, self.mod, kind, item, wish, SITE, NOW)


def set_up(database: Database) -> Scene:
    """The same scene in any empty database."""
    with database.writing() as db:
        group, other = add_group(db), add_group(db, "other", name="Hill Songs")
        publish(db, group, draft(1), "first@example.org")
        review = held(db, group, draft(2, words=SEEN), PARENT)
        manage = manage_tokens(db)[-1]
        newer = submit(db, group, draft(4, words=NEWER), PARENT)
        elsewhere = submit(db, other, draft(3), PARENT)
        elsewhere_id = reviews_service.find_by_token(db, elsewhere, NOW).id
        people = [_account(db, email) for email in (PARENT, ANNA, BEN)]
        organiser = db.exec(select(GroupRow.organiser_id).where(col(GroupRow.id) == group)).one()
        editors.add(db, organiser, people[1].id, NOW)
        db.commit()
        claimed, mod = claim(db, group, "q@example.org"), moderator(db)
        moderator(db, "second@example.org")
        stamps = {
            review.id: found(db, ItemKind.REVIEW, review.id).stamp,
            claimed: found(db, ItemKind.CLAIM, claimed).stamp,
        }
        tokens = manage, newer, elsewhere, elsewhere_id
        return Scene(group, other, review.id, claimed, *people, mod, *tokens, stamps)


def _account(db: Db, email: str) -> Account:
    return Account(accounts_queries.id_for(db, email, NOW), email, is_moderator=False)


def _edit(scene: Scene) -> Callable[[Db], object]:
    def edit(db: Db) -> None:
        its = organise_service.own(db, scene.anna.id, scene.group)
        changed = replace(its.draft, cost=Cost(CostKind.EACH_TIME, 250))
        organise_service.edit(db, scene.anna.id, scene.group, changed, 1, NOW)

    return edit


DEEDS: dict[str, Callable[[Scene], Callable[[Db], object]]] = {
    "publish": lambda scene: scene.decide(ItemKind.REVIEW, Action.PUBLISH),
    "hide": lambda scene: scene.decide(ItemKind.REVIEW, Action.HIDE),
    "move": lambda scene: scene.decide(ItemKind.REVIEW, Action.MOVE, scene.other),
    "suspend": lambda scene: scene.decide(ItemKind.REVIEW, Action.SUSPEND),
    "accept": lambda scene: scene.decide(ItemKind.CLAIM, Action.ACCEPT),
    "change": lambda scene: (
        lambda db: reviews_service.change(db, scene.manage, draft(5, words=UNSEEN), NOW)
    ),
    "withdraw": lambda scene: lambda db: reviews_service.withdraw(db, scene.manage, NOW),
    "confirm": lambda scene: lambda db: reviews_service.confirm(db, scene.newer, SITE, NOW),
    "confirm elsewhere": lambda scene: (
        lambda db: reviews_service.confirm(db, scene.elsewhere, SITE, NOW)
    ),
    "delete": lambda scene: (
        lambda db: my_account_service.delete_account(db, scene.parent, NOW, keep_reviews=True)
    ),
    "claim": lambda scene: (
        lambda db: claims_service.claim(
            db, scene.ben, scene.group, "I lead it for the library.", NOW
        )
    ),
    "end": lambda scene: (
        lambda db: upkeep_service.set_state(db, scene.anna.id, scene.group, Wish.END, NOW)
    ),
    "edit": _edit,
}


def told(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """How everything stands, without ids: the same for the same deeds in the same order."""
    with database.writing() as db:
        rows = {
            "groups": db.exec(select(GroupRow)).all(),
            "reviews": db.exec(select(ReviewRow)).all(),
            "claims": db.exec(select(ClaimRow)).all(),
            "log": db.exec(select(ModerationLogRow)).all(),
            "accounts": db.exec(select(AccountRow)).all(),
            "letters": db.exec(select(OutboxRow)).all(),
            "editors": [*db.exec(select(EditorRow)), *db.exec(select(GroupEditorRow))],
        }
        names = {
            "groups": ("ref", "state", "version", "cost_label", "talking_level", *REPORTS),
            "reviews": ("state", "level", "words", "is_looked_at", "pending_email"),
            "claims": ("state",),
            "log": ("item_kind", "action"),
            "accounts": ("email",),
            "letters": ("recipient", "subject"),
            "editors": ("since_at",),
        }
        return {
            kind: sorted(tuple(str(getattr(row, name)) for name in names[kind]) for row in some)
            for kind, some in rows.items()
        }


REPORTS = tuple(f"reports_{level}" for level in range(1, 6))
