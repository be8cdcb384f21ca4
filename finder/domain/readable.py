"""Words as a person reads them: what of a text can be seen, what it looks like, whom it reaches.

`clean` is what is kept of a typed text. `as_read` is what rules look at, and is never kept: it has
one letter for all that look alike, and one form for every digit and dot.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

import phonenumbers

_INVISIBLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U0010ffff"
)
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_TURNED = re.compile("[\u202b\u202e\u2067]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a]+\U000e007f")
"""The flags of England, Scotland and Wales are a black flag and invisible letters."""
_JOINERS = "\u200c\u200d"
_STYLES = "\ufe0e\ufe0f"
_LINE_ENDS = {0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_SEEN = frozenset("LNPS")
_DOTS = str.maketrans(dict.fromkeys("。․‧·٫۔।", ".") | dict.fromkeys("∕⁄", "/"))
_ALIKE = str.maketrans({"i": "l", "1": "l", "|": "l", "0": "o", "’": "'"})
_EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\s?\.\s?|\s?\(dot\)\s?)\w{2,}", re.IGNORECASE
)
_LINK = re.compile(
    r"https?:|\bwww\.|\b[\w-]+\.(?:com|co\.uk|org|net|uk|info|io|gg)\b"
    r"|\b(?:t\.me|wa\.me|bit\.ly)/|(?<![\w@])@[a-z_]\w{2,}",
    re.IGNORECASE,
)
START, END = "\u2068", "\u2069"


def clean(text: str) -> str:
    """The text without controls, without letters that nobody sees and without turns of direction.

    What joins two letters of a script that needs it stays, and what makes an emoji or a flag.
    """
    if not _HIDDEN.search(text):
        return text
    text = text.translate(_LINE_ENDS)
    flags = [match.span() for match in _FLAG.finditer(text)]
    return "".join(
        letter
        for at, letter in enumerate(text)
        if not _HIDDEN.match(letter)
        or any(begin <= at < end for begin, end in flags)
        or _is_needed(text, at)
    )


def is_seen(text: str) -> bool:
    """Whether a person can see anything of it."""
    if text.isascii() and text.isprintable():
        return bool(text.strip())
    return any(unicodedata.category(letter)[0] in _SEEN for letter in clean(text))


def turns_direction(text: str) -> bool:
    """Whether a control in it has letters read from right to left that are not of such a script."""
    return not text.isascii() and _TURNED.search(text) is not None


def isolated(text: str) -> str:
    """The text, with marks around it where it is read from right to left: so it can't turn what
    stands beside it.
    """
    if text.isascii() or not (_RIGHT_TO_LEFT.search(text) or _TURNING.search(text)):
        return text
    return f"{START}{_TURNING.sub('', text)}{END}"


def as_read(text: str) -> str:
    """The text as a reader takes it: compatible forms, digits, dots and look-alikes made one."""
    if text.isascii():
        return _HIDDEN.sub("", text)
    text = _HIDDEN.sub("", unicodedata.normalize("NFKC", text.translate(_LINE_ENDS)))
    return "".join(map(_plain, text.translate(_DOTS)))


def likeness(name: str) -> str:
    """What two names share that a hurried reader takes for one another."""
    alike = as_read(name).casefold().translate(_ALIKE).replace("rn", "m").replace("vv", "w")
    return " ".join(alike.split())


def has_foreign_letters(text: str) -> bool:
    """Whether a word mixes Latin letters with look-alikes of another script."""
    if text.isascii():
        return False
    whole = unicodedata.normalize("NFKC", clean(text))
    return any(
        any(_is_disguised(letter) for letter in word)
        and any(c.isascii() and c.isalpha() for c in word)
        for word in whole.split()
    )


def emails(text: str) -> Iterator[str]:
    """Email addresses, also spelled "name (at) example.org"."""
    return (match.group() for match in _EMAIL.finditer(as_read(text)))


def links(text: str) -> Iterator[str]:
    """Web addresses, and user names with an @."""
    return (match.group() for match in _LINK.finditer(as_read(text)))


def phones(text: str) -> Iterator[str]:
    """Phone numbers as people in the UK write them, by Google's phone number metadata."""
    matcher = phonenumbers.PhoneNumberMatcher(as_read(text), "GB", phonenumbers.Leniency.POSSIBLE)
    for match in matcher:
        # Possible is wide enough for a year or a price; a number that can be dialled here
        # begins with 0 or +, or is one that is really given out.
        if match.raw_string.lstrip("( ").startswith(("0", "+")) or phonenumbers.is_valid_number(
            match.number
        ):
            yield match.raw_string


def _is_needed(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] in _STYLES:
        return unicodedata.category(before) in {"So", "Sm", "Po", "Nd", "Sk"}
    if text[at] in _JOINERS:
        return _joins(before) and _joins(after)
    return False


def _joins(letter: str) -> bool:
    return unicodedata.category(letter) in {"Lo", "Mn", "Mc", "So", "Sk"} or letter in _STYLES


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    return _look_alikes().get(letter, letter)


def _is_disguised(letter: str) -> bool:
    return letter in _look_alikes() and not unicodedata.name(letter, "").startswith("LATIN")


@cache
def _look_alikes() -> Mapping[str, str]:
    """Letters that look like a Latin one, by the Unicode Consortium's list of confusables.

    Read when the first such letter is met, since it takes a sixth of a second.
    """
    from confusable_homoglyphs.confusables import confusables_data  # noqa: PLC0415

    return {
        letter: found
        for letter, others in confusables_data.items()
        if len(letter) == 1 and not letter.isascii() and letter.isalpha()
        if (found := next((o["c"] for o in others if _is_latin(o["c"])), None))
    }


def _is_latin(letter: str) -> bool:
    return len(letter) == 1 and letter.isascii() and letter.isalpha()
