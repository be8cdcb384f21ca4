"""The evidence of a talking level, in words that parents read.

The level itself comes from rating.py. Pure: no clock, no disk.
"""

from collections.abc import Sequence

from finder.domain.vocabulary import Format, TalkingLevel

OLD_AFTER_DAYS = 730
OLD_WORDS = " That was over two years ago."
"""Ends a sentence once the newest report is that old; the rest of the sentence stays."""
FEWEST_COUNTED = 3
"""Counts below this are never shown: in a group of eight they would name somebody."""

QUIET_TO, CHATTY_FROM = 2, 4

_USUAL: dict[Format, str] = {
    Format.SINGING: "Singing groups",
    Format.MESSY_PLAY: "Messy play groups",
    Format.SWIMMING: "Swimming groups",
    Format.STAY_AND_PLAY: "Stay and play groups",
    Format.STORY_TIME: "Story times",
    Format.SENSORY: "Sensory groups",
    Format.MUSIC_AND_DANCE: "Music and dance groups",
    Format.MASSAGE_OR_YOGA: "Baby massage and yoga groups",
    Format.CRAFT: "Craft groups",
    Format.SOFT_PLAY: "Soft play groups",
    Format.COFFEE_AND_CHAT: "Coffee and chat groups",
    Format.BUGGY_WALK: "Buggy walks",
    Format.BABY_CINEMA: "Baby cinema showings",
    Format.ANIMALS: "Animal groups",
    Format.SIGNING_OR_LANGUAGE: "Signing and language groups",
    Format.WEIGH_IN: "Weigh-ins",
    Format.ANTENATAL_OR_POSTNATAL: "Antenatal and postnatal groups",
    Format.FEEDING_SUPPORT: "Feeding support groups",
    Format.PLAYGROUP: "Playgroups",
    Format.OTHER: "Groups",
}


def sentence(
    level: TalkingLevel, claim: int | None, reports: Sequence[tuple[int, float]], format: Format
) -> str:
    """The whole evidence, led by the level's label where parents have spoken.

    reports: parents' levels with their age in days. "A hello. 7 of 8 parents say so; the
    organiser says 1."
    """
    words = evidence(level, claim, reports, format)
    if not reports or words.startswith("Parents disagree"):
        return words
    return f"{level.label}. {words}"


def evidence(
    level: TalkingLevel, claim: int | None, reports: Sequence[tuple[int, float]], format: Format
) -> str:
    """The same without the label, for a page that shows the level beside it."""
    if not reports:
        if claim is None:
            return f"Nobody has told us yet. {_USUAL[format]} are usually like this."
        words = "Only the organiser’s word so far."
        if claim < level:
            words += f" They say {claim}; groups often ask a little more."
        return words
    levels = [reported for reported, _ in reports]
    words = _disagreement(levels) or _agreement(level, claim, levels)
    if min(age for _, age in reports) > OLD_AFTER_DAYS:
        words += OLD_WORDS
    return words


def _disagreement(levels: list[int]) -> str:
    """Both a quarter and two parents on each side: one odd answer is no disagreement."""
    quiet = sum(reported <= QUIET_TO for reported in levels)
    chatty = sum(reported >= CHATTY_FROM for reported in levels)
    if min(quiet, chatty) < max(2, len(levels) / 4):
        return ""
    was_asked = levels.count(TalkingLevel.INTRODUCTIONS) > 1
    others = "were asked to introduce themselves" if was_asked else "found it chatty"
    return f"Parents disagree: some found it quiet, some {others}."


def _agreement(level: TalkingLevel, claim: int | None, levels: list[int]) -> str:
    parents = _parents(level, levels)
    if claim is None:
        return f"{parents}."
    if claim == level:
        return f"{parents}; so does the organiser." if "say" in parents else f"{parents}."
    return f"{parents}; the organiser says {claim}."


def _parents(level: TalkingLevel, levels: list[int]) -> str:
    count, same = len(levels), levels.count(level)
    if count < FEWEST_COUNTED:
        return "One or two parents say so" if same == count else "One or two parents have told us"
    if same == count:
        return f"All {count} parents say so"
    if same * 2 > count:
        return f"{same} of {count} parents say so" if same > 2 else "Most parents say so"
    lowest, highest = min(levels), max(levels)
    if lowest == highest:
        return f"All {count} parents say {lowest}"
    return f"{count} parents say from {lowest} to {highest}"
