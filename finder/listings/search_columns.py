"""The columns by which search finds and shows a group, worked out from what was said of it.

They repeat what other columns and tables say: in a form that one index can answer from, and that
a card or a point of the map needs no other table for. Whatever depends on the day of the reader is
left to the reader: the next date (from `schedule`), and whether the newest report is old by now
(from `reported_on`, see `cards.py`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from finder.domain.facts import Answers, Fact, probability_of_yes
from finder.domain.groups import GroupDraft, Place, TalkingLine
from finder.domain.nearness import lat_band
from finder.domain.talking.beliefs import STARTING_TABLES, Tables, prior_for
from finder.domain.talking.rating import (
    Report,
    agreed_level,
    posterior,
    sentence,
    shown_level,
    sure_level,
)
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind
from finder.listings.drafts import drafts_of, lines_of
from finder.listings.learned import tables_in_use
from finder.listings.row_values import LEVELS, cost_from, session_from
from finder.listings.rules import (
    Off,
    facts_mask,
    point_text,
    schedule_text,
    traits_of,
)
from finder.listings.tables import (
    CancelledOccurrenceRow,
    GroupFactRow,
    GroupRow,
    SessionRow,
    VenueRow,
)
from finder.platform.db.database import Db
from finder.platform.db.rows import Row

PROBABLY, FAIRLY_SURE = 0.5, 0.75
NEVER = 6
"""Above every level: a group whose parents don't agree, or are too few to."""


@dataclass(frozen=True)
class Heard:
    """What parents answered about one group: levels with their age, and yes and no by fact."""

    reports: Sequence[Report] = ()
    facts: Mapping[Fact, tuple[int, int]] = field(default_factory=dict)


HeardOf = Callable[[Db, UUID, date], Heard]
"""What parents answered about a group, as of a day. Reviews are kept by a room above this one."""
NOTHING_HEARD = Heard()


def refresh_search_columns(
    db: Db,
    group_id: UUID,
    at: datetime,
    heard_of: HeardOf,
    draft: GroupDraft | None = None,
) -> None:
    """Work out a group's search columns anew; the caller commits.

    at: now, from which reports fade. heard_of: gives what parents answered. draft: what is said
    of the group, where that is known.
    """
    group = db.get_one(GroupRow, group_id)
    draft = draft or drafts_of(db, [group_id])[group_id]
    heard = heard_so_far(db, group, at, heard_of)
    off = cancelled_of(db, [group_id])[group_id]
    set_columns(group, columns_of(draft, heard, tables_in_use(db), off))
    db.flush()


def refresh_schedule(db: Db, group_id: UUID) -> None:
    """Write a group's schedule anew, after its cancelled dates have changed; the caller commits."""
    rows = lines_of(db, SessionRow, [group_id], col(SessionRow.position))[group_id]
    off = cancelled_of(db, [group_id])[group_id]
    group = db.get_one(GroupRow, group_id)
    venue = db.get_one(VenueRow, group.venue_id)
    group.schedule = schedule_text(venue.nation, venue.council_code, map(session_from, rows), off)
    db.flush()


def cancelled_of(db: Db, ids: Collection[UUID]) -> Mapping[UUID, list[Off]]:
    """The cancelled dates of these groups, by group; none is an empty list."""
    rows = lines_of(db, CancelledOccurrenceRow, ids, col(CancelledOccurrenceRow.on))
    return {id_: [(row.on, row.starts) for row in rows[id_]] for id_ in ids}


def set_columns(row: Row, values: Mapping[str, object]) -> None:
    """Give a row these values. To set what is the same already costs as much as to change it."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def columns_of(
    draft: GroupDraft,
    heard: Heard = NOTHING_HEARD,
    tables: Tables = STARTING_TABLES,
    cancelled: Iterable[Off] = (),
) -> dict[str, object]:
    """The search columns of a group of which this is said."""
    answers = answers_from({**draft.facts, **draft.venue.facts}, heard.facts)
    talking = talking_columns(
        draft.claimed_level, heard.reports, draft.format, draft.venue.kind, tables
    )
    line = TalkingLine(
        LEVELS[talking["talking_level"]], talking["is_talking_known"], talking["talking_sentence"]
    )
    venue = draft.venue
    shown = {
        "schedule": schedule_text(venue.nation, venue.council_code, draft.sessions, cancelled),
        "point": point_text(
            draft.name,
            venue.place,
            draft.format,
            venue.name,
            venue.kind,
            venue.locality,
            draft.cost,
            line,
        ),
    }
    return place_and_traits(draft) | fact_columns(answers) | talking | shown


def answers_from(
    said: Mapping[Fact, bool], counts: Mapping[Fact, tuple[int, int]]
) -> dict[Fact, Answers]:
    """What is known of each fact: the organiser's word or the building's, and parents' counts."""
    return {
        fact: Answers(said.get(fact), *counts.get(fact, (0, 0)))
        for fact in said.keys() | counts.keys()
    }


def heard_so_far(db: Db, group: GroupRow, at: datetime, heard_of: HeardOf) -> Heard:
    """What parents answered: in their reviews, else as counts, as old as the newest report."""
    if group.reported_on and (heard := heard_of(db, group.id, at.date())).reports:
        return heard
    rows = db.exec(select(GroupFactRow).where(col(GroupFactRow.group_id) == group.id))
    counts = {row.fact: (row.parents_yes, row.parents_no) for row in rows}
    return Heard(stored_reports(group, at), counts)


def stored_reports(group: GroupRow, at: datetime) -> tuple[Report, ...]:
    """The reports as counted: how many for each level, all as old as the newest of them."""
    age_days = float((at.date() - group.reported_on).days) if group.reported_on else 0.0
    return tuple(
        (level.value, age_days)
        for level in TalkingLevel
        for _ in range(getattr(group, f"reports_{level.value}"))
    )


def keep_facts(
    db: Db,
    group_id: UUID,
    said: Mapping[Fact, bool] | None = None,
    counts: Mapping[Fact, tuple[int, int]] | None = None,
    rows: Iterable[GroupFactRow] | None = None,
) -> None:
    """Keep the organiser's words, or parents' counts, or both; None leaves that side as it is.

    rows: those of the group, where they have been read already.
    """
    if rows is None:
        rows = db.exec(select(GroupFactRow).where(col(GroupFactRow.group_id) == group_id))
    kept = {row.fact: row for row in rows}
    for fact in kept.keys() | (said or {}).keys() | (counts or {}).keys():
        row = kept.get(fact) or GroupFactRow(group_id=group_id, fact=fact)
        if said is not None:
            row.is_yes = said.get(fact)
        if counts is not None:
            row.parents_yes, row.parents_no = counts.get(fact, (0, 0))
        if row.is_yes is not None or row.parents_yes or row.parents_no:
            db.add(row)
        elif fact in kept:
            db.delete(row)


def keep_counts(
    db: Db,
    group: GroupRow,
    heard: Heard,
    at: datetime,
    rows: Iterable[GroupFactRow] | None = None,
) -> None:
    """Keep how many parents reported each level, when last, and their answers, in counts."""
    for level in TalkingLevel:
        count = sum(said == level for said, _ in heard.reports)
        setattr(group, f"reports_{level.value}", count)
    newest = min((age_days for _, age_days in heard.reports), default=None)
    group.reported_on = None if newest is None else (at - timedelta(days=newest)).date()
    keep_facts(db, group.id, counts=heard.facts, rows=rows)


def place_and_traits(draft: GroupDraft) -> dict[str, object]:
    """Where it is, and what of the words that a search may ask for it has."""
    place = draft.venue.place
    return {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "lat_band": lat_band(place.latitude),
        "cost_each_pence": draft.cost.each_pence,
        "cost_label": draft.cost.label(),
        "traits_mask": traits_of(
            draft.formats,
            draft.venue.kind,
            draft.cost.kind,
            draft.booking,
            draft.size,
            {session.weekday for session in draft.sessions},
        ),
    }


def fact_columns(answers: Mapping[Fact, Answers]) -> dict[str, object]:
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
    claim: int | None,
    reports: Sequence[Report],
    main_format: Format,
    venue_kind: VenueKind,
    tables: Tables = STARTING_TABLES,
) -> dict[str, Any]:
    """How much talking: its chances, the lowest levels that are probable, sure and agreed, and the
    evidence in words, as it reads while the newest report is not old."""
    prior = prior_for(main_format, venue_kind, tables)
    chances = posterior(claim, reports, prior, tables)
    level = shown_level(chances)
    fresh = [(said, 0.0) for said, _ in reports]
    return {
        "is_talking_known": claim is not None or bool(reports),
        "talking_sentence": sentence(level, claim, fresh, main_format),
        "talking_level": level.value,
        "talking_sure_level": sure_level(chances).value,
        "talking_agreed_level": agreed_level(claim, reports, prior, tables) or NEVER,
    } | {f"talking_{level}": chance for level, chance in enumerate(chances, 1)}


def columns_by_reviews(
    group: GroupRow,
    venue: VenueRow,
    answers: Mapping[Fact, Answers],
    reports: Sequence[Report],
    tables: Tables,
) -> dict[str, Any]:
    """Those columns of a group that depend on what parents said of it."""
    talking = talking_columns(group.claimed_level, reports, group.main_format, venue.kind, tables)
    point = point_text(
        group.name,
        Place(group.latitude, group.longitude),
        group.main_format,
        venue.name,
        venue.kind,
        venue.locality,
        cost_from(group),
        TalkingLine(
            LEVELS[talking["talking_level"]],
            talking["is_talking_known"],
            talking["talking_sentence"],
        ),
    )
    return fact_columns(answers) | talking | {"point": point}
