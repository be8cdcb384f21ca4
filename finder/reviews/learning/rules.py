"""What learning changed, in words for whoever runs the site."""

from collections.abc import Callable, Mapping
from operator import itemgetter

from finder.domain.talking.beliefs import Probabilities, Tables
from finder.domain.vocabulary import Format

MOST_FORMATS = 5
QUIET = 2
NUMBERS: tuple[tuple[str, Callable[[Tables], float]], ...] = (
    ("Parents: spread of one's mistakes, in levels", lambda tables: tables.parents.spread),
    ("Parents: share of careless reports", lambda tables: tables.parents.careless),
    ("Parents: mistakes that a group's share", lambda tables: tables.parents.shared),
    ("Organisers: levels taken off", lambda tables: tables.organisers.lean),
    ("Organisers: spread, in levels", lambda tables: tables.organisers.spread),
    ("Organisers: share who always claim 1", lambda tables: tables.organisers.blunt),
    ("Organisers: share who claim anything", lambda tables: tables.organisers.careless),
    ("Changes of a group's level in a year", lambda tables: tables.change),
)


def changes(before: Tables, after: Tables) -> list[str]:
    """The numbers of two tables side by side, and the formats that moved most."""
    lines = [f"{'':44}{before.version:>8}{after.version:>8}"]
    lines += [f"{name:44}{get(before):8.2f}{get(after):8.2f}" for name, get in NUMBERS]
    moved = _moved(before.formats, after.formats)
    lines.append("Chance that such a group asks for a hello at most:")
    lines += [f"  {name:42}{old:8.2f}{new:8.2f}" for name, old, new in moved[:MOST_FORMATS]]
    return lines


def moved_levels(groups: int, moved: Mapping[int, int]) -> str:
    """How many groups were rated anew, and how far their levels moved."""
    stayed = groups - sum(moved.values())
    parts = [f"{stayed:,} kept their level"]
    parts += [f"{count:,} moved by {steps}" for steps, count in moved.items()]
    return f"{groups:,} groups rated anew: {', '.join(parts)}."


def _moved(
    before: Mapping[Format, Probabilities], after: Mapping[Format, Probabilities]
) -> list[tuple[str, float, float]]:
    pairs = [
        (name.label, sum(before[name][:QUIET]), sum(after[name][:QUIET]))
        for name in before.keys() & after.keys()
    ]
    return sorted(sorted(pairs, key=itemgetter(0)), key=lambda pair: -abs(pair[2] - pair[1]))
