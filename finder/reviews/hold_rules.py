"""What holds a review until a moderator has read it. Nothing here removes anything.

Each rule is one function, named in the table at the end; a moderator is shown which rules held a
review, in the words of `Rule`. A site for one town that knows its parents can leave a line of the
table out, and the rule is gone.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from disposable_email_domains import blocklist
from rapidfuzz import fuzz

from finder.domain.vocabulary import Labelled
from finder.reviews.strong_words import ORDINARY
from finder.reviews.wording import emails, links, names, phones

MOST_IN_A_DAY = 5
"""More reviews of one group than this in a day are a burst: a group has some twenty families."""
SHORTEST_COPY = 25
COPIED = 90
"""Of 100: two texts this alike are one text with a word changed."""
FAR = 2
FEWEST_OTHERS = 3

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Rule(Labelled):
    """Why a review waits, as moderators and the rules page say it."""

    FIRST = "first", "It is the first review from this email address"
    NAMES = "names", "It may name a person, or holds a phone number, an email address or a link"
    STRONG = "strong", "It has a strong word in it"
    COPIED = "copied", "Its words are much like those of another review"
    BURST = "burst", "Many reviews of this group came within a day"
    SUSPENDED = "suspended", "Its email address or network is suspended"
    FAR = "far", "Its level is far from all others, and it has no words"
    DISPOSABLE = "disposable", "Its email address is one to throw away"
    CHANGED = "changed", "Its author changed it after a moderator looked at it"


@dataclass(frozen=True)
class Holdable:
    """A review as the rules see it, and what they need to know of others.

    published_before: how many of its author's reviews a moderator or the rules let through.
    others_words: texts of other reviews. other_levels: those published of the same group.
    in_a_day: how many reviews of the group were confirmed in the last day, this one among them.
    """

    text: str
    level: int
    email: str
    strong_words: Collection[str] = frozenset()
    published_before: int = 0
    others_words: Sequence[str] = ()
    other_levels: Sequence[int] = ()
    in_a_day: int = 1
    is_suspended: bool = False


def is_first(review: Holdable) -> bool:
    """Nobody has read anything of this author yet."""
    return review.published_before == 0


def names_or_reaches_somebody(review: Holdable) -> bool:
    """A name, phone number, email address or link. The form asks to leave them out; this is for
    what was written before the form asked, or came another way."""
    finds = (names, phones, emails, links)
    return any(next(found(review.text), None) is not None for found in finds)


def has_strong_words(review: Holdable) -> bool:
    """A word, or two or three in a row, that the word list is sure about."""
    return next(strong_words_in(review.text, review.strong_words), None) is not None


def is_copied(review: Holdable) -> bool:
    """Much the same words as another review's; short ones like "Lovely group" may be."""
    if len(review.text) < SHORTEST_COPY:
        return False
    own = review.text.casefold()
    return any(
        fuzz.ratio(own, other.casefold(), score_cutoff=COPIED) > 0 for other in review.others_words
    )


def is_in_a_burst(review: Holdable) -> bool:
    """More reviews of one group in a day than people would write."""
    return review.in_a_day > MOST_IN_A_DAY


def comes_from_somebody_suspended(review: Holdable) -> bool:
    """The address, or the network it was sent from, is suspended."""
    return review.is_suspended


def is_far_without_words(review: Holdable) -> bool:
    """Two levels or more from every other, of at least three, and not a word to say why."""
    others = review.other_levels
    is_far = all(abs(review.level - other) >= FAR for other in others)
    return len(others) >= FEWEST_OTHERS and is_far and not review.text.strip()


def has_disposable_address(review: Holdable) -> bool:
    """The address is of a service that gives addresses for ten minutes, by a list that is kept."""
    domain = review.email.rpartition("@")[2].lower()
    parts = domain.split(".")
    return any(".".join(parts[start:]) in blocklist for start in range(len(parts) - 1))


RULES: Mapping[Rule, Callable[[Holdable], bool]] = {
    Rule.FIRST: is_first,
    Rule.NAMES: names_or_reaches_somebody,
    Rule.STRONG: has_strong_words,
    Rule.COPIED: is_copied,
    Rule.BURST: is_in_a_burst,
    Rule.SUSPENDED: comes_from_somebody_suspended,
    Rule.FAR: is_far_without_words,
    Rule.DISPOSABLE: has_disposable_address,
}
"""Every rule that holds. Take a line out, and that rule holds nothing on your site."""


def rules_that_hold(review: Holdable) -> tuple[Rule, ...]:
    """All rules that a review meets, in the order of the table; none means: publish it."""
    return tuple(rule for rule, holds in RULES.items() if holds(review))


def strong_words_in(text: str, strong: Collection[str]) -> Iterator[str]:
    """Words of the list that stand in a text, as whole words; what parents say of babies passes."""
    words = [word.casefold() for word in _WORD.findall(text)]
    for size in (1, 2, 3):
        for start in range(len(words) - size + 1):
            found = " ".join(words[start : start + size])
            if found in strong and found not in ORDINARY:
                yield found
