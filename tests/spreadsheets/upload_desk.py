"""An organiser at the upload page, with files of her own listings."""

from uuid import UUID

import pytest
from sqlmodel import select

from finder.accounts import queries as accounts_queries
from finder.domain.groups import GroupDraft
from finder.domain.vocabulary import ListingState
from finder.listings import drafts as listings_drafts
from finder.listings.tables import GroupRow
from finder.platform.db.database import Database, Db
from finder.spreadsheets.uploads import service as uploads_service
from finder.spreadsheets.uploads.queries import Upload
from tests.support.organise_parts import BEN, CAROL, editor
from tests.support.review_parts import NOW
from tests.support.upload_parts import hers, reader

ONE, TWO, THREE = (hers(ref) for ref in ("one", "two", "three"))


class Desk:
    """An organiser at the upload page, with the worker beside."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.writing() as db:
            self.anna = editor(db)
            self.ben = editor(db, BEN, "Harbour Trust")

    def send(self, data: bytes, who: UUID | None = None) -> Upload:
        with self.database.writing() as db:
            upload_id = uploads_service.keep(db, who or self.anna, data, NOW)
        self.work()
        return self.find(upload_id, who)

    def bring_in(self, upload: Upload) -> Upload:
        with self.database.writing() as db:
            uploads_service.start_import(db, upload.account_id, upload.id, NOW)
        self.work()
        return self.find(upload.id, upload.account_id)

    def work(self) -> None:
        while uploads_service.work_on_next(self.database, reader, NOW):
            pass

    def find(self, upload_id: UUID, who: UUID | None = None) -> Upload:
        with self.database.session() as db:
            return uploads_service.find(db, who or self.anna, upload_id, NOW)

    def listed(self) -> dict[tuple[str, str], GroupDraft]:
        with self.database.session() as db:
            return {(d.organiser, d.ref): d for _, d in listings_drafts.all_drafts(db)}


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def somebody(db: Db) -> UUID:
    """The account of one who looks after nothing."""
    account_id = accounts_queries.id_for(db, CAROL, NOW)
    db.commit()
    return account_id


def states_of(desk: Desk) -> dict[str, ListingState]:
    with desk.database.session() as db:
        return {row.ref: row.state for row in db.exec(select(GroupRow)).all()}
