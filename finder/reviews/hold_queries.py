"""What the rules that hold reviews need to know of others, and which of them held one."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.platform.db.database import Db
from finder.reviews.hold_rules import SHORTEST_COPY, Rule
from finder.reviews.rules import ReviewState
from finder.reviews.strong_words import ALSO
from finder.reviews.tables import ReviewHoldRow, ReviewRow
from finder.settings import shipped

WORD_LIST = "words/strong.txt"
MOST_COMPARED = 2_000
_DAY = timedelta(days=1)


@cache
def strong_words() -> frozenset[str]:
    """The list of strong words (npm's cuss) and ours; ours alone where the list was not built, as
    `finder check` tells.
    """
    path = shipped("vendor") / WORD_LIST
    found = path.read_text().split("\n") if path.exists() else []
    return (ALSO | frozenset(found)) - {""}


def published_before(db: Db, account_id: UUID) -> int:
    """How many reviews of an account were let through, and stand."""
    is_fine = col(ReviewRow.state) == ReviewState.PUBLISHED
    return _count(db, col(ReviewRow.account_id) == account_id, is_fine)


def words_of_others(db: Db, review_id: UUID) -> tuple[str, ...]:
    """What other reviews say, the newest 2,000 that are long enough to be a copy of."""
    text = col(ReviewRow.words) + " " + col(ReviewRow.advice)
    found = db.exec(
        select(text)
        .where(
            col(ReviewRow.id) != review_id,
            col(ReviewRow.state) != ReviewState.UNCONFIRMED,
            sa.func.length(text) >= SHORTEST_COPY,
        )
        .order_by(col(ReviewRow.created_at).desc())
        .limit(MOST_COMPARED)
    )
    return tuple(words.strip() for words in found)


def levels_of_others(db: Db, group_id: UUID, review_id: UUID) -> tuple[int, ...]:
    """The levels that other published reviews of a group say."""
    return tuple(
        db.exec(
            select(ReviewRow.level).where(
                col(ReviewRow.group_id) == group_id,
                col(ReviewRow.id) != review_id,
                col(ReviewRow.state) == ReviewState.PUBLISHED,
            )
        )
    )


def count_in_a_day(db: Db, group_id: UUID, review_id: UUID, now: datetime) -> int:
    """How many other reviews of a group were confirmed in the last day."""
    is_recent = col(ReviewRow.confirmed_at) > now - _DAY
    others = col(ReviewRow.id) != review_id
    return _count(db, col(ReviewRow.group_id) == group_id, others, is_recent)


def is_looked_at(db: Db, review_id: UUID) -> bool:
    """Whether a moderator has ever decided on a review."""
    query = select(ReviewRow.is_looked_at).where(col(ReviewRow.id) == review_id)
    return bool(db.exec(query).first())


def mark_looked_at(db: Db, review_id: UUID) -> None:
    """Keep that a moderator has decided on a review; the caller commits."""
    where = col(ReviewRow.id) == review_id
    db.exec(sa.update(ReviewRow).where(where).values(is_looked_at=True))


def network_of(db: Db, review_id: UUID) -> str | None:
    """The mark of the network that a review came from, while it is kept."""
    return db.exec(select(ReviewRow.network_mark).where(col(ReviewRow.id) == review_id)).first()


def set_network(db: Db, review_id: UUID, mark: str | None) -> None:
    """Keep by which network a review came."""
    where = col(ReviewRow.id) == review_id
    db.exec(sa.update(ReviewRow).where(where).values(network_mark=mark or None))


def rules_of(db: Db, review_id: UUID) -> tuple[Rule, ...]:
    """The rules that held a review, in the order of their list."""
    query = select(ReviewHoldRow.rule).where(col(ReviewHoldRow.review_id) == review_id)
    found = set(db.exec(query))
    return tuple(rule for rule in Rule if rule in found)


def note(db: Db, review_id: UUID, rules: Iterable[Rule]) -> None:
    """Keep which rules hold a review, in place of those that held it before."""
    db.exec(sa.delete(ReviewHoldRow).where(col(ReviewHoldRow.review_id) == review_id))
    db.add_all(ReviewHoldRow(review_id=review_id, rule=rule) for rule in rules)
    db.flush()


def _count(db: Db, *where: Any) -> int:
    return db.exec(select(sa.func.count()).select_from(ReviewRow).where(*where)).one()
