"""The clerk writes counts down, works on files, and forgets old ones."""

import os
from datetime import date, timedelta

import pytest
from sqlmodel import select

from finder.domain.uploads import UploadState
from finder.formats import listings_csv
from finder.services import uploading
from finder.services.clerk import Clerk
from finder.store.database import Database
from finder.store.tables_organise import PageViewsRow, UploadRow
from tests.support.examples import group
from tests.support.organise_parts import editor, listing
from tests.support.review_parts import NOW, TODAY
from tests.support.upload_parts import reader

MONDAY = date(2026, 11, 23)


def test_one_look_does_all_that_waits(database: Database) -> None:
    clerk = Clerk(database, reader, lambda: NOW)
    with database.writing() as db:
        anna, hers = editor(db), listing(db)
        clerk.count_view(hers, TODAY)
        data = listings_csv.write([group("new", organiser="Hill Library")]).encode()
        old = uploading.keep(db, anna, data, NOW - timedelta(hours=1))
        new = uploading.keep(db, anna, data, NOW)

    clerk.look_once()

    with database.session() as db:
        (views,) = db.exec(select(PageViewsRow)).all()
        assert (views.group_id, views.monday, views.times) == (hers, MONDAY, 1)
        (upload,) = db.exec(select(UploadRow)).all()
        assert (upload.id, upload.state) == (new, UploadState.CHECKED)
        assert upload.id != old


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_what_a_server_counted_before_it_forked_is_not_counted_twice(
    database: Database,
) -> None:
    clerk = Clerk(database, reader, lambda: NOW)
    with database.writing() as db:
        hers = listing(db)
    clerk.count_view(hers, TODAY)
    database.close()

    child = os.fork()
    if child == 0:
        clerk.count_view(hers, TODAY)
        clerk.look_once()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    clerk.look_once()

    with database.session() as db:
        assert db.exec(select(PageViewsRow.times)).one() == 2
