"""Kind sentences for places that the site does not cover: the islands, the forces, abroad."""

import re

from finder.places.names import Names
from finder.places.rules import NotFound, name_key

COVERED = "We cover England, Scotland, Wales and Northern Ireland only."
ISLANDS = {
    "jersey": "Jersey",
    "guernsey": "Guernsey",
    "alderney": "Alderney",
    "sark": "Sark",
    "herm": "Herm",
    "channel islands": "the Channel Islands",
    "channel isles": "the Channel Islands",
    "isle of man": "the Isle of Man",
    "iom": "the Isle of Man",
    "ellan vannin": "the Isle of Man",
}
ALSO_CALLED = {
    "usa": "the United States",
    "us": "the United States",
    "america": "the United States",
    "eire": "Ireland",
    "republic of ireland": "Ireland",
    "roi": "Ireland",
    "uae": "the United Arab Emirates",
    "holland": "the Netherlands",
    "new york": "the United States",
    "gibraltar": "Gibraltar",
    "falkland islands": "the Falkland Islands",
}
FORCES = re.compile(r"\bBFPO\b|^BF ?1(?: ?\d[A-Z]{0,2})?$", re.IGNORECASE)
TERRITORIES = re.compile(
    r"^(FIQQ|ASCN|STHL|TDCU|SIQQ|PCRN|TKCA|BBND|BIQQ|AI-?2640|GX11) ?(1ZZ|1AA)?$", re.IGNORECASE
)
OTHER_POSTCODES = re.compile(
    r"^(?:\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d|(?:[AC-FHKNPRTV-Y]\d{2}|D6W) ?[0-9A-Z]{4})$",
    re.IGNORECASE,
)


def island(typed: str) -> NotFound | None:
    """The sentence for Jersey, Guernsey and Man by name; None for any other name."""
    found = ISLANDS.get(name_key(typed))
    return outside(found) if found else None


def by_code(typed: str) -> NotFound | None:
    """The sentence for codes of the forces, of overseas territories and of other countries."""
    if FORCES.search(typed):
        return NotFound(
            "BFPO addresses are for the forces. Type the town or the postcode where you are now."
        )
    if TERRITORIES.match(typed):
        return NotFound(f"That is a postcode of an overseas territory. {COVERED}")
    if OTHER_POSTCODES.match(typed):
        return NotFound(f"That looks like a postcode of another country. {COVERED}")
    return None


def abroad(names: Names, typed: str) -> NotFound | None:
    """The sentence for a town or country elsewhere, alone, or with its country at the end."""
    parts = [name_key(part) for part in typed.split(",")]
    first = re.sub(r"[\s\d]+$", "", parts[0])
    for key in (" ".join(parts), parts[-1], first):
        if key in ALSO_CALLED:
            return outside(ALSO_CALLED[key])
        if key in ISLANDS:
            return outside(ISLANDS[key])
        found = names.abroad(key)
        if found:
            name, country = found
            where = f"{name}, {country}," if country else name
            return NotFound(f"We can’t search in {where} yet. {COVERED}"[:200])
    return None


def outside(where: str) -> NotFound:
    """The sentence for a place that is known and not covered."""
    return NotFound(f"We can't search in {where} yet. {COVERED}")
