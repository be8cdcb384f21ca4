"""A listing of a feed: one that we can take, or the reason why we can't."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from finder.domain.groups import GroupDraft
from finder.domain.vocabulary import Labelled

LONGEST_SOURCE_ID = 250


class Skipped(Labelled):
    """Why a listing of a feed was not taken."""

    NOT_FOR_THEM = "not_for_them", "not a group for under-fives"
    NOT_RUNNING = "not_running", "not running any more"
    NO_POSTCODE = "no_postcode", "no postcode that we know"
    NO_SCHEDULE = "no_schedule", "no day and time to come"
    NO_PRICE = "no_price", "the price can’t be told"
    ALREADY_HERE = "already_here", "its organiser has listed it here already"
    BROKEN = "broken", "it can’t be read"


class Taken(Labelled):
    """What was done with a listing of a feed."""

    ADDED = "added", "added"
    CHANGED = "changed", "changed"
    UNCHANGED = "unchanged", "left as it was"
    KEPT = "kept", "kept as somebody changed it here"
    ENDED = "ended", "ended, since it is gone from the feed"
    SKIPPED = "skipped", "skipped"


@dataclass(frozen=True)
class Offer:
    """One listing of a feed: a draft, or why there is none.

    source_id: the feed's id for it, the same at every run. location_id: the feed's for its venue.
    """

    source_id: str
    name: str
    draft: GroupDraft | None = None
    why: Skipped | None = None
    location_id: str = ""

    @property
    def digest(self) -> str:
        """The same as long as the draft is."""
        draft = self.draft
        if draft is None:
            return ""
        facts = sorted(draft.facts.items()), sorted(draft.venue.facts.items())
        words = repr((_without_sets(draft), facts, sorted(draft.other_formats)))
        return sha256(words.encode()).hexdigest()


def _without_sets(draft: GroupDraft) -> list[tuple[str, object]]:
    """In an order that does not depend on how Python hashes."""
    left_out = {"facts", "other_formats", "venue"}
    whole = [(name, value) for name, value in vars(draft).items() if name not in left_out]
    venue = [(name, value) for name, value in vars(draft.venue).items() if name != "facts"]
    return whole + venue


@dataclass(frozen=True)
class FeedPage:
    """One page of a feed, read. of: how many pages it seems to have."""

    number: int
    of: int
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class FeedReport:
    """What a run did. is_resumed: it went on where another stopped. is_empty: the feed was empty.

    A run of an empty feed ends no listings.
    """

    taken: Mapping[Taken, int] = field(default_factory=dict)
    skipped: Mapping[Skipped, int] = field(default_factory=dict)
    is_resumed: bool = False
    is_empty: bool = False
