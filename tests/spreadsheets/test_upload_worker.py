"""The upload worker works on files, and forgets old ones."""

from datetime import timedelta

from sqlmodel import select

from finder.platform.db.database import Database
from finder.spreadsheets import listings_csv
from finder.spreadsheets.rules import UploadState
from finder.spreadsheets.uploads import service as uploads_service
from finder.spreadsheets.uploads.tables import UploadRow
from finder.spreadsheets.uploads.upload_worker import UploadWorker
from tests.support.examples import group
from tests.support.organise_parts import editor
from tests.support.review_parts import NOW
from tests.support.upload_parts import reader


def test_one_look_does_all_that_waits(database: Database) -> None:
    with database.writing() as db:
        anna = editor(db)
        data = listings_csv.write([group("new", organiser="Hill Library")]).encode()
        uploads_service.keep(db, anna, data, NOW - timedelta(hours=1))
        new = [uploads_service.keep(db, anna, data, NOW) for _ in range(2)]

    UploadWorker(database, reader, lambda: NOW).work_once()

    with database.session() as db:
        uploads = db.exec(select(UploadRow)).all()
        assert {upload.id for upload in uploads} == set(new)
        assert {upload.state for upload in uploads} == {UploadState.CHECKED}
