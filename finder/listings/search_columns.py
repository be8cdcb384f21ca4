"""Computes the columns by which a search finds and shows a group.

They repeat other columns and tables, so that one index can answer a search, and a card or a map
point needs no other table. What depends on the day is computed on reading: the next date (from
`schedule`), and whether the newest report is old (from `reported_on`, see `cards.py`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from finder.domain.facts import Answers, Fact, probability_of_yes
from finder.domain.groups import GroupDraft, Place, TalkingLine, lat_band
from finder.domain.talking.beliefs import STARTING_TABLES, Tables
from finder.domain.talking.evidence import FEWEST_COUNTED, NONE_SAID, Counts, counts_of, sentence
from finder.domain.talking.model import (
    Report,
    agreed_level,
    posterior,
    prior_for,
    shown_level,
    sure_level,
    weighed_most,
)
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind
from finder.listings.drafts import drafts_of, lines_of
from finder.listings.learned import tables_in_use
from finder.listings.row_values import LEVELS, session_from
from finder.listings.rules import Off, Price, facts_mask, point_text, schedule_text, traits_of
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
"""Above every level: the parents of a group don't agree or are too few, or none has told."""


@dataclass(frozen=True)
class Heard:
    """Parents' answers about one group: levels with their age, and counts of yes and no by fact.

    first_timers: the counts by level of those who came for the first time. facts_on: when the
    newest answer to each fact is from, to the month.
    """

    reports: Sequence[Report] = ()
    facts: Mapping[Fact, tuple[int, int]] = field(default_factory=dict)
    first_timers: Counts = NONE_SAID
    facts_on: Mapping[Fact, date] = field(default_factory=dict)


HeardOf = Callable[[Db, UUID, date], Heard]
"""Gives parents' answers about a group, as of a day. Reviews belong to a room above this one."""
NOTHING_HEARD = Heard()


def refresh_search_columns(
    db: Db, group_id: UUID, at: datetime, heard_of: HeardOf, draft: GroupDraft | None = None
) -> None:
    """Compute a group's search columns again; the caller commits.

    at: now, from which reports fade. heard_of: gives parents' answers. draft: the group's draft,
    where the caller has it already.
    """
    group = db.get_one(GroupRow, group_id)
    draft = draft or drafts_of(db, [group_id])[group_id]
    heard = heard_so_far(db, group, at, heard_of)
    off = cancelled_of(db, [group_id])[group_id]
    set_columns(group, columns_of(draft, heard, tables_in_use(db), off))
    db.flush()


def refresh_schedule(db: Db, group_id: UUID) -> None:
    """Rewrite a group's schedule after a change of its cancelled dates; the caller commits."""
    rows = lines_of(db, SessionRow, [group_id], col(SessionRow.position))[group_id]
    off = cancelled_of(db, [group_id])[group_id]
    group = db.get_one(GroupRow, group_id)
    venue = db.get_one(VenueRow, group.venue_id)
    group.schedule = schedule_text(venue.nation, venue.council_code, map(session_from, rows), off)
    db.flush()


def cancelled_of(db: Db, ids: Collection[UUID]) -> Mapping[UUID, list[Off]]:
    """The cancelled dates by group; a group without any has an empty list."""
    rows = lines_of(db, CancelledOccurrenceRow, ids, col(CancelledOccurrenceRow.on))
    return {id_: [(row.on, row.starts) for row in rows[id_]] for id_ in ids}


def set_columns(row: Row, values: Mapping[str, object]) -> None:
    """Set those values of a row that differ. Setting an equal one would cost as much."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def columns_of(
    draft: GroupDraft,
    heard: Heard = NOTHING_HEARD,
    tables: Tables = STARTING_TABLES,
    cancelled: Iterable[Off] = (),
) -> dict[str, object]:
    """The search columns of a group with this draft."""
    venue, said = draft.venue, {**draft.facts, **draft.venue.facts}
    answers = {
        fact: Answers(said.get(fact), *heard.facts.get(fact, (0, 0)))
        for fact in said.keys() | heard.facts.keys()
    }
    talking = talking_columns(draft.claimed_level, heard.reports, draft.format, venue.kind, tables)
    place = place_and_traits(draft)
    shown = {
        "schedule": schedule_text(venue.nation, venue.council_code, draft.sessions, cancelled),
        "point": point_text(
            *(draft.name, venue.place, draft.format),
            *(venue.name, venue.kind, venue.locality),
            Price(draft.cost.kind, place["cost_label"], place["cost_each_pence"]),
            _line(talking),
        ),
    }
    return place | fact_columns(answers) | talking | shown


def heard_so_far(db: Db, group: GroupRow, at: datetime, heard_of: HeardOf) -> Heard:
    """Parents' answers from their reviews, or else from the stored counts."""
    if group.reported_on and (heard := heard_of(db, group.id, at.date())).reports:
        return heard
    rows = db.exec(select(GroupFactRow).where(col(GroupFactRow.group_id) == group.id))
    counts = {row.fact: (row.parents_yes, row.parents_no) for row in rows}
    return Heard(stored_reports(group, at), counts)


def stored_reports(group: GroupRow, at: datetime) -> tuple[Report, ...]:
    """Reports from the stored counts of each level, all as old as the newest of them."""
    age_days = float((at.date() - group.reported_on).days) if group.reported_on else 0.0
    return tuple(
        (level.value, age_days)
        for level in TalkingLevel
        for _ in range(getattr(group, f"reports_{level.value}"))
    )


def keep_said(db: Db, group_id: UUID, said: Mapping[Fact, bool], on: date) -> None:
    """Store the organiser's words. on: the day of those that are new or different."""
    rows = _fact_rows(db, group_id)
    for fact in rows.keys() | said.keys():
        row = rows.get(fact) or GroupFactRow(group_id=group_id, fact=fact)
        if row.is_yes is not said.get(fact):
            row.is_yes = said.get(fact)
            row.said_on = None if row.is_yes is None else on
        _keep_or_drop(db, row, is_kept=fact in rows)


def keep_counts(
    db: Db, group: GroupRow, heard: Heard, at: datetime, rows: Iterable[GroupFactRow] | None = None
) -> None:
    """Store how many parents reported each level, the newest date, and the counts of answers.

    rows: the group's facts, where the caller has read them already.
    """
    counts = counts_of(level for level, _ in heard.reports)
    for level, count, first in zip(TalkingLevel, counts, heard.first_timers, strict=True):
        setattr(group, f"reports_{level.value}", count)
        setattr(group, f"first_timers_{level.value}", first)
    newest = min((age_days for _, age_days in heard.reports), default=None)
    group.reported_on = None if newest is None else (at - timedelta(days=newest)).date()
    kept = _fact_rows(db, group.id) if rows is None else {row.fact: row for row in rows}
    for fact in kept.keys() | heard.facts.keys():
        row = kept.get(fact) or GroupFactRow(group_id=group.id, fact=fact)
        row.parents_yes, row.parents_no = heard.facts.get(fact, (0, 0))
        row.parents_on = heard.facts_on.get(fact)
        _keep_or_drop(db, row, is_kept=fact in kept)


def _fact_rows(db: Db, group_id: UUID) -> dict[Fact, GroupFactRow]:
    rows = db.exec(select(GroupFactRow).where(col(GroupFactRow.group_id) == group_id))
    return {row.fact: row for row in rows}


def _keep_or_drop(db: Db, row: GroupFactRow, *, is_kept: bool) -> None:
    """A row in which neither the organiser nor a parent says anything is removed."""
    if row.is_yes is not None or row.parents_yes or row.parents_no:
        db.add(row)
    elif is_kept:
        db.delete(row)


def place_and_traits(draft: GroupDraft) -> dict[str, Any]:
    """The columns of its place, its cost, and the words that a search can filter by."""
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
    """Masks of the facts that probably hold, that probably don't, and that we are fairly sure of.

    A fact with evenly split answers is in neither of the first two: it is not known. A card tells
    the first two (glance_…), but not what only one or two parents said: that is no habit yet.
    """
    chances = {fact: probability_of_yes(answer) for fact, answer in answers.items()}
    known = {fact: chance for fact, chance in chances.items() if chance is not None}
    yes = facts_mask(fact for fact, chance in known.items() if chance > PROBABLY)
    no = facts_mask(fact for fact, chance in known.items() if chance < PROBABLY)
    few = facts_mask(
        fact
        for fact, (organiser, parents_yes, parents_no, *_) in answers.items()
        if organiser is None and parents_yes + parents_no < FEWEST_COUNTED
    )
    return {
        "facts_yes": yes,
        "facts_no": no,
        "facts_sure": facts_mask(
            fact for fact, chance in known.items() if max(chance, 1 - chance) >= FAIRLY_SURE
        ),
        "glance_yes": yes & ~few,
        "glance_no": no & ~few,
    }


def talking_columns(
    claim: int | None,
    reports: Sequence[Report],
    main_format: Format,
    venue_kind: VenueKind,
    tables: Tables = STARTING_TABLES,
) -> dict[str, Any]:
    """The columns of the talking level: the chance of each, the lowest levels that are probable,
    sure and agreed, and the evidence in words, without a note that the reports are old."""
    prior = prior_for(main_format, venue_kind, tables)
    chances = posterior(claim, reports, prior, tables)
    level = shown_level(chances)
    counts = counts_of(said for said, _ in reports) if reports else NONE_SAID
    return {
        "is_talking_known": claim is not None or bool(reports),
        "talking_sentence": sentence(level, counts, claim),
        "talking_level": level.value,
        "talking_sure_level": sure_level(chances, len(reports)) or NEVER,
        "talking_agreed_level": agreed_level(claim, reports, prior, tables) or NEVER,
        "talking_version": tables.version,
        "usual_level": shown_level(prior).value,
        "weighed_most": weighed_most(claim, reports, prior, tables),
    } | {f"talking_{level}": chance for level, chance in enumerate(chances, 1)}


def _line(talking: Mapping[str, Any]) -> TalkingLine:
    """What a list says of these columns."""
    level = LEVELS[talking["talking_level"]]
    return TalkingLine(
        level,
        talking["is_talking_known"],
        talking["talking_sentence"],
        is_sure=talking["talking_sure_level"] <= level,
    )


def columns_by_reviews(
    group: GroupRow,
    venue: VenueRow,
    answers: Mapping[Fact, Answers],
    reports: Sequence[Report],
    tables: Tables,
) -> dict[str, Any]:
    """The columns of a group that depend on reviews."""
    talking = talking_columns(group.claimed_level, reports, group.main_format, venue.kind, tables)
    point = point_text(
        group.name,
        Place(group.latitude, group.longitude),
        group.main_format,
        venue.name,
        venue.kind,
        venue.locality,
        Price(group.cost_kind, group.cost_label, group.cost_each_pence),
        _line(talking),
    )
    return fact_columns(answers) | talking | {"point": point}
