"""For a search that finds little: how many more groups each change would find, in words."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from finder.domain.groups import Place
from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import RADII_MILES, TalkingLevel
from finder.platform.db.database import Db
from finder.search.queries import counts
from finder.search.rules import Relaxation, SearchQuery

MOST_OFFERED = 5
PLAIN = "plain"
WIDER = 2
"""How many larger radii to try. Each costs more time than all other changes."""


class Change(NamedTuple):
    """A wider search. Of one kind, the page offers the first that finds more."""

    kind: str
    words: str
    query: SearchQuery


def relaxations(
    db: Db, query: SearchQuery, centre: Place, total: int, now: datetime, calendars: Calendars
) -> tuple[Relaxation, ...]:
    """At most five ways to find more than `total`, the best first.

    One SQL statement, and one more for each way that still asks for one day.
    """
    changes = list(_changes(query))
    found = counts(db, [(change.query, centre) for change in changes], now, calendars)
    offered: dict[str, Relaxation] = {}
    for change, count in zip(changes, found, strict=True):
        if count > total and change.kind not in offered:
            words = f"{count - total} more {change.words}"
            offered[change.kind] = Relaxation(words, change.query, count - total)
    plain = offered.pop(PLAIN, None)
    best = sorted(offered.values(), key=lambda relaxation: -relaxation.more)
    if plain and not best:
        return (plain,)
    return tuple(best[:MOST_OFFERED])


def _changes(query: SearchQuery) -> Iterator[Change]:
    yield from _of_place(query)
    yield from _of_talking(query)
    yield from _of_facts(query)
    yield from _of_time(query)
    yield from _of_traits(query)
    # Offered only where no single change helps.
    plain = SearchQuery(query.near, query.radius_miles, sort=query.any_day.sort)
    yield Change(PLAIN, "without any of your choices", plain)


def _of_place(query: SearchQuery) -> Iterator[Change]:
    wider = [miles for miles in RADII_MILES if miles > query.radius_miles]
    for miles in wider[:WIDER]:
        yield Change("radius", f"within {miles} miles", query.but(radius_miles=miles))


def _of_talking(query: SearchQuery) -> Iterator[Change]:
    if query.is_sure:
        words = "if parents need not agree on the level"
        yield Change("sure", words, query.but(is_sure=False))
    for level in TalkingLevel:
        if level > query.talking:
            yield Change("level", f"if you allow “{level.label}”", query.but(talking=level))
    if query.asks_what_may_be_unknown and not query.include_unknown:
        words = "that nobody has told us enough about"
        yield Change("unknown", words, query.but(include_unknown=True))


def _of_facts(query: SearchQuery) -> Iterator[Change]:
    for fact in sorted(query.can):
        words = f"without asking for “{fact.yes}”"
        yield Change(fact, words, query.but(can=query.can - {fact}))
    for fact in sorted(query.must_not):
        words = f"without asking for “{fact.no}”"
        yield Change(fact, words, query.but(must_not=query.must_not - {fact}))


def _of_time(query: SearchQuery) -> Iterator[Change]:
    any_time = {"starts_after": None, "ends_before": None}
    if query.on:
        yield Change("on", "on other days", query.any_day)
    if query.days:
        yield Change("days", "on other days", query.but(days=frozenset()))
    if query.starts_after or query.ends_before:
        yield Change("times", "at other times", query.but(**any_time))
        if query.days:
            words = "on other days and at other times"
            yield Change("days and times", words, query.but(days=frozenset(), **any_time))


def _of_traits(query: SearchQuery) -> Iterator[Change]:
    if query.formats:
        yield Change("formats", "of other kinds of group", query.but(formats=frozenset()))
    if query.venue_kinds:
        yield Change("venues", "at other kinds of place", query.but(venue_kinds=frozenset()))
    if query.costs or query.max_cost_pence is not None:
        any_cost = query.but(costs=frozenset(), max_cost_pence=None)
        yield Change("cost", "at other prices", any_cost)
    if query.age_months is not None:
        yield Change("age", "for other ages", query.but(age_months=None))
    if query.sizes:
        yield Change(
            "size", "of other sizes, or whose size we don’t know", query.but(sizes=frozenset())
        )
    if query.booking:
        yield Change("booking", "that you have to book", query.but(booking=None))
