"""The columns by which search finds a group, worked out from what was said of it.

They repeat what other columns and tables say, in a form that one index can answer from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from finder.domain.facts import Answers, Fact, probability_of_yes
from finder.domain.talking import Report, agreed_level, posterior, shown_level, sure_level
from finder.domain.talking_tables import STARTING_TABLES, Tables, prior_for
from finder.domain.vocabulary import TalkingLevel
from finder.store.database import Db
from finder.store.heard import Heard, heard_of
from finder.store.masks import facts_mask, formats_in, traits_of
from finder.store.tables import GroupFactRow, GroupRow, SessionRow, VenueFactRow, VenueRow

BAND_DEGREES = 0.02
"""Height of one strip of latitude, 2.2 km: measured best at 3 miles (evidence.md)."""

PROBABLY, FAIRLY_SURE = 0.5, 0.75
NEVER = 6
"""Above every level: a group whose parents don't agree, or are too few to."""

NOT_YET: Mapping[str, Any] = {
    "lat_band": 0,
    "latitude": 0.0,
    "longitude": 0.0,
    "traits_mask": 0,
    "facts_yes": 0,
    "facts_no": 0,
    "facts_sure": 0,
    "is_talking_known": False,
    "talking_level": 1,
    "talking_sure_level": 1,
    "talking_agreed_level": NEVER,
    **dict.fromkeys((f"talking_{level.value}" for level in TalkingLevel), 0.0),
}
"""What stands in a new group's columns until they are worked out, later in its transaction."""


def lat_band(latitude: float) -> int:
    """The number of the strip of latitude in which a point lies."""
    return floor(latitude / BAND_DEGREES)


def refresh_search_columns(
    db: Db,
    group_id: UUID,
    *,
    at: datetime,
    heard: Heard | None = None,
    tables: Tables = STARTING_TABLES,
) -> None:
    """Work out a group's search columns anew; the caller commits.

    heard: what parents answered, all of it, when that has changed; None reads it again where
    there is any. at: now, from which reports fade.
    """
    group = db.get_one(GroupRow, group_id)
    venue = db.get_one(VenueRow, group.venue_id)
    if heard is None:
        heard = heard_of(db, group_id, at.date()) if group.reported_on else Heard()
    known = Known(group, venue, {row.fact: row for row in _facts(db, group)}, _building(db, group))
    keep_heard(db, known, heard, at, tables)
    for name, value in _place_and_traits(db, group, venue).items():
        setattr(group, name, value)
    db.flush()


@dataclass(frozen=True)
class Known:
    """One group's rows: itself, its venue, its facts, and the building's."""

    group: GroupRow
    venue: VenueRow
    facts: Mapping[Fact, GroupFactRow]
    building: Mapping[Fact, bool]


def keep_heard(db: Db, known: Known, heard: Heard, at: datetime, tables: Tables) -> None:
    """Write the columns that depend on what parents answered. Nothing else decides them, so a
    rebuild gives what one review after the other gave.
    """
    facts = _keep_counts(db, known, heard, at)
    values = fact_columns(_answers(facts, known.building)) | talking_columns(
        known.group, known.venue, heard.reports, tables
    )
    for name, value in values.items():
        setattr(known.group, name, value)


def answers_of(db: Db, group: GroupRow) -> dict[Fact, Answers]:
    """What is known of each fact: the organiser's word, the building's, and parents' counts."""
    return _answers(_facts(db, group), _building(db, group))


def _answers(facts: Iterable[GroupFactRow], building: Mapping[Fact, bool]) -> dict[Fact, Answers]:
    said = {row.fact: Answers(row.is_yes, row.parents_yes, row.parents_no) for row in facts}
    for fact, is_yes in building.items():
        said[fact] = said.get(fact, Answers())._replace(organiser=is_yes)
    return said


def _facts(db: Db, group: GroupRow) -> Sequence[GroupFactRow]:
    return db.exec(select(GroupFactRow).where(col(GroupFactRow.group_id) == group.id)).all()


def _building(db: Db, group: GroupRow) -> dict[Fact, bool]:
    rows = db.exec(select(VenueFactRow).where(col(VenueFactRow.venue_id) == group.venue_id))
    return {row.fact: row.is_yes for row in rows}


def _keep_counts(db: Db, known: Known, heard: Heard, at: datetime) -> list[GroupFactRow]:
    """Write the counts, and give the fact rows that stay."""
    group, stay = known.group, []
    for level in TalkingLevel:
        count = sum(said == level for said, _ in heard.reports)
        setattr(group, f"reports_{level.value}", count)
    newest = min((age_days for _, age_days in heard.reports), default=None)
    group.reported_on = None if newest is None else (at - timedelta(days=newest)).date()
    for fact in known.facts.keys() | heard.facts.keys():
        row = known.facts.get(fact) or GroupFactRow(group_id=group.id, fact=fact)
        row.parents_yes, row.parents_no = heard.facts.get(fact, (0, 0))
        if row.is_yes is None and not (row.parents_yes or row.parents_no):
            db.delete(row)
        else:
            db.add(row)
            stay.append(row)
    return stay


def stored_reports(group: Any, at: datetime) -> tuple[Report, ...]:
    """The reports as counted: how many for each level, all as old as the newest of them."""
    age_days = float((at.date() - group.reported_on).days) if group.reported_on else 0.0
    return tuple(
        (level.value, age_days)
        for level in TalkingLevel
        for _ in range(getattr(group, f"reports_{level.value}"))
    )


def _place_and_traits(db: Db, group: GroupRow, venue: VenueRow) -> dict[str, Any]:
    sessions = db.exec(select(SessionRow).where(col(SessionRow.group_id) == group.id))
    return {
        "latitude": venue.latitude,
        "longitude": venue.longitude,
        "lat_band": lat_band(venue.latitude),
        "traits_mask": traits_of(
            formats_in(group.formats_mask),
            venue.kind,
            group.cost_kind,
            group.booking,
            group.size,
            {session.weekday for session in sessions},
        ),
    }


def fact_columns(answers: Mapping[Fact, Answers]) -> dict[str, int]:
    """Which facts probably hold, which probably don't, and of which we are fairly sure.

    Where the answers are evenly split a fact is in neither: it is not known.
    """
    chances = {fact: probability_of_yes(answer) for fact, answer in answers.items()}
    known = {fact: chance for fact, chance in chances.items() if chance is not None}
    return {
        "facts_yes": facts_mask(fact for fact, chance in known.items() if chance > PROBABLY),
        "facts_no": facts_mask(fact for fact, chance in known.items() if chance < PROBABLY),
        "facts_sure": facts_mask(
            fact for fact, chance in known.items() if max(chance, 1 - chance) >= FAIRLY_SURE
        ),
    }


def talking_columns(
    group: GroupRow, venue: VenueRow, reports: Sequence[Report], tables: Tables
) -> dict[str, Any]:
    """How much talking: its chances, and the lowest levels that are probable, sure and agreed."""
    claim, prior = group.claimed_level, prior_for(group.main_format, venue.kind, tables)
    chances = posterior(claim, reports, prior, tables)
    return {
        "is_talking_known": claim is not None or bool(reports),
        "talking_level": shown_level(chances).value,
        "talking_sure_level": sure_level(chances).value,
        "talking_agreed_level": agreed_level(claim, reports, prior, tables) or NEVER,
    } | {f"talking_{level}": chance for level, chance in enumerate(chances, 1)}
