"""Read a file of listings, import it all or nothing, and export listings.

CSV is the one format of the seeds, organisers' uploads and the export. docs/listings-csv.md
describes it for people; a test holds the two together.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.domain.groups import GroupDraft, VenueDraft
from finder.domain.refused import Refused
from finder.domain.vocabulary import ListingState
from finder.listings.drafts import all_drafts
from finder.listings.writer import Outcome
from finder.platform.db.database import Db
from finder.platform.emails import normal_email
from finder.reviews.saving import Saving
from finder.spreadsheets.columns import COLUMNS
from finder.spreadsheets.grid import read_table
from finder.spreadsheets.rows import Locate, RowResult, read_row
from finder.spreadsheets.rules import YES_NO, CellError, shortened

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

    locate: gives what is known of a full postcode, or None where there is no such postcode.
    Never raises for what a file holds.
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
            if (venue := venues[_venue_key(draft.venue)]) == draft.venue
            else replace(draft, venue=venue)
            for draft in drafts
        ),
        tuple(sorted(errors, key=_place_of)),
        tuple(result.line for result in results if result.draft),
    )


@dataclass(frozen=True)
class ImportReport:
    """How many groups an import added, changed and left as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def import_drafts(
    db: Db,
    drafts: Iterable[GroupDraft],
    now: datetime,
    *,
    is_dry_run: bool = False,
    editor: str = "",
) -> ImportReport:
    """Save all drafts, or none of them. A second time changes nothing.

    is_dry_run: work everything out, and save nothing. Refuses two drafts with one organiser and
    ref, and two that describe one venue differently: a second run would change them.
    editor: an email address that becomes the editor of the file's organisers. Refused where one
    of them is looked after by others.
    """
    counts = dict.fromkeys(Outcome, 0)
    names: set[str] = set()
    try:
        for saved in Saving(db, now).save_all(_agreeing(drafts, names)):
            counts[saved.outcome] += 1
        if editor:
            _hand_over(db, names, normal_email(editor), now)
    except Exception:
        db.rollback()
        raise
    report = ImportReport(counts[Outcome.ADDED], counts[Outcome.CHANGED], counts[Outcome.UNCHANGED])
    if is_dry_run:
        db.rollback()
    else:
        db.commit()
    return report


def _hand_over(db: Db, names: Collection[str], email: str, now: datetime) -> None:
    account_id = accounts_queries.id_for(db, email, now)
    if others := editors.names_of_others(db, names, account_id):
        raise Refused("organiser", f"“{min(others)}” is looked after by others. Ask them to invite")
    for name in sorted(names):
        editors.found(db, name, account_id, now)


def _agreeing(drafts: Iterable[GroupDraft], names: set[str]) -> Iterable[GroupDraft]:
    """The drafts, as long as none contradicts one before. Adds their organisers to `names`."""
    refs: set[tuple[str, str]] = set()
    venues: dict[tuple[str, str], VenueDraft] = {}
    for draft in drafts:
        key = draft.organiser, draft.ref
        if key in refs:
            raise Refused("ref", f"“{draft.ref}” of {draft.organiser} is there twice")
        refs.add(key)
        names.add(draft.organiser)
        venue = draft.venue
        if venues.setdefault((venue.name, venue.postcode), venue) != venue:
            why = f"“{venue.name}”, {venue.postcode}, is described in two ways. Make them the same"
            raise Refused("venue_name", why)
        yield draft


def published_drafts(db: Db) -> Iterator[GroupDraft]:
    """All published listings, to be written to a file."""
    return (draft for _, draft in all_drafts(db, {ListingState.PUBLISHED}))


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
        key = _venue_key(venue)
        merged, line = venues.get(key, venue), first.setdefault(key, result).line
        if venue != merged:
            have_pins = result.has_pin and key in pinned
            for column, here, there in _contradictions(venue, merged, have_pins):
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


def _venue_key(venue: VenueDraft) -> Key:
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
        pairs.append((fact.value, YES_NO[here.facts[fact]], YES_NO[there.facts[fact]]))
    return ((column, one, other) for column, one, other in pairs if one != other)
