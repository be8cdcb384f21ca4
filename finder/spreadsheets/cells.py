"""Single cells of a listings CSV: read from people's spelling, and written so they read back."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import process

from finder.domain.groups import Step
from finder.domain.refused import Refused
from finder.domain.vocabulary import (
    Booking,
    Busy,
    Expected,
    Format,
    Labelled,
    Noise,
    Size,
    TalkingLevel,
    VenueKind,
)
from finder.spreadsheets.columns import key_of

Word = TypeVar("Word", bound=Labelled)

_YES = frozenset({"yes", "y", "true", "✓", "✔", "x"})
_NO = frozenset({"no", "n", "false", "✗", "✘"})
_NOT_KNOWN = frozenset({"not known", "unknown", "don't know", "?", "-"})
_EXPECTED_OF = {expected.value: expected for expected in Expected}
_MOST_NAMED = 8
_CLOSE_ENOUGH = 70

_SAME_MEANING: dict[type[Labelled], dict[str, Labelled]] = {
    Booking: {
        "dropin": Booking.DROP_IN,
        "no_booking": Booking.DROP_IN,
        "no_booking_needed": Booking.DROP_IN,
        "online": Booking.BOOK_AHEAD,
        "book_online": Booking.BOOK_AHEAD,
        "phone": Booking.PHONE_ONLY,
        "by_phone": Booking.PHONE_ONLY,
        "referral": Booking.REFERRAL_ONLY,
    },
    VenueKind: {
        "church": VenueKind.CHURCH_HALL,
        "children_s_centre": VenueKind.COUNCIL,
        "family_centre": VenueKind.COUNCIL,
        "family_hub": VenueKind.COUNCIL,
        "school": VenueKind.SCHOOL_OR_NURSERY,
        "nursery": VenueKind.SCHOOL_OR_NURSERY,
        "park": VenueKind.OUTDOORS,
        "studio": VenueKind.PRIVATE_STUDIO,
    },
    Format: {
        "rhyme_time": Format.SINGING,
        "rhymetime": Format.SINGING,
        "bookbug": Format.SINGING,
        "bounce_and_rhyme": Format.SINGING,
        "stay_play": Format.STAY_AND_PLAY,
        "storytime": Format.STORY_TIME,
        "baby_massage": Format.MASSAGE_OR_YOGA,
        "baby_yoga": Format.MASSAGE_OR_YOGA,
        "breastfeeding_support": Format.FEEDING_SUPPORT,
        "parent_and_toddler": Format.PLAYGROUP,
        "toddler_group": Format.PLAYGROUP,
        "messy": Format.MESSY_PLAY,
        "swim": Format.SWIMMING,
    },
    Noise: {"quiet": Noise.CALM, "noisy": Noise.LOUD},
    Busy: {"quiet": Busy.ROOM_TO_SPARE, "full": Busy.PACKED, "often_full": Busy.PACKED},
    Size: {},
}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_STEP = re.compile(r"(\d{1,3})(?: ?min(?:ute)?s?\b)?(?: *[:–—-])?\s+(\S.*)", re.DOTALL)
_PLAIN_STEP_TEXT = re.compile(r"(?!min(?:ute)?s?\b|[:–—-]).*", re.DOTALL)
_EXPECTED = re.compile(r"(.*\S)\s*\((talk|sing|neither)\)", re.DOTALL | re.IGNORECASE)


def read_word(words: type[Word], text: str) -> Word:
    """The word that a cell means: its file word, its label or another common name for it.

    Refused with what it might have meant, or the words there are.
    """
    key = key_of(text)
    known: dict[str, Word] = _spellings(words)
    if key in known:
        return known[key]
    values = [word.value for word in words]
    close = process.extractOne(key, list(known), score_cutoff=_CLOSE_ENOUGH)
    if close:
        raise Refused("word", f"Did you mean {known[close[0]].value}?")
    shown = ", ".join(values) if len(values) <= _MOST_NAMED else "a word of the list in the guide"
    raise Refused("word", f"Use {shown}")


@lru_cache
def _spellings(words: type[Word]) -> dict[str, Word]:
    spelt: dict[str, Word] = {}
    for key, word in _SAME_MEANING.get(words, {}).items():
        if isinstance(word, words):
            spelt[key] = word
    return spelt | {key_of(w.label): w for w in words} | {w.value: w for w in words}


def read_words(words: type[Word], text: str) -> frozenset[Word]:
    """Several words of one cell, between semicolons, commas or line breaks."""
    return frozenset(read_word(words, part) for part in re.split(r"[;,\n]", text) if part.strip())


def read_yes_no(text: str) -> bool | None:
    """Yes, no, or None for "not known"."""
    key = " ".join(text.casefold().replace("’", "'").split())
    if key in _YES:
        return True
    if key in _NO:
        return False
    if key in _NOT_KNOWN:
        return None
    raise Refused("yes_no", "Say yes or no, or leave it empty if you don’t know")


def read_talking(text: str) -> TalkingLevel:
    """A talking level by its number, its label or both: "2", "A hello", "2 - A hello"."""
    key = key_of(text)
    for level in TalkingLevel:
        label = key_of(level.label)
        if key in {str(level.value), label, f"{level.value}_{label}"}:
            return level
    raise Refused("talking", "Use a number from 1 (no talking needed) to 5 (introductions)")


def read_degrees(text: str) -> float:
    """Decimal degrees of a latitude or longitude."""
    if not _NUMBER.fullmatch(text):
        raise Refused("degrees", "Use decimal degrees, like 55.976 and -3.1657, or leave it empty")
    return float(text)


def read_phone(text: str) -> str:
    """A telephone number as typed, unless a spreadsheet has plainly changed it."""
    if re.fullmatch(r"\d(?:\.\d+)?e\+?\d+", text.casefold()):
        raise Refused("booking_phone", "The spreadsheet changed this number. Format it as text")
    if re.fullmatch(r"[1-9]\d{8,9}", text):
        raise Refused(
            "booking_phone", "The first 0 is missing. Write it with a space, 01632 960000"
        )
    if len(re.sub(r"\D", "", text)) < 5:
        raise Refused("booking_phone", "This is not a telephone number")
    return text


def read_address(text: str) -> str:
    """A web address; "www.example.org" is taken to be https."""
    return f"https://{text}" if text.casefold().startswith("www.") else text


def read_steps(text: str) -> tuple[Step, ...]:
    """The steps of "0 arrive and sign the book; 40 songs (sing); 60 end".

    Each begins with its minutes from the start; (talk) or (sing) at its end says what is asked.
    """
    steps = []
    for part in _split(text):
        found = _STEP.fullmatch(part)
        if found is None:
            why = "Begin each step with its minutes from the start: 0 arrive; 40 songs (sing)"
            raise Refused("what_happens", why)
        what, expected = found[2], Expected.NEITHER
        if marked := _EXPECTED.fullmatch(what):
            what, expected = marked[1], _EXPECTED_OF[marked[2].casefold()]
        steps.append(Step(int(found[1]), re.sub(r"\\([\\;\n])", r"\1", what), expected))
    return tuple(steps)


def _split(text: str) -> Iterator[str]:
    """Parts between semicolons and line breaks, except those after a backslash."""
    for found in re.finditer(r"(?:\\[\\;\n]|[^;\n])+", text):
        if part := found[0].strip():
            yield part


def write_steps(steps: tuple[Step, ...]) -> str:
    """One cell that `read_steps` reads back."""
    return "; ".join(_write_step(step) for step in steps)


def _write_step(step: Step) -> str:
    what = re.sub(r"[\\;\n]", r"\\\g<0>", step.what)
    minutes = str(step.minutes_from_start)
    if not _PLAIN_STEP_TEXT.fullmatch(what):
        minutes += " min:"
    needs_mark = step.expected is not Expected.NEITHER or _EXPECTED.fullmatch(what)
    return f"{minutes} {what}" + (f" ({step.expected.value})" if needs_mark else "")
