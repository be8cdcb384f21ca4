"""The report of what a file would do is worked out without saving anything, with its progress."""

from dataclasses import replace

import pytest

from finder.listings import drafts
from finder.platform.db.database import Database
from finder.spreadsheets.uploads import compare
from finder.spreadsheets.uploads.compare import plan
from tests.support.organise_parts import editor
from tests.support.upload_parts import file_of, hers, reader


def test_progress_is_told_and_nothing_is_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "AT_ONCE", 2)
    told: list[tuple[int, int]] = []
    with database.writing() as db:
        anna = editor(db)
        read = reader(file_of(*(hers(f"ref {n}") for n in range(5))))

        found = plan(db, read, anna, lambda done, of: told.append((done, of)))

        assert told == [(0, 5), (2, 5), (4, 5)]
        assert (found.report.added, len(found.to_save)) == (5, 5)
        assert list(drafts.all_drafts(db)) == []


def test_too_many_rows_are_refused(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "MOST_ROWS", 2)
    with database.writing() as db:
        anna = editor(db)

        found = plan(db, reader(file_of(*map(hers, "abc"))), anna, lambda _done, _of: None)

    assert found.to_save == ()
    assert "at most 2 rows" in found.report.error_lines[0].message


def test_errors_stand_in_the_order_of_lines(database: Database) -> None:
    rows = (hers("a"), replace(hers("b"), name="Other"))
    data = file_of(*rows).decode().replace("Hill Library", "Another", 1).encode()
    with database.writing() as db:
        anna = editor(db)

        found = plan(db, reader(data + b"broken\r\n"), anna, lambda _done, _of: None)

    lines = [error.line for error in found.report.error_lines]
    assert lines == sorted(lines)
    assert found.report.errors == len(lines) > 1
