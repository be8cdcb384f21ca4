"""Queries on all reviews of a group: what the public sees, what counts, what rules compare with."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from finder.accounts.queries import of_same_mailbox
from finder.accounts.tables import AccountRow
from finder.domain.facts import Fact
from finder.domain.schedule.sessions import london_day
from finder.domain.talking.evidence import counts_of
from finder.domain.talking.model import Report
from finder.listings.search_columns import Heard
from finder.platform.db.database import Db
from finder.reviews.hold_rules import SHORTEST_COPY, Pattern
from finder.reviews.rules import (
    FEWEST_TO_SHOW,
    REVIEWS_A_PAGE,
    ReviewsPage,
    ReviewState,
    ShownReview,
    Visit,
    season,
)
from finder.reviews.tables import ReviewFactRow, ReviewRow
from finder.reviews.word_lists import ALSO_STRONG
from finder.settings import shipped

MOST_ADVICE = 5
WORD_LIST = "words/strong.txt"
MOST_COMPARED = 2_000
_DAY = timedelta(days=1)


def reviews_of(db: Db, group_id: UUID, page: int = 1) -> ReviewsPage:
    """One page of a group's reviews with words, newest visits first; past the last, the last.

    Below the third published review there are no reviews in it, nor advice.
    """
    count, with_words, yes, no = db.execute(_COUNTS, {"group_id": group_id}).one()
    if count < FEWEST_TO_SHOW:
        return ReviewsPage(published=count)
    page = max(1, min(page, -(-with_words // REVIEWS_A_PAGE)))
    first = {"group_id": group_id, "first": (page - 1) * REVIEWS_A_PAGE}
    advice = db.exec(_ADVICE, params={"group_id": group_id})
    return ReviewsPage(
        published=count,
        with_words=with_words,
        page=page,
        reviews=tuple(_shown(row, row.words) for row in db.exec(_REVIEWS, params=first)),
        advice=tuple(_shown(row, row.advice) for row in advice),
        again_yes=yes,
        again_no=no,
    )


def heard_of(db: Db, group_id: UUID, today: date) -> Heard:
    """All that parents answered about one group, in its published reviews."""
    return heard_of_each(db, [group_id], today)[group_id]


def heard_of_each(db: Db, group_ids: Iterable[UUID], today: date) -> dict[UUID, Heard]:
    """The same for some hundreds of groups, in two queries. Reports' ages are in days."""
    ids = list(group_ids)
    is_counted = sa.and_(IS_COUNTED, col(ReviewRow.group_id).in_(ids))
    reports: dict[UUID, list[Report]] = defaultdict(list)
    first: dict[UUID, list[int]] = defaultdict(list)
    for group_id, level, year, month, was_first in db.execute(
        sa.select(
            col(ReviewRow.group_id),
            col(ReviewRow.level),
            col(ReviewRow.visit_year),
            col(ReviewRow.visit_month),
            col(ReviewRow.was_first_time),
        ).where(is_counted)
    ):
        reports[group_id].append((level, float(Visit(year, month).age_days(today))))
        if was_first:
            first[group_id].append(level)
    facts, facts_on = _facts_of_each(db, is_counted)
    return {
        group_id: Heard(
            tuple(reports[group_id]),
            facts[group_id],
            counts_of(first[group_id]),
            facts_on[group_id],
        )
        for group_id in ids
    }


def _facts_of_each(
    db: Db, is_counted: sa.ColumnElement[bool]
) -> tuple[dict[UUID, dict[Fact, tuple[int, int]]], dict[UUID, dict[Fact, date]]]:
    """The counts of answers to each fact, and when the newest is from, by group."""
    facts: dict[UUID, dict[Fact, tuple[int, int]]] = defaultdict(dict)
    facts_on: dict[UUID, dict[Fact, date]] = defaultdict(dict)
    month = sa.func.max(col(ReviewRow.visit_year) * 12 + col(ReviewRow.visit_month) - 1)
    keys = (col(ReviewRow.group_id), col(ReviewFactRow.fact), col(ReviewFactRow.is_yes))
    for group_id, fact, is_yes, count, newest in db.execute(
        sa.select(*keys, sa.func.count(), month)
        .join(ReviewFactRow, col(ReviewFactRow.review_id) == col(ReviewRow.id))
        .where(is_counted)
        .group_by(*keys)
    ):
        yes, no = facts[group_id].get(fact, (0, 0))
        facts[group_id][fact] = (yes + count, no) if is_yes else (yes, no + count)
        on = Visit(newest // 12, newest % 12 + 1).middle
        facts_on[group_id][fact] = max(on, facts_on[group_id].get(fact, on))
    return facts, facts_on


def published_before(db: Db, account_id: UUID) -> int:
    """How many reviews of a person, by any address of one mailbox, were let through, and stand."""
    is_fine = col(ReviewRow.state) == ReviewState.PUBLISHED
    return _count(db, col(ReviewRow.account_id).in_(of_same_mailbox(account_id)), is_fine)


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
                IS_COUNTED,
            )
        )
    )


def network_pattern(db: Db, review_id: UUID) -> Pattern:
    """The reviews of the same group that came from the same network, while its mark is kept.

    Empty where no other mailbox wrote from there.
    """
    own = db.exec(
        select(ReviewRow.group_id, ReviewRow.network_mark).where(col(ReviewRow.id) == review_id)
    ).first()
    if own is None or own[1] is None:
        return Pattern()
    rows = db.execute(
        sa.select(
            col(ReviewRow.created_at),
            sa.func.coalesce(col(AccountRow.mailbox), sa.cast(col(ReviewRow.id), sa.String())),
        )
        .outerjoin(AccountRow, col(AccountRow.id) == col(ReviewRow.account_id))
        .where(
            col(ReviewRow.group_id) == own[0],
            col(ReviewRow.network_mark) == own[1],
            (col(ReviewRow.state) != ReviewState.UNCONFIRMED) | (col(ReviewRow.id) == review_id),
        )
    ).all()
    mailboxes = {box for _, box in rows}
    if len(mailboxes) < 2:
        return Pattern()
    days = {london_day(at) for at, _ in rows}
    return Pattern(len(rows), len(mailboxes), (max(days) - min(days)).days + 1)


def count_in_a_day(db: Db, group_id: UUID, review_id: UUID, now: datetime) -> int:
    """How many other reviews of a group were confirmed in the last day."""
    is_recent = col(ReviewRow.confirmed_at) > now - _DAY
    others = col(ReviewRow.id) != review_id
    return _count(db, col(ReviewRow.group_id) == group_id, others, is_recent)


@cache
def strong_words() -> frozenset[str]:
    """The list of strong words (npm's cuss) and ours; ours alone where the list was not built, as
    `finder check` tells.
    """
    path = shipped("vendor") / WORD_LIST
    found = path.read_text().split("\n") if path.exists() else []
    return (ALSO_STRONG | frozenset(found)) - {""}


def _count(db: Db, *where: sa.ColumnElement[bool]) -> int:
    return db.exec(select(sa.func.count()).select_from(ReviewRow).where(*where)).one()


def _shown(row: ReviewRow, words: str) -> ShownReview:
    return ShownReview(season(Visit(row.visit_year, row.visit_month)), words, row.id)


def _is_outdone() -> sa.ColumnElement[bool]:
    """Whether the same mailbox has told of the group anew, by another of its addresses."""
    later, author, own = aliased(ReviewRow), aliased(AccountRow), aliased(AccountRow)
    told_at, before = (
        sa.func.coalesce(col(row.confirmed_at), col(row.created_at)) for row in (later, ReviewRow)
    )
    is_later = (told_at > before) | ((told_at == before) & (col(later.id) > col(ReviewRow.id)))
    return sa.exists().where(
        col(later.group_id) == col(ReviewRow.group_id),
        col(later.state) == ReviewState.PUBLISHED,
        is_later,
        col(author.id) == col(later.account_id),
        col(own.id) == col(ReviewRow.account_id),
        col(author.mailbox) == col(own.mailbox),
    )


IS_COUNTED = sa.and_(col(ReviewRow.state) == ReviewState.PUBLISHED, ~_is_outdone())
"""Whether a review counts: published, and its mailbox's newest of the group."""
_IS_SHOWN = sa.and_(col(ReviewRow.group_id) == sa.bindparam("group_id"), IS_COUNTED)
_AGAIN = col(ReviewRow.would_go_again)
_HAS_WORDS = sa.and_(col(ReviewRow.words) != "", col(ReviewRow.print_words).is_(True))
_COUNTS = sa.select(
    sa.func.count(),
    sa.func.count().filter(_HAS_WORDS),
    sa.func.count().filter(_AGAIN.is_(True)),
    sa.func.count().filter(_AGAIN.is_(False)),
).where(_IS_SHOWN)
_NEWEST = (
    select(ReviewRow)
    .where(_IS_SHOWN)
    .order_by(
        col(ReviewRow.visit_year).desc(),
        col(ReviewRow.visit_month).desc(),
        col(ReviewRow.published_at).desc(),
        col(ReviewRow.id),
    )
)
_REVIEWS = (
    _NEWEST.where(_HAS_WORDS)
    .offset(sa.bindparam("first", type_=sa.Integer()))
    .limit(REVIEWS_A_PAGE)
)
_ADVICE = _NEWEST.where(col(ReviewRow.advice) != "", col(ReviewRow.print_words).is_(True)).limit(
    MOST_ADVICE
)
