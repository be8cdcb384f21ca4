"""Queries on what the public sees of a group's reviews: seasons, words, advice, counts."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.reviews import (
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
from finder.domain.vocabulary import ListingState, TalkingLevel
from finder.store.database import Db
from finder.store.group_drafts import drafts_of
from finder.store.search_columns import answers_from
from finder.store.tables import GroupFactRow, GroupRow, VenueRow
from finder.store.tables_people import ReviewRow

MOST_ADVICE = 5
_LEVELS = tuple(TalkingLevel)


def group_to_review(db: Db, group_id: UUID) -> ReviewedGroup | None:
    """A published group, and the six questions to ask about it; None where there is none."""
    found = db.exec(
        select(GroupRow, VenueRow.name)
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(col(GroupRow.id) == group_id, col(GroupRow.state) == ListingState.PUBLISHED)
    ).first()
    if found is None:
        return None
    group, venue_name = found
    draft = drafts_of(db, [group_id])[group_id]
    said = {**draft.facts, **draft.venue.facts}
    rows = db.exec(select(GroupFactRow).where(col(GroupFactRow.group_id) == group_id))
    counts = {row.fact: (row.parents_yes, row.parents_no) for row in rows}
    answers = answers_from(said, counts)
    return ReviewedGroup(group.id, group.name, venue_name, questions_for(answers))


def page_of(db: Db, group_id: UUID, page: int) -> ReviewsPage:
    """One page of a group's reviews, newest visits first; a page past the last gives the last.

    Below the third published review there are no reviews in it, nor advice.
    """
    is_shown = sa.and_(
        col(ReviewRow.group_id) == group_id, col(ReviewRow.state) == ReviewState.PUBLISHED
    )
    again = col(ReviewRow.would_go_again)
    count, yes, no = db.execute(
        sa.select(
            sa.func.count(),
            sa.func.count().filter(again.is_(True)),
            sa.func.count().filter(again.is_(False)),
        ).where(is_shown)
    ).one()
    if count < FEWEST_TO_SHOW:
        return ReviewsPage(published=count)
    page = max(1, min(page, -(-count // REVIEWS_A_PAGE)))
    newest = (
        col(ReviewRow.visit_year).desc(),
        col(ReviewRow.visit_month).desc(),
        col(ReviewRow.published_at).desc(),
        col(ReviewRow.id),
    )
    rows = select(ReviewRow).where(is_shown).order_by(*newest)
    has_advice = sa.and_(col(ReviewRow.advice) != "", col(ReviewRow.print_words).is_(True))
    return ReviewsPage(
        published=count,
        page=page,
        reviews=_shown(db, rows.offset((page - 1) * REVIEWS_A_PAGE).limit(REVIEWS_A_PAGE)),
        advice=_shown(db, rows.where(has_advice).limit(MOST_ADVICE)),
        again_yes=yes,
        again_no=no,
    )


def _shown(db: Db, rows: Any) -> tuple[ShownReview, ...]:
    return tuple(
        ShownReview(
            season(Visit(row.visit_year, row.visit_month)),
            _LEVELS[row.level - 1],
            row.words if row.print_words else "",
            row.advice if row.print_words else "",
            row.id,
        )
        for row in db.exec(rows)
    )
