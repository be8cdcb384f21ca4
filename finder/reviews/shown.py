"""Queries on what the public sees of a group's reviews: seasons, words, advice, counts."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.vocabulary import ListingState, TalkingLevel
from finder.listings.row_values import facts_known
from finder.listings.tables import GroupRow, VenueRow
from finder.platform.db.database import Db
from finder.reviews.rules import (
    FEWEST_TO_SHOW,
    REVIEWS_A_PAGE,
    ReviewedGroup,
    ReviewsPage,
    ReviewState,
    ShownReview,
    Visit,
    questions_for,
    season,
)
from finder.reviews.tables import ReviewRow

MOST_ADVICE = 5
_LEVELS = tuple(TalkingLevel)


def group_to_review(db: Db, group_id: UUID) -> ReviewedGroup | None:
    """A published group, and the six questions to ask about it; None where there is none."""
    found = db.exec(
        select(GroupRow.name, GroupRow.venue_id, VenueRow.name)
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(col(GroupRow.id) == group_id, col(GroupRow.state) == ListingState.PUBLISHED)
    ).first()
    if found is None:
        return None
    name, venue_id, venue_name = found
    questions = questions_for(facts_known(db, group_id, venue_id))
    return ReviewedGroup(group_id, name, venue_name, questions)


def page_of(db: Db, group_id: UUID, page: int = 1) -> ReviewsPage:
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


def _shown(row: ReviewRow) -> ShownReview:
    return ShownReview(
        season(Visit(row.visit_year, row.visit_month)),
        _LEVELS[row.level - 1],
        row.words if row.print_words else "",
        row.advice if row.print_words else "",
        row.id,
    )


_IS_SHOWN = sa.and_(
    col(ReviewRow.group_id) == sa.bindparam("group_id"),
    col(ReviewRow.state) == ReviewState.PUBLISHED,
)
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
