"""Names that were perhaps meant by one that nobody has: only of places of some standing."""

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from finder.places.names import Names
from finder.places.rules import Suggestion, name_key

SHORTEST = 3
LONG, LONGER = 6, 10
"""From so many letters on, two slips are allowed, then three."""
MOST_LOOKED_AT, MOST_SUGGESTED = 30, 5


def alike(names: Names, typed: str) -> tuple[Suggestion, ...]:
    """Names that begin like this, then those spelled nearly so, the fewest slips first.

    Each slip is a letter too many, missing, another, or two that changed places. A different
    first letter may be the only slip: Helland is not meant by Shetland.
    """
    key = name_key(re.split(r"[,()]", typed)[0])
    if len(key) < SHORTEST:
        return ()
    known = names.standing()
    longer = sorted((k for k in known if f"{k} ".startswith(f"{key} ")), key=lambda k: -known[k][1])
    slips = 1 + (len(key) >= LONG) + (len(key) >= LONGER)
    near = process.extract(
        key, list(known), scorer=OSA.distance, score_cutoff=slips, limit=MOST_LOOKED_AT
    )
    close = [(k, count) for k, count, _ in near if count <= 1 or k[0] == key[0]]
    ordered = sorted(close, key=lambda found: (found[1], -known[found[0]][1]))
    meant = dict.fromkeys(known[k][0] for k in [*longer, *(k for k, _ in ordered)])
    return tuple(Suggestion(name, name) for name in meant)[:MOST_SUGGESTED]
