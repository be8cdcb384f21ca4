"""Queries on files that organisers sent, and on the listings that a file is compared with."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.facts import Fact
from finder.domain.groups import VenueDraft
from finder.listings.row_values import venue_from
from finder.listings.tables import GroupRow, OrganiserRow, VenueFactRow, VenueRow
from finder.platform.db.database import Db
from finder.platform.jobs import work_queue
from finder.spreadsheets.rules import CellError, FileChange, FileReport, UploadState
from finder.spreadsheets.uploads.tables import UploadRow

LEASE = timedelta(minutes=3)
"""A file taken longer ago than this is free again: whoever worked on it has died."""
VENUES_AT_ONCE = 300
AT_WORK = tuple(state for state in UploadState if state.is_at_work)


@dataclass(frozen=True)
class Upload:
    """One file as its page shows it. done: rows compared so far."""

    id: UUID
    account_id: UUID
    state: UploadState
    report: FileReport
    done: int
    claimed_at: datetime | None


def add(db: Db, account_id: UUID, data: bytes, now: datetime) -> UUID:
    """Keep a file that waits to be checked."""
    row = UploadRow(account_id=account_id, state=UploadState.CHECKING, data=data, created_at=now)
    db.add(row)
    db.flush()
    return row.id


def count_since(db: Db, account_id: UUID, since: datetime) -> int:
    """How many files an account sent since a moment."""
    return db.exec(
        select(sa.func.count())
        .select_from(UploadRow)
        .where(col(UploadRow.account_id) == account_id, col(UploadRow.created_at) > since)
    ).one()


def own(db: Db, account_id: UUID, upload_id: UUID, since: datetime) -> Upload | None:
    """A file through the account that sent it, if that was since a moment."""
    found = db.execute(
        sa.select(
            col(UploadRow.id),
            col(UploadRow.account_id),
            col(UploadRow.state),
            col(UploadRow.report),
            col(UploadRow.done),
            col(UploadRow.claimed_at),
        ).where(
            col(UploadRow.id) == upload_id,
            col(UploadRow.account_id) == account_id,
            col(UploadRow.created_at) > since,
        )
    ).first()
    if found is None:
        return None
    id_, account, state, report, done, claimed_at = found
    return Upload(id_, account, state, report_from(report), done, claimed_at)


def take_next(db: Db, now: datetime) -> tuple[Upload, bytes] | None:
    """The oldest file that waits for work, leased to us; None where there is none."""
    row = work_queue.claim_next(
        db,
        UploadRow,
        col(UploadRow.state).in_(AT_WORK),
        oldest_by=col(UploadRow.created_at),
        lease=LEASE,
        now=now,
    )
    if row is None:
        return None
    report = report_from(row.report)
    return Upload(row.id, row.account_id, row.state, report, row.done, now), row.data


def start_import(db: Db, account_id: UUID, upload_id: UUID) -> int:
    """Let a checked file be imported. Gives 0 where it is not, or no longer, one."""
    return db.exec(
        sa.update(UploadRow)
        .where(
            col(UploadRow.id) == upload_id,
            col(UploadRow.account_id) == account_id,
            col(UploadRow.state) == UploadState.CHECKED,
        )
        .values(state=UploadState.IMPORTING, claimed_at=None)
    ).rowcount


def keep_progress(db: Db, upload_id: UUID, done: int, rows: int) -> None:
    """Keep how far the check has come."""
    report = json.dumps(asdict(FileReport(rows=rows)))
    db.exec(
        sa.update(UploadRow).where(col(UploadRow.id) == upload_id).values(done=done, report=report)
    )


def set_state(db: Db, upload_id: UUID, state: UploadState, report: FileReport) -> None:
    """Set a file's state and report. One that is done with loses its bytes."""
    values: dict[str, object] = {"state": state, "report": json.dumps(asdict(report))}
    if state in {UploadState.IMPORTED, UploadState.REFUSED}:
        values["data"] = b""
    db.exec(sa.update(UploadRow).where(col(UploadRow.id) == upload_id).values(**values))


def forget(db: Db, before: datetime) -> int:
    """Remove files that were sent up to a moment. Gives how many."""
    return db.exec(sa.delete(UploadRow).where(col(UploadRow.created_at) <= before)).rowcount


def refs_of(
    db: Db, names: Collection[str], *, lock: bool = False
) -> dict[tuple[str, str], tuple[UUID, int]]:
    """Id and version of every listing of these organisers, by organiser and ref.

    lock: nobody else changes them until the caller commits.
    """
    query = (
        select(OrganiserRow.name, GroupRow.ref, GroupRow.id, GroupRow.version)
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .where(col(OrganiserRow.name).in_(names))
        .order_by(col(GroupRow.id))
    )
    if lock:
        query = query.with_for_update(of=GroupRow)
    return {(name, ref): (id_, version) for name, ref, id_, version in db.exec(query)}


def shared_venues(
    db: Db, venues: Collection[VenueDraft], own_names: Collection[str]
) -> dict[tuple[str, str], VenueDraft]:
    """Those of these venues where groups of other organisers meet, as the database has them.

    By name and postcode.
    """
    keys = sorted({(venue.name, venue.postcode) for venue in venues})
    found: dict[tuple[str, str], VenueDraft] = {}
    for first in range(0, len(keys), VENUES_AT_ONCE):
        found |= _some_shared(db, keys[first : first + VENUES_AT_ONCE], own_names)
    return found


def _some_shared(
    db: Db, keys: Collection[tuple[str, str]], own_names: Collection[str]
) -> dict[tuple[str, str], VenueDraft]:
    of_others = (
        select(GroupRow.venue_id)
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .where(col(OrganiserRow.name).not_in(own_names))
    )
    is_asked = sa.tuple_(col(VenueRow.name), col(VenueRow.postcode)).in_(keys)
    rows = db.exec(select(VenueRow).where(is_asked, col(VenueRow.id).in_(of_others))).all()
    facts: dict[object, dict[Fact, bool]] = defaultdict(dict)
    ids = [row.id for row in rows]
    for fact in db.exec(select(VenueFactRow).where(col(VenueFactRow.venue_id).in_(ids))):
        facts[fact.venue_id][fact.fact] = fact.is_yes
    return {(row.name, row.postcode): venue_from(row, facts[row.id]) for row in rows}


def report_from(kept: str) -> FileReport:
    """The report that a row keeps."""
    found = json.loads(kept)
    for name in ("added_lines", "changed_lines"):
        lines = found.get(name, ())
        found[name] = tuple(FileChange(x["ref"], x["name"], tuple(x["what"])) for x in lines)
    found["error_lines"] = tuple(CellError(**x) for x in found.get("error_lines", ()))
    found["kept_venues"] = tuple(found.get("kept_venues", ()))
    return FileReport(**found)
