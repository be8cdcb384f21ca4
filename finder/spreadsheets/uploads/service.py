"""An organiser sends a file: it is checked, shown, and then imported, all or nothing.

`upload_worker.py` does the work outside the request. The file is kept for an hour, so that what
was shown is what is imported. Where listings changed meanwhile, the report is shown again.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import structlog

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.domain.groups import GroupDraft
from finder.domain.refused import NothingThere, Refused
from finder.domain.schedule.sessions import london_day
from finder.domain.vocabulary import ListingState
from finder.listings import organisers
from finder.listings.writer import Outcome
from finder.organise.rules import STATE_ON, Publishing
from finder.organise.upkeep import queries as upkeep_queries
from finder.platform.db.database import Database, Db
from finder.reviews.saving import Saving
from finder.spreadsheets.rules import MOST_BYTES, CellError, FileReport, UploadState
from finder.spreadsheets.service import ReadResult
from finder.spreadsheets.uploads import queries
from finder.spreadsheets.uploads.compare import Plan, plan
from finder.spreadsheets.uploads.queries import Upload
from finder.spreadsheets.uploads.rules import UPLOADS

KEPT = UPLOADS.lasts
MOST_AN_HOUR = 10
TRIES = 3
Read = Callable[[bytes], ReadResult]

log = structlog.get_logger("uploads")
BROKEN = CellError(1, "", "", "Something broke on our side. Nothing was changed. Send it again")


class NoSuchUpload(NothingThere):
    """A file that is an hour old, is another account's, or does not exist."""


def keep(db: Db, account_id: UUID, data: bytes, now: datetime) -> UUID:
    """Keep a file to be checked. Gives its id. Refused for none, a large one, or very many."""
    if not data.strip():
        raise Refused("file", "Choose a file that is not empty")
    if len(data) > MOST_BYTES:
        raise Refused("file", f"Use a file of at most {MOST_BYTES // 1_000_000} MB. Split it")
    if queries.count_since(db, account_id, now - KEPT) >= MOST_AN_HOUR:
        raise Refused("file", "You have sent many files. Wait an hour, then send it once more")
    upload_id = queries.add(db, account_id, data, now)
    db.commit()
    return upload_id


def find(db: Db, account_id: UUID, upload_id: UUID, now: datetime) -> Upload:
    """A file that this account sent, with what its check found. NoSuchUpload."""
    found = queries.own(db, account_id, upload_id, now - KEPT)
    if found is None:
        raise NoSuchUpload
    return found


def start_import(db: Db, account_id: UUID, upload_id: UUID, now: datetime) -> None:
    """Let a checked file be imported. NoSuchUpload. A second call changes nothing."""
    find(db, account_id, upload_id, now)
    queries.start_import(db, account_id, upload_id)
    db.commit()


def work_on_next(database: Database, read: Read, now: datetime) -> bool:
    """Check or import the oldest file that waits. False where none does."""
    with database.writing() as db:
        taken = queries.take_next(db, now)
        db.commit()
    if taken is None:
        return False
    upload, data = taken
    try:
        if upload.state is UploadState.CHECKING:
            _check(database, upload, read(data))
        else:
            _import(database, upload, read(data), now)
    except Exception as error:  # whatever it is, the page must not wait for ever
        log.error("upload_failed", kind=type(error).__name__)
        _set_state(
            database, upload, UploadState.REFUSED, FileReport(errors=1, error_lines=(BROKEN,))
        )
    return True


def tidy(db: Db, now: datetime) -> int:
    """Delete files after an hour. Gives how many."""
    count = queries.forget(db, now - KEPT)
    db.commit()
    return count


def _check(database: Database, upload: Upload, read: ReadResult) -> None:
    report = _plan(database, upload, read).report
    state = UploadState.REFUSED if report.errors else UploadState.CHECKED
    _set_state(database, upload, state, report)


def _import(database: Database, upload: Upload, read: ReadResult, now: datetime) -> None:
    for _ in range(TRIES):
        found = _plan(database, upload, read, keeps_progress=False)
        if found.report.errors:
            return _set_state(database, upload, UploadState.REFUSED, found.report)
        if found.report.fingerprint != upload.report.fingerprint:
            changed = replace(found.report, is_changed=True)
            return _set_state(database, upload, UploadState.CHECKED, changed)
        if _save(database, upload, found, now):
            return None
    raise RuntimeError("listings kept changing")


def _save(database: Database, upload: Upload, found: Plan, now: datetime) -> bool:
    """All or nothing, in one commit. False where a listing changed since the plan was made."""
    today = london_day(now)
    with database.writing() as db:
        # Before the listings, as by whoever deletes the account.
        accounts_queries.hold(db, [upload.account_id])
        if queries.refs_of(db, found.names, lock=True) != found.refs:
            return False
        if found.report.new_organiser:
            if editors.names_taken(db, found.names):
                return False
            editors.found(db, found.report.new_organiser, upload.account_id, now)
        elif not set(found.names) <= {
            one.name for one in editors.organisers_of(db, upload.account_id)
        }:
            return False
        are_known = {name: organisers.is_known(db, name) for name in found.names}
        saving = Saving(db, now, by=upload.account_id, checked_on=today)
        saved = saving.save_all(found.to_save, lambda draft: _state_of(draft, found, are_known))
        changed = [one.public_id for one in saved if one.outcome is not Outcome.ADDED]
        upkeep_queries.mark_checked(db, changed, today, now)
        queries.set_state(db, upload.id, UploadState.IMPORTED, found.report)
        db.commit()
    return True


def _state_of(draft: GroupDraft, found: Plan, are_known: Mapping[str, bool]) -> ListingState | None:
    """A new organiser's listings wait for a moderator; existing ones keep their state."""
    if (draft.organiser, draft.ref) in (found.refs or {}):
        return None
    return STATE_ON[Publishing.FURTHER if are_known[draft.organiser] else Publishing.FIRST]


def _plan(
    database: Database, upload: Upload, read: ReadResult, *, keeps_progress: bool = True
) -> Plan:
    def progress(done: int, rows: int) -> None:
        if keeps_progress:
            with database.writing() as db:
                queries.keep_progress(db, upload.id, done, rows)
                db.commit()

    with database.session() as db:
        return plan(db, read, upload.account_id, progress)


def _set_state(database: Database, upload: Upload, state: UploadState, report: FileReport) -> None:
    with database.writing() as db:
        queries.set_state(db, upload.id, state, report)
        db.commit()
