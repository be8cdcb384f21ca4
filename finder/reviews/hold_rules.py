"""What a review's text may not say, and what holds a review until a moderator has read it.

The form refuses text that names or reaches somebody (`what_to_leave_out`). The rules for names are
few and readable, and rather miss a name than stop a review: one may say "Leith Library", "Miss
Polly" and "a Tuesday in May". Whoever is stopped reads what to leave out.

Every rule looks at the text as a person reads it (`domain/readable.py`): a number in other
digits is a number, and a name in letters that only look like ours is a name.

Each rule that holds is one function, named in the table RULES; it removes nothing. A moderator is
shown which rules held a review, in the words of `Rule`. A site for one town that knows its parents
can leave a line of the table out, and the rule is gone.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from disposable_email_domains import blocklist
from rapidfuzz import fuzz

from finder.domain.readable import as_read, emails, links, phones
from finder.domain.vocabulary import Labelled
from finder.reviews.word_lists import FIRST_NAMES, NOT_PEOPLE, ORDINARY

MOST_IN_A_DAY = 5
"""More reviews of one group than this in a day are a burst: a group has some twenty families."""
SHORTEST_COPY = 25
COPIED = 90
"""Of 100: two texts this alike are one text with a word changed."""
MOST_MAILBOXES = 2
"""From more mailboxes than this, one network tells of one group as one person could."""
FAR = 2
FEWEST_OTHERS = 3

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_NAME = r"[A-Z][a-z]+(?:[-'’][A-Z][a-z]+)?"
_TITLES = r"Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Rev|Revd|Reverend|Father|Sister|Pastor|Nurse|Auntie|Aunty"
_ROLES = (
    r"leader|host|librarian|teacher|organiser|volunteer|helper|instructor|manager|visitor|midwife"
    r"|vicar|nurse|lady|woman|man|girl|guy|mum|mother|dad|father|friend|receptionist|coordinator"
    r"|assistant|son|daughter|baby|toddler|husband|wife|partner|boss|caretaker|childminder|nanny"
)
_RUNS = (
    r"runs|leads|hosts|ran|led|hosted|organises|organised|welcomed|introduced|greeted|shouted"
    r"|teaches|taught"
)
_NAMES_SOMEBODY = (
    re.compile(rf"\b(?:{_TITLES})\.?\s+({_NAME})"),
    re.compile(rf"\b(?i:{_ROLES}),?\s+(?:is\s+|was\s+)?(?:(?:called|named)\s+)?({_NAME})"),
    re.compile(rf"\b(?i:name is|name was|name['’]s|called herself|called himself)\s+({_NAME})"),
    re.compile(rf"(?<![A-Za-z] )\b({_NAME})(?:\s+who)?\s+(?:{_RUNS})\b"),
    re.compile(rf"\b(?i:and|but|so|as|when|because|that)\s+({_NAME})(?:\s+who)?\s+(?:{_RUNS})\b"),
)
_ANY_NAME = re.compile(rf"\b({_NAME})\b")

_PLACE_WORDS = re.compile(
    r"\s+(?:Library|Hall|Church|Centre|Center|Street|Road|Lane|Avenue|Park|Square|House|Room|School"
    r"|Nursery|Caf[eé]|Museum|Pool|Chapel|Cathedral|Theatre|Cinema|Gardens?|Green|Hill|Wood|Court"
    r"|Terrace|Place|Bridge|Primary|Academy|Hospital|Farm|Island|Beach|Baths|Community|Children)\b"
)
_CHARACTERS = re.compile(
    r"Jack and Jill|Jack in the box|Jack-in-the-box|Jack and the Beanstalk|Wee Willie Winkie"
    r"|Bobby Shaftoe?|Peter Rabbit|Peter Pan|Thomas the Tank(?: Engine)?|Mary had a little lamb"
    r"|Mary,? Mary|Little Jack Horner|Tom,? Tom|Georgie Porgie|Lucy Locket|Polly put the kettle"
    r"|Miss Polly|Father Christmas|Mother Goose|Doctor Foster|Dr Foster|Mr Tumble|Mr Sun|Mr Men"
    r"|Little Miss|Winnie the Pooh|St\.? [A-Z][a-z]+(?:['’]?s)?|Saint [A-Z][a-z]+(?:['’]?s)?"
    r"|Peppa(?: Pig)?|Daddy Pig|Alice in Wonderland|Simon says|Frère Jacques|Brother Peter"
    r"|Two Little Dicky Birds|Happy Birthday",
    re.IGNORECASE,
)


class Rule(Labelled):
    """Why a review waits, as moderators and the rules page say it."""

    FIRST = "first", "It is the first review from this email address"
    NAMES = "names", "It may name a person, or holds a phone number, an email address or a link"
    STRONG = "strong", "It has a strong word in it"
    COPIED = "copied", "Its words are much like those of another review"
    BURST = "burst", "Many reviews of this group came within a day, or several from one network"
    SUSPENDED = "suspended", "Its email address or network is suspended"
    FAR = "far", "Its level is far from all others, and it has no words"
    DISPOSABLE = "disposable", "Its email address is one to throw away"
    CHANGED = "changed", "Its author changed it after a moderator looked at it"


@dataclass(frozen=True)
class Pattern:
    """Reviews of one group that came from one network: how many, of how many mailboxes, and over
    how many days. Empty where one mailbox wrote them all.
    """

    reviews: int = 0
    mailboxes: int = 0
    days: int = 0

    def __str__(self) -> str:
        """In words: "3 reviews, 1 network, 2 days"."""
        return f"{self.reviews} reviews, 1 network, {self.days} day{'s' * (self.days != 1)}"


@dataclass(frozen=True)
class Holdable:
    """A review as the rules see it, and what they need to know of others.

    published_before: how many of its author's reviews a moderator or the rules let through.
    others_words: texts of other reviews. other_levels: those published of the same group.
    in_a_day: how many reviews of the group were confirmed in the last day, this one among them.
    pattern: those of the group that came from the same network, this one among them.
    """

    text: str
    level: int
    email: str
    strong_words: Collection[str] = frozenset()
    published_before: int = 0
    others_words: Sequence[str] = ()
    other_levels: Sequence[int] = ()
    in_a_day: int = 1
    pattern: Pattern = Pattern()
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
    own = as_read(review.text).casefold()
    return any(
        fuzz.ratio(own, as_read(other).casefold(), score_cutoff=COPIED) > 0
        for other in review.others_words
    )


def is_in_a_burst(review: Holdable) -> bool:
    """More reviews of one group than people would write: in a day, or from one network."""
    return review.in_a_day > MOST_IN_A_DAY or review.pattern.mailboxes > MOST_MAILBOXES


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
    words = [word.casefold() for word in _WORD.findall(as_read(text))]
    for size in (1, 2, 3):
        for start in range(len(words) - size + 1):
            found = " ".join(words[start : start + size])
            if found in strong and found not in ORDINARY:
                yield found


def what_to_leave_out(text: str) -> str | None:
    """A kind sentence about the first thing to leave out, or None where nothing is found."""
    for finds, sentence in (
        (emails, "Please leave out email addresses. Say what helps the next parent instead."),
        (links, "Please leave out links and user names, like “{}”."),
        (phones, "Please leave out phone numbers, like “{}”. The page already says how to ask."),
        (names, "Please leave out people’s names, like “{}”. You can say “the leader”."),
    ):
        found = next(finds(text), None)
        if found is not None:
            return sentence.format(found)
    return None


def names(text: str) -> Iterator[str]:
    """Names that seem to be of people, most certain first.

    A title and a name; a role and a name ("the leader Sarah", "a lady called Sarah"); a name
    that runs things; a common first name. Places, days and nursery characters pass.
    """
    plain = _CHARACTERS.sub(lambda found: "_" * len(found.group()), as_read(text))
    for rule in _NAMES_SOMEBODY:
        for match in rule.finditer(plain):
            if _may_be_a_person(plain, match):
                yield match.group(1)
    for match in _ANY_NAME.finditer(plain):
        if match.group(1) in FIRST_NAMES and _may_be_a_person(plain, match):
            yield match.group(1)


def _may_be_a_person(text: str, match: re.Match[str]) -> bool:
    is_of_a_place = _PLACE_WORDS.match(text, match.end(1)) is not None
    return match.group(1) not in NOT_PEOPLE and not is_of_a_place
