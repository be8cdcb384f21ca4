"""A parent's review: what it holds, where it may stand, which questions to ask, how it shows.

A review is shown with a season, never a month: in a group of eight, "visited in May" names
one person (product.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from finder.domain.facts import Fact
from finder.domain.refused import Refused
from finder.domain.vocabulary import Labelled, TalkingLevel
from finder.platform.retention import DAY, RetentionRule
from finder.reviews.hold_rules import what_to_leave_out

LONGEST_WORDS = 1_000
LONGEST_ADVICE = 300
OLDEST_VISIT_MONTHS = 24
FEWEST_TO_SHOW = 3
"""Words and counts of a group appear only with its third published review."""
REVIEWS_A_PAGE = 10


class BabyAge(Labelled):
    """How old the baby was, in bands too wide to name anybody."""

    BUMP = "bump", "Not born yet"
    UNDER_6_MONTHS = "under_6_months", "Under 6 months"
    UNDER_1 = "under_1", "6 to 11 months"
    UNDER_2 = "under_2", "1 year"
    UNDER_5 = "under_5", "2 to 4 years"


class ReviewState(Labelled):
    """Where a review stands. Only published ones count and are shown."""

    UNCONFIRMED = "unconfirmed", "Waiting for its email link"
    HELD = "held", "Waiting for a moderator"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn by its author"
    HIDDEN = "hidden", "Hidden by a moderator"


MOVES: Mapping[ReviewState, frozenset[ReviewState]] = {
    ReviewState.UNCONFIRMED: frozenset({ReviewState.HELD, ReviewState.PUBLISHED}),
    ReviewState.HELD: frozenset({ReviewState.PUBLISHED, ReviewState.HIDDEN, ReviewState.WITHDRAWN}),
    ReviewState.PUBLISHED: frozenset({ReviewState.HELD, ReviewState.HIDDEN, ReviewState.WITHDRAWN}),
    # An author cannot lift what a moderator hid, neither by withdrawing nor by writing anew.
    ReviewState.HIDDEN: frozenset({ReviewState.HELD, ReviewState.PUBLISHED}),
    ReviewState.WITHDRAWN: frozenset({ReviewState.HELD, ReviewState.PUBLISHED}),
}
"""Where a review may go from where it stands. Staying is always allowed."""


def move(old: ReviewState, new: ReviewState) -> ReviewState:
    """The new state. Refuses a move that the table of states does not have."""
    if new is not old and new not in MOVES[old]:
        raise Refused("state", f"A review that is {old.value} can’t become {new.value}")
    return new


def state_once_confirmed(earlier: ReviewState | None, *, is_held: bool = False) -> ReviewState:
    """Where a confirmed review goes, given the state of its author's earlier one of this group.

    Somebody whose review a moderator holds or has hidden can't publish past the moderator.
    is_held: whether a rule holds it (hold_rules.py).
    """
    if is_held or earlier in {ReviewState.HELD, ReviewState.HIDDEN}:
        return ReviewState.HELD
    return ReviewState.PUBLISHED


@dataclass(frozen=True)
class Visit:
    """The month of a visit. Kept for the rating's fading; shown only as a season."""

    year: int
    month: int

    def __post_init__(self) -> None:
        """Refuse what is no month."""
        if not (1 <= self.month <= 12 and 2000 <= self.year <= 2200):
            raise Refused("visit", "Choose the month of your visit")

    @property
    def middle(self) -> date:
        """The day from which the review's age is counted."""
        return date(self.year, self.month, 15)

    def months_before(self, today: date) -> int:
        """How many calendar months ago; negative in the future."""
        return (today.year - self.year) * 12 + today.month - self.month

    def age_days(self, today: date) -> int:
        """Days since the middle of the month, never below 0."""
        return max(0, (today - self.middle).days)


def recent_visits(today: date) -> tuple[Visit, ...]:
    """The months that may be chosen, newest first."""
    newest = today.year * 12 + today.month - 1
    return tuple(
        Visit((newest - back) // 12, (newest - back) % 12 + 1)
        for back in range(OLDEST_VISIT_MONTHS + 1)
    )


def season(visit: Visit) -> str:
    """The season in words: "spring 2026"; a winter names both of its years."""
    if visit.month in {12, 1, 2}:
        first = visit.year if visit.month == 12 else visit.year - 1
        return f"winter {first} to {first + 1}"
    name = {3: "spring", 4: "spring", 5: "spring", 6: "summer", 7: "summer", 8: "summer"}
    return f"{name.get(visit.month, 'autumn')} {visit.year}"


@dataclass(frozen=True)
class ReviewAnswers:
    """What one parent says of one group. None means that the parent skipped the question.

    print_words False is "count me, but don't print my words".
    """

    level: TalkingLevel
    visit: Visit
    facts: Mapping[Fact, bool] = field(default_factory=dict)
    came_alone: bool | None = None
    baby_age: BabyAge | None = None
    was_first_time: bool | None = None
    would_go_again: bool | None = None
    words: str = ""
    advice: str = ""
    print_words: bool = True


@dataclass(frozen=True)
class ReviewDraft(ReviewAnswers):
    """The same, as a valid wish: refuses nonsense when made.

    today is the day of writing: a visit is not in the future, nor more than 24 months back.
    What was kept earlier is only `ReviewAnswers`: a rule that is new must not make it unreadable.
    """

    today: date = field(kw_only=True)

    def __post_init__(self) -> None:
        """Refuse a visit that can't be, and words that name or trace somebody."""
        ago = self.visit.months_before(self.today)
        if ago < 0:
            raise Refused("visit", "Choose a month that has begun")
        if ago > OLDEST_VISIT_MONTHS:
            raise Refused("visit", "Choose a month in the last two years: groups change")
        for name, longest in (("words", LONGEST_WORDS), ("advice", LONGEST_ADVICE)):
            check_words(name, getattr(self, name), longest)


def check_words(field_name: str, text: str, longest: int) -> None:
    """Refuse text that is too long, or that names or traces somebody."""
    if len(text) > longest:
        raise Refused(field_name, f"Use {longest:,} characters or fewer. You have {len(text):,}.")
    kind = what_to_leave_out(text)
    if kind is not None:
        raise Refused(field_name, kind)


def parents_in_words(count: int) -> str:
    """How many parents, never telling one from two: "one or two parents", "7 parents"."""
    if count == 0:
        return "no parents yet"
    return "one or two parents" if count < FEWEST_TO_SHOW else f"{count} parents"


@dataclass(frozen=True)
class ShownReview:
    """The words of one review as the public sees them, with a season. id: to report it.

    Never a level or a first visit: those are only counted, so that nobody can tell who said what.
    """

    season: str
    words: str
    id: UUID


@dataclass(frozen=True)
class ReviewsPage:
    """What parents said of one group. Empty of words below three published reviews.

    published: all that count; with_words: how many of them have words to show.
    """

    published: int = 0
    with_words: int = 0
    page: int = 1
    reviews: tuple[ShownReview, ...] = ()
    advice: tuple[ShownReview, ...] = ()
    again_yes: int = 0
    again_no: int = 0

    @property
    def pages(self) -> int:
        """How many pages of reviews there are, at least one."""
        return max(1, -(-self.with_words // REVIEWS_A_PAGE))

    @property
    def parents(self) -> str:
        """How many parents, in words."""
        return parents_in_words(self.published)

    @property
    def are_shown(self) -> bool:
        """Whether there are enough of them that none can be traced."""
        return self.published >= FEWEST_TO_SHOW


@dataclass(frozen=True)
class OwnReview:
    """A review as its author sees it behind an emailed link."""

    id: UUID
    group_id: UUID
    group_name: str
    venue_name: str
    state: ReviewState
    answers: ReviewAnswers
    created_at: datetime
    account_id: UUID | None
    pending_email: str | None


@dataclass(frozen=True)
class ReviewedGroup:
    """What the review page says of its group, and asks about it."""

    public_id: UUID
    name: str
    venue_name: str
    questions: tuple[Fact, ...]


UNCONFIRMED = RetentionRule("unconfirmed", "Reviews that nobody confirmed", 7 * DAY, "7 days")
