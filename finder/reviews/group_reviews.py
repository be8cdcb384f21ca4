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
from finder.domain.talking.rating import Report
from finder.domain.vocabulary import TalkingLevel
from finder.listings.search_columns import Heard
from finder.listings.tables import GroupRow
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
_LEVELS = tuple(TalkingLevel)


def reviews_of(db: Db, group_id: UUID, page: int = 1) -> ReviewsPage:
    """One page of a group's reviews, newest visits first; a page past the last gives the last.

    Below the third published review there are no reviews in it, nor advice.
    """
    count, yes, no = db.execute(_COUNTS, {"group_id": group_id}).one()
    if count < FEWEST_TO_SHOW:
        return ReviewsPage(published=count)
    page = max(1, min(page, -(-count // REVIEWS_A_PAGE)))
    first = {"group_id": group_id, "first": (page - 1) * REVIEWS_A_PAGE}
    return ReviewsPage(
        published=count,
        page=page,
        reviews=tuple(_shown(row) for row in db.exec(_REVIEWS, params=first)),
        advice=tuple(_shown(row) for row in db.exec(_ADVICE, params={"group_id": group_id})),
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
    for group_id, level, year, month in db.execute(
        sa.select(
            col(ReviewRow.group_id),
            col(ReviewRow.level),
            col(ReviewRow.visit_year),
            col(ReviewRow.visit_month),
        ).where(is_counted)
    ):
        reports[group_id].append((level, float(Visit(year, month).age_days(today))))
    facts: dict[UUID, dict[Fact, tuple[int, int]]] = defaultdict(dict)
    for group_id, fact, is_yes, count in db.execute(
        sa.select(
            col(ReviewRow.group_id),
            col(ReviewFactRow.fact),
            col(ReviewFactRow.is_yes),
            sa.func.count(),
        )
        .join(ReviewFactRow, col(ReviewFactRow.review_id) == col(ReviewRow.id))
        .where(is_counted)
        .group_by(col(ReviewRow.group_id), col(ReviewFactRow.fact), col(ReviewFactRow.is_yes))
    ):
        yes, no = facts[group_id].get(fact, (0, 0))
        facts[group_id][fact] = (yes + count, no) if is_yes else (yes, no + count)
    return {group_id: Heard(tuple(reports[group_id]), dict(facts[group_id])) for group_id in ids}


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

    Alone where no other mailbox wrote from there.
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
    days = {london_day(at) for at, _ in rows}
    return Pattern(len(rows), len({box for _, box in rows}), (max(days) - min(days)).days + 1)


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


def _shown(row: ReviewRow) -> ShownReview:
    return ShownReview(
        season(Visit(row.visit_year, row.visit_month)),
        _LEVELS[row.level - 1],
        row.words if row.print_words else "",
        row.advice if row.print_words else "",
        row.id,
    )


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
_COUNTS = sa.select(
    sa.func.count(),
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
_REVIEWS = _NEWEST.offset(sa.bindparam("first", type_=sa.Integer())).limit(REVIEWS_A_PAGE)
_ADVICE = _NEWEST.where(col(ReviewRow.advice) != "", col(ReviewRow.print_words).is_(True)).limit(
    MOST_ADVICE
)


def lock_groups(db: Db, group_ids: Iterable[UUID]) -> None:
    """Let others wait who change reviews of the same groups, always in the same order."""
    db.exec(
        select(GroupRow.id)
        .where(col(GroupRow.id).in_(sorted(group_ids)))
        .order_by(col(GroupRow.id))
        .with_for_update()
    ).all()
