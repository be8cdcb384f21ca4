"""The evidence of a talking level, in words that parents read: counted, never a percentage.

The level itself comes from model.py; every sentence takes it as given. Nothing here says when
somebody went, or says one parent's level beside anything else of that parent. Pure: no clock.
"""

from collections.abc import Iterable
from enum import StrEnum

from finder.domain.vocabulary import TalkingLevel

Counts = tuple[int, int, int, int, int]
"""How many parents said each talking level, from 1 to 5."""

NONE_SAID: Counts = (0, 0, 0, 0, 0)
OLD_AFTER_DAYS = 730
OLD_WORDS = " That was over two years ago."
"""Ends a sentence once the newest report is that old; the rest of the sentence stays."""
FEWEST_COUNTED = 3
"""Counts of fewer parents are never shown: in a group of eight they would name somebody."""


class Source(StrEnum):
    """What a level rests on. The value is the word that is stored."""

    PARENTS = "parents"
    ORGANISER = "organiser"
    FORMAT = "format"


_LEVELS = tuple(TalkingLevel)
_ONE, _TWO, _THREE, _FOUR, _FIVE = _LEVELS
_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_SAID_MORE = {
    _TWO: ("was spoken to", "were spoken to"),
    _THREE: ("found some chat or more", "found some chat or more"),
    _FOUR: ("found a lot of chat or more", "found a lot of chat or more"),
    _FIVE: ("was asked to speak", "were asked to speak"),
}
_SAID_LESS = {
    _ONE: "had no need to talk",
    _TWO: "needed a hello at most",
    _THREE: "found some chat at most",
    _FOUR: "had no introductions",
}
_GREETED = ("was greeted at the door", "were greeted at the door")


def counts_of(levels: Iterable[int]) -> Counts:
    """How many of these reports say each level. ValueError for a level outside 1 to 5."""
    counts = [0] * len(_LEVELS)
    for level in levels:
        if level not in _LEVELS:
            raise ValueError(f"a talking level is 1 to 5, not {level}")
        counts[level - 1] += 1
    one, two, three, four, five = counts
    return one, two, three, four, five


def sentence(level: TalkingLevel, counts: Counts, claim: int | None) -> str:
    """Who says how much talking there is, in one line: "5 of 6 parents: a hello or less."

    The same in every place that shows a group. level: the one shown. counts: of parents.
    claim: the organiser's level. Counts nobody below three parents, and never says when.
    """
    parents = sum(counts)
    if parents >= FEWEST_COUNTED:
        return _counted(counted_to(level, counts), counts)
    if parents:
        said = [known for known in _LEVELS if counts[known - 1]]
        alike = f"One or two parents: {said[0].asks}."
        return alike if len(said) == 1 else "One or two parents; they don’t agree."
    if claim is not None:
        return f"The organiser says: {_LEVELS[claim - 1].asks}. No parent has told us yet."
    return f"Nobody has told us. Groups like this usually ask for {level.asks}."


def counted_to(level: TalkingLevel, counts: Counts) -> TalkingLevel:
    """The level up to which the sentence counts parents.

    The one shown, where half of the parents found no more than that. Otherwise the lowest that
    half of them found; `difference` then says why the shown one is another. At introductions
    the sentence counts those who met them, since "introductions or less" would be everybody.
    """
    half = next(known for known in _LEVELS if sum(counts[:known]) * 2 >= sum(counts))
    return half if level is _FIVE or half > level else level


def first_timers(level: TalkingLevel, counts: Counts, first: Counts) -> str:
    """How many who came for the first time agree with the sentence; empty below three of them.

    counts: of all parents. first: of those who said that it was their first time.
    """
    came = sum(first)
    if came < FEWEST_COUNTED or sum(counts) < FEWEST_COUNTED:
        return ""
    same = _kept(counted_to(level, counts), first)
    words = f"{same} of {came}" if same else f"None of the {came}"
    return f"{words} who came for the first time said the same."


def difference(level: TalkingLevel, counts: Counts, claim: int | None) -> str:
    """Why the level shown is not the one that most parents said; empty where it is.

    Where only the organiser has told us: why it is not the organiser's.
    "We say 2, not 1: two of six were greeted at the door."
    """
    parents, highest = sum(counts), max(counts)
    most = [known for known in _LEVELS if counts[known - 1] == highest]
    if not parents:
        if claim in {None, level}:
            return ""
        why = "a little more than their organisers say" if level > (claim or 0) else "for less"
        return f"We say {int(level)}, not {claim}: groups like this often ask {why}."
    if parents < FEWEST_COUNTED and (level in most or len(most) > 1):
        return ""
    if level in most:
        most = [counted_to(level, counts)]
    if level in most:
        return ""
    if len(most) > 1:
        said = f"{', '.join(str(int(known)) for known in most[:-1])} and {int(most[-1])}"
        return f"We say {int(level)}: {said} were said equally often, so we weigh all together."
    reason = _reason(level, most[0], counts, claim)
    return f"We say {int(level)}, not {int(most[0])}: {reason}."


def _counted(reached: TalkingLevel, counts: Counts) -> str:
    parents, kept = sum(counts), _kept(reached, counts)
    words = f"All {parents} parents" if kept == parents else f"{kept} of {parents} parents"
    return f"{words}: {reached.at_most}.{_others(reached, counts, parents - kept)}"


def _kept(reached: TalkingLevel, counts: Counts) -> int:
    """How many parents found no more than that; at introductions, how many met them."""
    return counts[-1] if reached is _FIVE else sum(counts[:reached])


def _others(reached: TalkingLevel, counts: Counts, others: int) -> str:
    """What a quarter or more of the parents, and at least two, found instead."""
    if others < max(2, sum(counts) / 4):
        return ""
    are_louder = reached is not _FIVE
    said = [known for known in _LEVELS if counts[known - 1] and (known > reached) is are_louder]
    said = [known for known in said if known is not reached]
    words = said[0].asks
    if len(said) > 1:
        words = f"{words} or more" if are_louder else said[-1].at_most
    return f" The other {others}: {words}."


def _reason(level: TalkingLevel, most: TalkingLevel, counts: Counts, claim: int | None) -> str:
    parents = sum(counts)
    if parents < FEWEST_COUNTED:
        return "one or two answers are few, so we weigh what is usual and what the organiser says"
    if level > most:
        louder = sum(counts[level - 1 :])
        verb = _GREETED if louder == counts[1] and level is _TWO else _SAID_MORE[level]
        if louder:
            return f"{_number(louder)} of {_number(parents)} {verb[louder > 1]}"
        if claim is not None and claim >= level:
            return f"the organiser says {claim}"
    elif quieter := sum(counts[:level]):
        return f"{_number(quieter)} of {_number(parents)} {_SAID_LESS[level]}"
    return (
        "we also weigh how old answers are, what is usual in such groups and what the organiser"
        " says"
    )


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
