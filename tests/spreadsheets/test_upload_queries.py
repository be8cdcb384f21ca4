"""A file is worked on by one at a time, and forgotten in time."""

from datetime import timedelta

from finder.platform.db.database import Database
from finder.spreadsheets.rules import CellError, FileChange, FileReport, UploadState
from finder.spreadsheets.uploads import queries as uploads_queries
from tests.support.organise_parts import editor, listing
from tests.support.review_parts import NOW

REPORT = FileReport(
    added=1,
    errors=1,
    added_lines=(FileChange("a", "A", ("name",)),),
    error_lines=(CellError(3, "cost", "£2-£4", "Give one price"),),
    kept_venues=("Hall",),
    fingerprint="f",
)


def test_a_report_comes_back_as_it_was_kept(database: Database) -> None:
    with database.writing() as db:
        anna = editor(db)
        upload_id = uploads_queries.add(db, anna, b"file", NOW)
        uploads_queries.set_state(db, upload_id, UploadState.CHECKED, REPORT)

        found = uploads_queries.own(db, anna, upload_id, NOW - timedelta(hours=1))

        assert found is not None
        assert (found.state, found.report) == (UploadState.CHECKED, REPORT)


def test_two_workers_never_take_the_same_file(database: Database) -> None:
    with database.writing() as db:
        anna = editor(db)
        for data in (b"one", b"two"):
            uploads_queries.add(db, anna, data, NOW)

        taken = [uploads_queries.take_next(db, NOW) for _ in range(3)]

        assert {found[1] for found in taken if found} == {b"one", b"two"}
        assert taken[2] is None


def test_only_a_checked_file_is_brought_in_and_then_forgotten(database: Database) -> None:
    with database.writing() as db:
        anna = editor(db)
        upload_id = uploads_queries.add(db, anna, b"file", NOW)
        assert uploads_queries.start_import(db, anna, upload_id) == 0
        uploads_queries.set_state(db, upload_id, UploadState.CHECKED, REPORT)
        assert [uploads_queries.start_import(db, anna, upload_id) for _ in range(2)] == [1, 0]
        uploads_queries.keep_progress(db, upload_id, 3, 9)
        found = uploads_queries.take_next(db, NOW)
        assert found is not None
        assert (found[0].done, found[0].report.rows, found[1]) == (3, 9, b"file")
        uploads_queries.set_state(db, upload_id, UploadState.IMPORTED, REPORT)
        assert uploads_queries.take_next(db, NOW + timedelta(hours=1)) is None
        assert uploads_queries.forget(db, NOW) == 1


def test_versions_are_known_by_organiser_and_ref(database: Database) -> None:
    with database.writing() as db:
        hers = listing(db)
        listing(db, organiser="Harbour Trust")

        for lock in (False, True):
            found = uploads_queries.refs_of(db, ["Hill Library"], lock=lock)
            assert found == {("Hill Library", "songs"): (hers, 1)}
