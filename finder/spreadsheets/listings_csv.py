"""Listings as a CSV file: the one format of the seeds, organisers' uploads and the export.

docs/listings-csv.md describes it for people; a test holds the two together.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from finder.domain.ages import ages_label
from finder.domain.groups import GroupDraft, VenueDraft
from finder.platform.csv_guard import guarded
from finder.spreadsheets.cells import write_sessions, write_steps
from finder.spreadsheets.columns import (
    COLUMNS,
    FACT_OF,
    GETTING_IN_COLUMNS,
    VENUE_FACT_COLUMNS,
    WRITTEN,
)
from finder.spreadsheets.examples import EXAMPLES
from finder.spreadsheets.grid import read_table
from finder.spreadsheets.rows import Locate, RowResult, read_row
from finder.spreadsheets.rules import CellError, shortened

Key = tuple[str, str]
"""A venue's name, whatever its case and spaces, and its postcode."""


@dataclass(frozen=True)
class ReadResult:
    """What a file holds. drafts: of the rows without an error; lines: where each begins.

    Import nothing where there are errors: a file is all or nothing.
    """

    drafts: tuple[GroupDraft, ...] = ()
    errors: tuple[CellError, ...] = ()
    lines: tuple[int, ...] = ()


def read(data: bytes, locate: Locate) -> ReadResult:
    """Every group of a file, and every error in it, in one pass, in the order of lines.

    locate: answers for a whole postcode, None where there is none such. Never raises for
    what a file holds.
    """
    table = read_table(data)
    results = [read_row(row, locate) for row in table.rows]
    errors = [*table.errors, *(error for result in results for error in result.errors)]
    if not results and not errors:
        errors.append(CellError(1, "", "", "There are no rows under the names of the columns"))
    errors.extend(_same_ref_twice(results))
    venues = _venues(results, errors)
    drafts = [result.draft for result in results if result.draft]
    return ReadResult(
        tuple(
            draft
            if (venue := venues[_key(draft.venue)]) == draft.venue
            else replace(draft, venue=venue)
            for draft in drafts
        ),
        tuple(sorted(errors, key=_place_of)),
        tuple(result.line for result in results if result.draft),
    )


def write(drafts: Iterable[GroupDraft], locate: Locate | None = None) -> str:
    """A file that `read` reads back to the same drafts. No cell can act as a formula.

    locate: where given, latitude and longitude stay empty when they are the postcode's own, so
    that somebody who corrects a postcode need not know of them. Encode it as "utf-8-sig" for
    Excel, which takes a file without the mark for Windows-1252.
    """
    return _written(_cells(draft, locate) for draft in drafts)


def template() -> str:
    """A file to start from: the names of the columns, and two example rows."""
    return _written(EXAMPLES)


def _written(rows: Iterable[dict[str, str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, WRITTEN, restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({column: guarded(text) for column, text in row.items()})
    return out.getvalue()


def _place_of(error: CellError) -> tuple[int, int]:
    return error.line, COLUMNS.index(error.column) if error.column in COLUMNS else -1


def _same_ref_twice(results: Iterable[RowResult]) -> Iterator[CellError]:
    lines: dict[tuple[str, str], int] = {}
    for result in results:
        if draft := result.draft:
            key = (draft.organiser, draft.ref)
            if key in lines:
                why = f"Line {lines[key]} of the same organiser has this ref. Give each its own"
                yield CellError(result.line, "ref", draft.ref, why)
            lines.setdefault(key, result.line)


def _venues(results: Iterable[RowResult], errors: list[CellError]) -> dict[Key, VenueDraft]:
    """The venues of a file, each with all that its rows say of it.

    Rows may leave out what another row says, but not contradict it: each detail in which one
    does is added to the errors.
    """
    first: dict[Key, RowResult] = {}
    venues: dict[Key, VenueDraft] = {}
    pinned: set[Key] = set()
    for result in results:
        if result.draft is None:
            continue
        venue = result.draft.venue
        key = _key(venue)
        merged, line = venues.get(key, venue), first.setdefault(key, result).line
        for column, here, there in _contradictions(venue, merged, result.has_pin and key in pinned):
            why = f"Line {line} says “{shortened(there)}” of the same venue. Make them alike"
            errors.append(CellError(result.line, column, here, why))
        venues[key] = replace(
            merged,
            street=merged.street or venue.street,
            place=venue.place if result.has_pin and key not in pinned else merged.place,
            facts={**venue.facts, **merged.facts},
        )
        if result.has_pin:
            pinned.add(key)
    return venues


def _key(venue: VenueDraft) -> Key:
    return " ".join(venue.name.casefold().split()), venue.postcode


def _contradictions(
    here: VenueDraft, there: VenueDraft, have_pins: bool
) -> Iterator[tuple[str, str, str]]:
    pairs = [
        ("venue_name", here.name, there.name),
        ("venue_kind", here.kind.value, there.kind.value),
        ("street", here.street or there.street, there.street or here.street),
        ("locality", here.locality, there.locality),
    ]
    if have_pins:
        pairs.append(("latitude", str(here.place.latitude), str(there.place.latitude)))
        pairs.append(("longitude", str(here.place.longitude), str(there.place.longitude)))
    for fact in sorted(set(here.facts) & set(there.facts)):
        pairs.append((fact.value, _yes_no(here.facts[fact]), _yes_no(there.facts[fact])))
    return ((column, one, other) for column, one, other in pairs if one != other)


def _cells(draft: GroupDraft, locate: Locate | None) -> dict[str, str]:
    """The written cells of one group, those that are empty left out."""
    cells = {
        "ref": draft.ref,
        "name": draft.name,
        "organiser": draft.organiser,
        "format": draft.format.value,
        "other_formats": "; ".join(sorted(draft.other_formats)),
        "summary": draft.summary,
        "sessions": write_sessions(draft.sessions),
        "ages": ages_label(draft.age_from_months, draft.age_to_months),
        "size": draft.size or "",
        "cost": draft.cost.label(),
        "booking": draft.booking.value,
        "booking_url": draft.booking_url,
        "booking_phone": draft.booking_phone,
        "website": draft.website,
        "talking": str(draft.claimed_level.value) if draft.claimed_level else "",
        "noise": draft.noise or "",
        "busy": draft.busy or "",
        "what_happens": write_steps(draft.steps),
        "example": "yes" if draft.is_example else "",
        **{name: getattr(draft.getting_in, name) for name in GETTING_IN_COLUMNS},
        **{fact.value: _yes_no(answer) for fact, answer in draft.facts.items()},
    }
    return cells | _venue_cells(draft.venue, locate)


def _venue_cells(venue: VenueDraft, locate: Locate | None) -> dict[str, str]:
    located = locate(venue.postcode) if locate else None
    is_postcodes_own = located is not None and located.place == venue.place
    return {
        "venue_name": venue.name,
        "venue_kind": venue.kind.value,
        "street": venue.street,
        "locality": venue.locality,
        "postcode": venue.postcode,
        "latitude": "" if is_postcodes_own else repr(venue.place.latitude),
        "longitude": "" if is_postcodes_own else repr(venue.place.longitude),
        **{
            name: _yes_no(venue.facts[FACT_OF[name]])
            for name in VENUE_FACT_COLUMNS
            if FACT_OF[name] in venue.facts
        },
    }


def _yes_no(answer: bool) -> str:
    return "yes" if answer else "no"
