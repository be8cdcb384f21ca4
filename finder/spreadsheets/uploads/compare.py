"""What a file would do to the listings of an account's organisers, worked out without doing it."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from finder.accounts import editors
from finder.domain.groups import GroupDraft, VenueDraft
from finder.listings import drafts as listings_drafts
from finder.platform.db.database import Db
from finder.spreadsheets.rules import (
    MOST_ROWS,
    MOST_SHOWN,
    CellError,
    FileChange,
    FileReport,
    differences,
)
from finder.spreadsheets.service import ReadResult
from finder.spreadsheets.uploads import queries

Progress = Callable[[int, int], None]
Refs = dict[tuple[str, str], tuple[UUID, int]]


@dataclass(frozen=True)
class Plan:
    """What a file would do. to_save: the drafts that add or change something. names: of the
    organisers that it concerns; refs: their listings as they were when this was worked out.
    """

    report: FileReport
    to_save: tuple[GroupDraft, ...] = ()
    names: tuple[str, ...] = ()
    refs: Refs | None = None


def plan(db: Db, read: ReadResult, account_id: UUID, progress: Progress) -> Plan:
    """What bringing a file in would do for an account, or every error in it. Changes nothing."""
    own = {one.name for one in editors.organisers_of(db, account_id)}
    rows = len(read.drafts)
    errors = list(read.errors)
    if rows > MOST_ROWS:
        errors.append(CellError(1, "", "", f"Use at most {MOST_ROWS:,} rows in a file. Split it"))
    errors.extend(_of_others(db, read, own))
    if errors:
        errors.sort(key=lambda error: error.line)
        return Plan(
            FileReport(errors=len(errors), rows=rows, error_lines=tuple(errors[:MOST_SHOWN]))
        )
    names = own or {read.drafts[0].organiser}
    kept_venues = queries.shared_venues(db, [draft.venue for draft in read.drafts], names)
    drafts = [_as_kept(draft, kept_venues) for draft in read.drafts]
    kept_names = sorted({d.venue.name for d, s in zip(read.drafts, drafts, strict=True) if d != s})
    refs = queries.refs_of(db, names)
    report, to_save = _compared(db, drafts, refs, progress)
    report = replace(
        report,
        new_organiser="" if own else next(iter(names)),
        kept_venues=tuple(kept_names[:MOST_SHOWN]),
    )
    return Plan(report, to_save, tuple(sorted(names)), refs)


def _of_others(db: Db, read: ReadResult, own: set[str]) -> Iterator[CellError]:
    """Errors of rows whose organiser is not the account's. One without any may begin a new one."""
    named = {draft.organiser for draft in read.drafts}
    if own:
        mine = " or ".join(f"“{name}”" for name in sorted(own)[:3])
        bad, why = named - own, f"You look after the listings of {mine}. Write it just like that"
    else:
        first = read.drafts[0].organiser if read.drafts else ""
        bad, why = named - {first}, f"Use one organiser in all rows, like “{first}”"
        if editors.names_taken(db, [first]):
            bad = named
            why = "There are listings of this organiser already. Ask its editors to invite you"
    for draft, line in zip(read.drafts, read.lines, strict=True):
        if draft.organiser in bad:
            yield CellError(line, "organiser", draft.organiser, why)


def _as_kept(draft: GroupDraft, kept: Mapping[tuple[str, str], VenueDraft]) -> GroupDraft:
    """The draft with its venue as the database has it, where others meet there too."""
    venue = kept.get((draft.venue.name, draft.venue.postcode), draft.venue)
    return draft if venue == draft.venue else replace(draft, venue=venue)


def _compared(
    db: Db, drafts: Sequence[GroupDraft], refs: Refs, progress: Progress
) -> tuple[FileReport, tuple[GroupDraft, ...]]:
    added: list[FileChange] = []
    changed: list[FileChange] = []
    to_save: list[GroupDraft] = []
    mark = hashlib.sha256()
    for first in range(0, len(drafts), listings_drafts.AT_ONCE):
        progress(first, len(drafts))
        some = drafts[first : first + listings_drafts.AT_ONCE]
        ids = [refs[key][0] for draft in some if (key := (draft.organiser, draft.ref)) in refs]
        kept = listings_drafts.drafts_of(db, ids)
        for draft in some:
            id_, version = refs.get((draft.organiser, draft.ref), (None, 0))
            before = kept[id_] if id_ else None
            if before == draft:
                continue
            what = differences(before, draft) if before else ()
            (changed if before else added).append(FileChange(draft.ref, draft.name, what))
            to_save.append(draft)
            mark.update(json.dumps([draft.organiser, draft.ref, version]).encode())
        db.expunge_all()
    in_file = {(draft.organiser, draft.ref) for draft in drafts}
    report = FileReport(
        added=len(added),
        changed=len(changed),
        left_alone=len(drafts) - len(to_save),
        not_in_file=len(refs.keys() - in_file),
        rows=len(drafts),
        added_lines=tuple(added[:MOST_SHOWN]),
        changed_lines=tuple(changed[:MOST_SHOWN]),
        fingerprint=mark.hexdigest(),
    )
    return report, tuple(to_save)
