"""A search in plain Python over all groups, as the product says it: slow and sure."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from geopy.distance import geodesic

from finder.domain.facts import Answers, Fact, probability_of_yes
from finder.domain.groups import GroupDraft, Place
from finder.domain.nearness import METRES_PER_MILE
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import (
    LONDON,
    Occurrence,
    next_occurrence,
    occurrences_between,
)
from finder.domain.talking.model import agreed_level, posterior, prior_for
from finder.domain.vocabulary import Band, CostFilter, CostKind, Sort
from finder.search.rules import SearchQuery


@dataclass(frozen=True)
class Known:
    """One group and what parents said of it."""

    public_id: UUID
    draft: GroupDraft
    reports: tuple[tuple[int, float], ...] = ()
    counts: dict[Fact, tuple[int, int]] = field(default_factory=dict)
    cancelled: frozenset[tuple[date, time]] = frozenset()

    @property
    def chances(self) -> tuple[float, ...]:
        prior = prior_for(self.draft.format, self.draft.venue.kind)
        return posterior(self.draft.claimed_level, self.reports, prior)

    def at_most(self, level: int) -> float:
        return 1.0 if level == 5 else sum(self.chances[:level])

    @property
    def is_talking_known(self) -> bool:
        return self.draft.claimed_level is not None or bool(self.reports)

    def chance_of(self, fact: Fact) -> float | None:
        said = self.draft.facts | self.draft.venue.facts
        chance = probability_of_yes(Answers(said.get(fact), *self.counts.get(fact, (0, 0))))
        return None if chance == 0.5 else chance

    def distance_m(self, centre: Place) -> float:
        place = self.draft.venue.place
        ends = (centre.latitude, centre.longitude), (place.latitude, place.longitude)
        return float(geodesic(*ends).meters)

    def next(self, now: datetime, calendars: Calendars) -> Occurrence | None:
        venue = self.draft.venue
        off = {
            session: {on: "" for on, starts in self.cancelled if starts == session.starts}
            for session in self.draft.sessions
        }
        calendar = calendars.of(venue.nation, venue.council_code)
        return next_occurrence(self.draft.sessions, now, calendar, off)

    def on_day(self, day: date, query: SearchQuery, calendars: Calendars) -> Occurrence | None:
        venue = self.draft.venue
        calendar = calendars.of(venue.nation, venue.council_code)
        return min(
            (
                occurrence
                for session in self.draft.sessions
                if (not query.days or session.weekday in query.days)
                and (not query.starts_after or session.starts >= query.starts_after)
                and (not query.ends_before or session.ends <= query.ends_before)
                for occurrence in occurrences_between(session, day, day, calendar, {})
                if (day, session.starts) not in self.cancelled
            ),
            default=None,
        )


def date_asked(query: SearchQuery, now: datetime) -> date | None:
    today = now.astimezone(LONDON).date()
    meant = {"today": today, "tomorrow": today + timedelta(days=1)}
    return meant.get(str(query.on), query.on) if query.on else None  # type: ignore[return-value]


def found(
    groups: list[Known], query: SearchQuery, centre: Place, now: datetime, calendars: Calendars
) -> list[tuple[UUID, Band | None]]:
    """All matches in order, shown or not, with their bands (None where none is asked)."""
    day = date_asked(query, now)
    within = [g for g in groups if g.distance_m(centre) <= query.radius_miles * METRES_PER_MILE]
    if day:
        within = [g for g in within if g.on_day(day, query, calendars)]
    matches = [(g, band_of(g, query)) for g in within if meets(g.draft, query)]
    ordered = sorted(
        (pair for pair in matches if pair[1] != "fails"),
        key=lambda pair: sort_key(pair[0], query, centre, now, calendars),
    )
    return [(g.public_id, band if query.asks_what_may_be_unknown else None) for g, band in ordered]


def meets(draft: GroupDraft, query: SearchQuery) -> bool:
    kinds = {CostKind.FREE: CostFilter.FREE, CostKind.DONATION: CostFilter.DONATION}
    return all(
        (
            not query.formats or bool(query.formats & draft.formats),
            not query.venue_kinds or draft.venue.kind in query.venue_kinds,
            not query.costs or kinds.get(draft.cost.kind, CostFilter.PAID) in query.costs,
            query.max_cost_pence is None or draft.cost.each_pence <= query.max_cost_pence,
            query.age_months is None
            or draft.age_from_months <= query.age_months <= draft.age_to_months,
            not query.sizes or draft.size in query.sizes,
            query.booking is None or draft.booking is query.booking,
            any(
                (not query.days or session.weekday in query.days)
                and (not query.starts_after or session.starts >= query.starts_after)
                and (not query.ends_before or session.ends <= query.ends_before)
                for session in draft.sessions
            ),
        )
    )


def band_of(group: Known, query: SearchQuery) -> Band | str:
    chances: list[float | None] = []
    if query.talking < 5 or query.is_sure:
        chances.append(level_chance(group, query))
    chances += [group.chance_of(fact) for fact in query.can]
    chances += [none_or_not(group.chance_of(fact)) for fact in query.must_not]
    if any(chance is not None and chance < 0.5 - 1e-12 for chance in chances):
        return "fails"
    if any(chance is None for chance in chances):
        return Band.NOT_KNOWN
    is_told = bool(group.reports) or query.talking == 5 or query.is_sure
    if is_told and all(chance is not None and chance >= 0.75 for chance in chances):
        return Band.FAIRLY_SURE
    return Band.PROBABLY


def level_chance(group: Known, query: SearchQuery) -> float | None:
    claim, reports = group.draft.claimed_level, group.reports
    if claim is None and not reports:
        return None
    if not query.is_sure:
        chance = group.at_most(query.talking)
        return chance if reports else min(chance, 0.74)
    prior = prior_for(group.draft.format, group.draft.venue.kind)
    agreed = agreed_level(claim, reports, prior)
    shown = next(level for level in range(1, 6) if group.at_most(level) >= 0.5)
    wanted = query.talking if query.talking < 5 else shown
    return 1.0 if agreed is not None and agreed <= wanted else 0.0


def none_or_not(chance: float | None) -> float | None:
    return None if chance is None else 1 - chance


def sort_key(
    group: Known, query: SearchQuery, centre: Place, now: datetime, calendars: Calendars
) -> tuple[object, ...]:
    sort, day = query.sort, date_asked(query, now)
    near = (group.distance_m(centre), group.public_id)
    if sort is Sort.QUIET:
        tier = 1 if not group.is_talking_known else 0 if group.at_most(2) >= 0.5 else 2
        return (tier, -group.at_most(2), *near)
    if sort is Sort.COST:
        return (group.draft.cost.each_pence, *near)
    if sort is Sort.SOONEST and day:
        meeting, local = group.on_day(day, query, calendars), now.astimezone(LONDON)
        assert meeting
        return day == local.date() and meeting.ends <= local.time(), meeting.starts, *near
    if sort is Sort.SOONEST:
        following = group.next(now, calendars)
        return ((following.on, following.starts) if following else (date.max, time.max), *near)
    return near
