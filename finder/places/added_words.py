"""The words that people add to a place, and those of an address."""

from collections.abc import Sequence

from finder.domain.vocabulary import Nation

COUNTRY = frozenset(
    ["uk", "gb", "gbr", "united kingdom", "the uk", "great britain", "britain", "u k", "g b"]
)
NATION_WORDS = {
    "england": Nation.ENGLAND,
    "eng": Nation.ENGLAND,
    "scotland": Nation.SCOTLAND,
    "alba": Nation.SCOTLAND,
    "wales": Nation.WALES,
    "cymru": Nation.WALES,
    "northern ireland": Nation.NORTHERN_IRELAND,
    "n ireland": Nation.NORTHERN_IRELAND,
    "nireland": Nation.NORTHERN_IRELAND,
    "ni": Nation.NORTHERN_IRELAND,
    "n i": Nation.NORTHERN_IRELAND,
    "ulster": Nation.NORTHERN_IRELAND,
}
STREET_WORDS = """
street road rd lane ln lanes avenue ave drive dr close crescent cres terrace gardens gdns square sq
mews way row walk wynd parade quay brae alley court ct boulevard parkway
"""
STREETS = frozenset(STREET_WORDS.split())
HOUSES = frozenset(["flat", "apartment", "apt", "unit", "suite", "floor"])


def nation_typed(key: str) -> str:
    """The nation or the whole country that a name is; empty for any other name."""
    if key in COUNTRY:
        return "The United Kingdom"
    return NATION_WORDS[key].label if key in NATION_WORDS else ""


def is_street(words: Sequence[str], position: int) -> bool:
    """Whether the word ends the name of a street. Chester-le-Street is a town."""
    word = words[position]
    if word == "st":  # Oxford St, but St Andrews
        return position > 0 and position == len(words) - 1
    return word in STREETS and (position == 0 or words[position - 1] != "le")


def is_address(words: Sequence[str]) -> bool:
    """Whether the words hold a house number, a flat or a street."""
    return any(
        word[0].isdigit() or word in HOUSES or is_street(words, n) for n, word in enumerate(words)
    )


def without_country(parts: list[list[str]]) -> tuple[list[list[str]], Nation | None]:
    """The parts without "UK" or a nation at their end, which then is the nation."""
    nation = None
    kept = [list(part) for part in parts]
    while kept:
        words = kept[-1]
        count = next(
            (n for n in (2, 1) if " ".join(words[-n:]) in (COUNTRY | NATION_WORDS.keys())), 0
        )
        if not count or sum(map(len, kept)) <= count:
            return kept, nation
        nation = nation or NATION_WORDS.get(" ".join(words[-count:]))
        kept[-1] = words[:-count]
        if not kept[-1]:
            kept.pop()
    return kept, nation
