"""What an account's own page shows."""

from dataclasses import dataclass
from uuid import UUID

from finder.domain.vocabulary import TalkingLevel
from finder.reviews.rules import ReviewState


@dataclass(frozen=True)
class MyReview:
    """One line of somebody's own reviews."""

    group_id: UUID
    group_name: str
    venue_name: str
    level: TalkingLevel
    state: ReviewState
    is_listed: bool
