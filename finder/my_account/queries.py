"""The reviews of one account, as its owner sees them."""

from uuid import UUID

from sqlmodel import col, select

from finder.domain.vocabulary import ListingState, TalkingLevel
from finder.listings.tables import GroupRow, VenueRow
from finder.my_account.rules import MyReview
from finder.platform.db.database import Db
from finder.reviews.tables import ReviewRow

_LEVELS = tuple(TalkingLevel)


def of_account(db: Db, account_id: UUID) -> tuple[MyReview, ...]:
    """Every review that an account confirmed, the one written last first."""
    rows = db.exec(
        select(ReviewRow, GroupRow.name, VenueRow.name, GroupRow.state)
        .join(GroupRow, col(GroupRow.id) == col(ReviewRow.group_id))
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(col(ReviewRow.account_id) == account_id)
        .order_by(col(ReviewRow.created_at).desc(), col(ReviewRow.id))
    )
    return tuple(
        MyReview(
            group_id=review.group_id,
            group_name=group_name,
            venue_name=venue_name,
            level=_LEVELS[review.level - 1],
            state=review.state,
            is_listed=state is ListingState.PUBLISHED,
        )
        for review, group_name, venue_name, state in rows
    )
