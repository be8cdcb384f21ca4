"""Single cells of a listings CSV: read from people's spelling, and written so they read back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import process

from finder.domain.groups import Step
from finder.domain.refused import Refused
from finder.domain.schedule.sessions import Session
from finder.domain.schedule.typed import parse_date, parse_days, parse_times, typed_times
from finder.domain.vocabulary import Expected, Labelled, Repeats, TalkingLevel
from finder.platform.csv_guard import FORMULA
from finder.spreadsheets.columns import SAME_MEANING

Word = TypeVar("Word", bound=Labelled)

_YES = frozenset({"yes", "y", "true", "✓", "✔", "x"})
_NO = frozenset({"no", "n", "false", "✗", "✘"})
_NOT_KNOWN = frozenset({"not known", "unknown", "don't know", "?", "-"})
_EXPECTED_OF = {expected.value: expected for expected in Expected}
_MOST_NAMED = 8
CLOSE_ENOUGH = 70

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_STEP = re.compile(r"(\d{1,3})(?: ?min(?:ute)?s?\b)?(?: *[:–—-])?\s+(\S.*)", re.DOTALL)
_PLAIN_STEP_TEXT = re.compile(r"(?!min(?:ute)?s?\b|[:–—-]).*", re.DOTALL)
_EXPECTED = re.compile(r"(.*\S)\s*\((talk|sing|neither)\)", re.DOTALL | re.IGNORECASE)
# Parts between semicolons and line breaks, except those after a backslash.
_STEP_PARTS = re.compile(r"(?:\\[\\;\n]|[^;\n])+")
_DATE = (
    r"(?:\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
    r"|(?:[a-z]+ )?\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -][a-z]{3,9}[ ,-]+\d{4})"
)
_FROM = re.compile(rf"\b(?:from|starting|starts|beginning) (?P<date>{_DATE})")
_UNTIL = re.compile(rf"\b(?:until|till|to|ending|ends) (?P<date>{_DATE})")
_TERM_TIME = re.compile(r"\bterm[- ]?time(?: only)?\b")
_ALL_YEAR = re.compile(r"\b(?:all year(?: round)?|holidays too|not only term time)\b")
_BANK_HOLIDAYS = re.compile(
    r"\b(?:bank holidays too|(?:and|also|including|inc\.?) bank holidays)\b"
)
_NO_BANK_HOLIDAYS = re.compile(r"\b(?:not|except|excluding|exc\.?|no)(?: on)? bank holidays\b")
_FIRST_CLOCK = re.compile(r"(?<![\w/])(?:\d{1,4}(?!\d|st\b|nd\b|rd\b|th\b| weeks)|noon\b|midday\b)")
# What may stand between the days and the times.
_AFTER_DAYS = re.compile(r" ?\b(?:from|at|between)$|[ ,-]+$")

_HOW_OFTEN = {
    Repeats.WEEKLY: "",
    Repeats.FORTNIGHTLY: "every other ",
    Repeats.FIRST: "1st ",
    Repeats.SECOND: "2nd ",
    Repeats.THIRD: "3rd ",
    Repeats.FOURTH: "4th ",
    Repeats.LAST: "last ",
}


def key_of(words: str) -> str:
    """Words as a file's key: "Venue Name " and "venue-name" are both venue_name."""
    return re.sub(r"[\W_]+", "_", words.casefold()).strip("_")


def unguarded(cell: str) -> str:
    """The text of a cell, without the apostrophe that `csv_guard.guarded` put before it."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def read_word(words: type[Word], text: str) -> Word:
    """The word that a cell means: its file word, its label or another common name for it.

    Refused with what it might have meant, or the words there are.
    """
    key = key_of(text)
    spellings: dict[str, Word] = _spellings(words)
    if key in spellings:
        return spellings[key]
    values = [word.value for word in words]
    close = process.extractOne(key, list(spellings), score_cutoff=CLOSE_ENOUGH)
    if close:
        raise Refused("word", f"Did you mean {spellings[close[0]].value}?")
    shown = ", ".join(values) if len(values) <= _MOST_NAMED else "a word of the list in the guide"
    raise Refused("word", f"Use {shown}")


@lru_cache
def _spellings(words: type[Word]) -> dict[str, Word]:
    spelt: dict[str, Word] = {}
    for key, word in SAME_MEANING.get(words, {}).items():
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
    for part in _STEP_PARTS.findall(text):
        if not part.strip():
            continue
        found = _STEP.fullmatch(part.strip())
        if found is None:
            why = "Begin each step with its minutes from the start: 0 arrive; 40 songs (sing)"
            raise Refused("what_happens", why)
        what, expected = found[2], Expected.NEITHER
        if marked := _EXPECTED.fullmatch(what):
            what, expected = marked[1], _EXPECTED_OF[marked[2].casefold()]
        steps.append(Step(int(found[1]), re.sub(r"\\([\\;\n])", r"\1", what), expected))
    return tuple(steps)


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


@dataclass(frozen=True)
class Usual:
    """What holds for the sessions of a row that don't say otherwise: its own columns."""

    first_on: date | None = None
    last_on: date | None = None
    is_term_time_only: bool = False
    runs_on_bank_holidays: bool = False


def read_sessions(text: str, usual: Usual) -> tuple[Session, ...]:
    """The sessions of a cell, between semicolons or line breaks, in their order.

    Refused, with a sentence that names the one at fault where there are several.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    sessions: list[Session] = []
    for part in parts:
        try:
            sessions.extend(_read_session(part, usual))
        except Refused as refusal:
            which = f"“{part}”: " if len(parts) > 1 else ""
            raise Refused("sessions", which + refusal.message) from None
    return tuple(sessions)


def write_sessions(sessions: Iterable[Session]) -> str:
    """One cell that `read_sessions` reads back, whatever the row's other columns would say."""
    return "; ".join(_write_session(session) for session in sessions)


def _read_session(part: str, usual: Usual) -> list[Session]:
    text = " ".join(part.casefold().replace("–", "-").replace("—", "-").split())
    first, text = _take_date(_FROM, text)
    last, text = _take_date(_UNTIL, text)
    # "not bank holidays" before "bank holidays": the longer one holds the shorter.
    text, no_bank = _NO_BANK_HOLIDAYS.subn(" ", text)
    text, bank = _BANK_HOLIDAYS.subn(" ", text)
    text, all_year = _ALL_YEAR.subn(" ", text)
    text, term = _TERM_TIME.subn(" ", text)
    text = " ".join(re.sub(r"[(),:]+(?= |$)|(?<= )[(,]+|^[(,]+", " ", text).split())
    clock = _FIRST_CLOCK.search(text)
    if clock is None:
        raise Refused("sessions", "Say when it starts and ends, like Tue 10:30-11:15")
    days = text[: clock.start()].strip()
    if not days:
        raise Refused("sessions", "Say the day before the time, like Tue 10:30-11:15")
    starts, ends = parse_times(text[clock.start() :])
    return [
        Session(
            weekday,
            starts,
            ends,
            repeats,
            first or usual.first_on,
            last or usual.last_on,
            is_term_time_only=bool(term) or (usual.is_term_time_only and not all_year),
            runs_on_bank_holidays=bool(bank) or (usual.runs_on_bank_holidays and not no_bank),
        )
        for weekday, repeats in parse_days(_AFTER_DAYS.sub("", days))
    ]


def _take_date(pattern: re.Pattern[str], text: str) -> tuple[date | None, str]:
    found = pattern.search(text)
    if found is None:
        return None, text
    return parse_date(found["date"]), text[: found.start()] + " " + text[found.end() :]


def _write_session(session: Session) -> str:
    parts = [
        f"{_HOW_OFTEN[session.repeats]}{session.weekday.value.capitalize()}",
        typed_times(session.starts, session.ends),
    ]
    if session.is_term_time_only:
        parts.append("term time only")
    if session.runs_on_bank_holidays:
        parts.append("bank holidays too")
    if session.first_on:
        parts.append(f"from {session.first_on.isoformat()}")
    if session.last_on:
        parts.append(f"until {session.last_on.isoformat()}")
    return " ".join(parts)
