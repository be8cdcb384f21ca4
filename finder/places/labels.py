"""Tells places apart in words: "Clapham, London SW4", "Clapham, near Bedford MK41"."""

from collections import Counter
from collections.abc import Sequence

from finder.places.names import BIG
from finder.places.rules import Covers, Found, NamedPlace, Suggestion, from_key

MOST_CHOICES, MOST_OTHERS = 12, 6


def label_of(place: NamedPlace) -> str:
    """The place with where it is and its outward code; an area's name alone."""
    return _label(place, place.where)


def choices(places: Sequence[NamedPlace], most: int = MOST_CHOICES) -> tuple[Suggestion, ...]:
    """Namesakes told apart, each with the text that finds just that one."""
    shown = places[:most]
    known = Counter(map(label_of, shown))
    found = []
    for place in shown:
        others = [other for other in places if other is not place]
        is_alone = known[label_of(place)] == 1
        label = label_of(place) if is_alone else _label(place, place.county or place.where)
        near = place.name if place.reach_km else f"{place.name}, {_own_area(place, others)}"
        found.append(Suggestion(label, near, place.place))
    return tuple(found)


def found(
    place: NamedPlace, others: Sequence[NamedPlace] = (), note: str = "", label: str = ""
) -> Found:
    """The answer of one place. Its label says which one, where it has namesakes."""
    nation = place.nation
    assert nation is not None  # noqa: S101 - those outside are answered otherwise
    is_clear = place.people >= BIG or not others
    return Found(
        label or (place.name if is_clear else label_of(place)),
        place.place,
        Covers.AREA if place.reach_km else Covers.TOWN,
        nation,
        place.council_code,
        note,
        choices([place, *others])[1 : MOST_OTHERS + 1],
        place.reach_km,
    )


def _label(place: NamedPlace, where: str) -> str:
    if place.reach_km:
        return place.name
    parts = " ".join(part for part in (where, place.outward) if part)
    return f"{place.name}, {parts}" if parts else place.name


def _own_area(place: NamedPlace, others: list[NamedPlace]) -> str:
    """The shortest part of its postcode that no namesake has; without one, its county or nation.

    Its best known outward code, if only it has that.
    """
    codes = {code for other in others for code in (other.outward, *other.outwards)}
    if place.outward and place.outward not in codes:
        return place.outward
    for length in (4, 5, 7):
        part = place.postcode[:length]
        if part and not any(other.postcode.startswith(part) for other in others):
            return str(from_key(part))
    return place.where or (place.nation.label if place.nation else "")
