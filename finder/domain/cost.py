"""What a group costs: the shape, how it reads, and how people type it."""

import re
from dataclasses import dataclass

from finder.domain.refused import Refused
from finder.domain.vocabulary import CostKind

MOST_PENCE = 100_000
MOST_BLOCK_SESSIONS = 60
LONGEST_TYPED = 200
# Above this a number without £ or p may be either ("150" on a church notice is £1.50).
MOST_BARE_POUNDS = 30

_MONEY = (
    r"(?<![\d.,])(?:£ ?\d{1,4}(?:\.\d{1,2})?p?|\d{1,3} ?p|\d{1,4}(?:\.\d{1,2})?)(?![\d.,]*\d|p)"
)
_SIBLING = (
    r"(?:(?:extra |additional )?siblings?|(?:each )?(?:extra|additional|second|2nd) child(?:ren)?)"
)
_PER = r"(?:(?:for|per|a|an|each|every|and|extra|additional) )*"
_FIRST_FREE = re.compile(
    r"\b(?:first|1st)(?: (?:visit|session|time|class|week|one))?(?: is)? free\b"
    r"|\bfree (?:first|1st|trial|taster)(?: (?:visit|session|time|class|week))?\b"
)
_SIBLING_PRICE = re.compile(
    rf"(?P<before>{_MONEY}|free) ?{_PER}{_SIBLING}\b"
    rf"|\b{_SIBLING}(?: are| is| go)?[ :=-]*(?P<after>{_MONEY}|free)"
)
_BLOCK = re.compile(
    r"\b(?:a |the )?(?:block|course|term|half[- ]term) of (\d{1,2})"
    r"(?: (?:weeks|sessions|classes|visits))?\b"
    r"|\b(\d{1,2})[ -]?(?:weeks?|wks?|sessions?|classes|visits)(?: (?:block|course|term))?\b"
)
_UNSURE = {
    r"\b(?:var(?:y|ies|ious)|depend\w*)\b": "Say one price: we can’t show one that varies",
    r"\b(?:see|website|ask|contact|tbc|tba|email|phone|enquire)\b|https?:|www\.": (
        "Say the price here: parents should not have to ask or look elsewhere for it"
    ),
    r"\b(?:month|monthly|year|annual|annually|member\w*|subscription)\b": (
        "Say the price of one visit, or of a block: we can’t show memberships"
    ),
}
_DONATION = re.compile(
    r"\b(?:donations?|contributions?|voluntary|pay (?:what|as) you (?:can|feel))\b"
)
_FREE = re.compile(r"\b(?:free(?: of charge)?|foc|f\.o\.c\.?|no (?:charge|cost)|nil)(?!\w)")
_FAMILY = re.compile(r"\b(?:per|a|each) family\b")
_EACH = re.compile(r"\b(?:each time|(?:per|a|each|every) (?:session|visit|class|week|time))\b")
_TERM = re.compile(r"\b(?:blocks?|courses?|terms?|half[- ]terms?)\b")
_FILLER = re.compile(
    r"\b(?:suggested|suggest|then|first child|1st child|welcome|optional|please|session|visit"
    r"|per|child|each|time|for|a|an"
    r"|the|drop in|only|of|on the door|cash|cost|price|pay|paid|entry|and|just|about|is|in"
    r"|appreciated|pp|towards|costs|booking|block|course|term|half)\b|[-()/,.;:+&–—=]"
)
_HOW = "Write it like £1.50, free, donation £1, or £36 for 6 sessions"


@dataclass(frozen=True)
class Cost:
    """What a family pays. All sums are pence.

    pence: the price of one visit, the suggested donation, or the whole block.
    block_sessions: how many visits a block buys; needed for a block, refused otherwise.
    """

    kind: CostKind
    pence: int | None = None
    sibling_pence: int | None = None
    block_sessions: int | None = None
    is_first_free: bool = False

    def __post_init__(self) -> None:
        """Refuse a cost that nobody could pay, with the field at fault."""
        if self.kind is CostKind.FREE and (self.pence is not None or self.is_first_free):
            raise Refused("pence", "A free group has no price. Choose another kind of cost")
        if self.pence is not None and not 1 <= self.pence <= MOST_PENCE:
            raise Refused("pence", "Give a price between 1p and £1,000, or say that it is free")
        if self.pence is None and self.kind in {CostKind.EACH_TIME, CostKind.BLOCK}:
            raise Refused("pence", "Give the price")
        if self.sibling_pence is not None:
            if self.pence is None:
                raise Refused("sibling_pence", "Give the price of the first child too")
            if not 0 <= self.sibling_pence <= self.pence:
                raise Refused("sibling_pence", "A sibling can’t cost more than the first child")
        if self.kind is not CostKind.BLOCK:
            if self.block_sessions is not None:
                raise Refused("block_sessions", "Only a block or term has a number of sessions")
        elif self.block_sessions is None or not 2 <= self.block_sessions <= MOST_BLOCK_SESSIONS:
            raise Refused("block_sessions", "Say how many sessions the price buys, from 2 to 60")

    @property
    def each_pence(self) -> int:
        """Pence for one visit of one child, by which search filters and sorts.

        0 where it is free, the suggested sum of a donation or 0, and a block's share of one
        visit, rounded up to a penny.
        """
        if self.pence is None:
            return 0
        return -(-self.pence // self.block_sessions) if self.block_sessions else self.pence

    def label(self) -> str:
        """The cost in one line: "£4.50 each time, £1 for a sibling". `parse_cost` reads it back."""
        if self.pence is None:
            parts = ["Free" if self.kind is CostKind.FREE else "Donation"]
        elif self.kind is CostKind.DONATION:
            parts = [f"Donation, {pounds(self.pence)} suggested"]
        elif self.kind is CostKind.EACH_TIME:
            parts = [f"{pounds(self.pence)} each time"]
        else:
            parts = [f"{pounds(self.pence)} for {self.block_sessions} sessions"]
        if self.sibling_pence is not None:
            is_free = self.sibling_pence == 0
            parts.append("siblings free" if is_free else f"{pounds(self.sibling_pence)} a sibling")
        if self.is_first_free:
            parts.append("first visit free")
        return ", ".join(parts)


def pounds(pence: int) -> str:
    """A sum as people write it: 450 is "£4.50", 3600 is "£36", 50 is "50p"."""
    if 0 < pence < 100:
        return f"{pence}p"
    return f"£{pence // 100}" if pence % 100 == 0 else f"£{pence // 100}.{pence % 100:02}"


def parse_cost(text: str) -> Cost:
    """The cost that somebody typed: "£1.50", "50p", "FOC", "donation £1", "£36 for 6 weeks".

    A bare number is pounds. Refused, with the field `cost` and the reason, where one price
    can't be told: a range, two prices, "varies", "see website".
    """
    try:
        return _read(" ".join(text[: LONGEST_TYPED + 1].casefold().replace("’", "'").split()))
    except Refused as refusal:
        raise Refused("cost", refusal.message) from None


def _read(text: str) -> Cost:
    if not text:
        raise Refused("cost", f"Say what it costs. {_HOW}")
    if len(text) > LONGEST_TYPED:
        raise Refused("cost", f"Use at most {LONGEST_TYPED} characters")
    for unsure, why in _UNSURE.items():
        if re.search(unsure, text):
            raise Refused("cost", why)
    first_free, rest = _take(_FIRST_FREE, text)
    sibling, rest = _take(_SIBLING_PRICE, rest)
    family, rest = _take(_FAMILY, rest)
    block, rest = _take(_BLOCK, rest)
    sessions = int(block[1] or block[2]) if block else None
    kind, pence = _kind_and_pence(rest, sessions)
    sibling_pence = _pence(sibling["before"] or sibling["after"]) if sibling else None
    if family and sibling_pence is None and kind is not CostKind.FREE:
        sibling_pence = 0
    if kind is CostKind.FREE and sibling_pence == 0:
        sibling_pence = None
    is_first_free = bool(first_free) and kind is not CostKind.FREE
    return Cost(kind, pence, sibling_pence, sessions, is_first_free)


def _kind_and_pence(text: str, sessions: int | None) -> tuple[CostKind, int | None]:
    """What kind it is, and the one sum left in a text without its sibling price and block."""
    each, rest = _take(_EACH, text)
    amounts = [_pence(found) for found in re.findall(_MONEY, rest)]
    donation, free = _DONATION.search(rest), _FREE.search(rest)
    _check_one_price(rest, amounts)
    if donation:
        if sessions is not None:
            raise Refused("cost", "Say whether it is a donation or the price of a block")
        return CostKind.DONATION, (amounts[0] or None) if amounts else None
    if sessions is not None:
        if each or free:
            raise Refused("cost", "Give the price of the whole block, like £36 for 6 sessions")
        return CostKind.BLOCK, amounts[0] if amounts else None
    if _TERM.search(rest):
        raise Refused("cost", "Say how many sessions the price buys, like £36 for 6 sessions")
    if free and any(amounts):
        raise Refused("cost", f"Is it free, or is there a price? {_HOW}")
    if free or amounts == [0]:
        return CostKind.FREE, None
    return CostKind.EACH_TIME, amounts[0] if amounts else None


def _check_one_price(text: str, amounts: list[int]) -> None:
    if len(amounts) > 1:
        raise Refused("cost", "Give one price: we found two. A sibling’s is like £3, £1 a sibling")
    bare = re.sub(_MONEY, " ", text)
    for known in (_DONATION, _FREE, _FILLER):
        bare = known.sub(" ", bare)
    if left := bare.split():
        raise Refused("cost", f"We can’t tell the price from “{' '.join(left)}”. {_HOW}")


def _pence(money: str) -> int:
    """Pence of a sum that `_MONEY` found. A bare number is pounds, if it is small."""
    if money == "free":
        return 0
    number = money.strip("£p ")
    if not money.startswith("£"):
        if money.endswith("p"):
            return int(number)
        if float(number) > MOST_BARE_POUNDS:
            raise Refused("cost", f"Is {number} pounds or pence? Write £{number} or {number}p")
    whole, _, part = number.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def _take(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """The first match, and the text without it."""
    found = pattern.search(text)
    return found, f"{text[: found.start()]} , {text[found.end() :]}" if found else text
