"""A file is checked, shown, and brought in all or nothing; only what is one's own."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from sqlmodel import select

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.domain.groups import GroupDraft
from finder.domain.refused import Refused
from finder.domain.vocabulary import ListingState, Nation
from finder.listings import drafts as listings_drafts
from finder.listings.tables import GroupRow
from finder.organise.rules import STATE_ON, Publishing
from finder.organise.upkeep import service as upkeep_service
from finder.platform.db.database import Database, Db
from finder.spreadsheets import listings_csv
from finder.spreadsheets.rules import FileChange, UploadState
from finder.spreadsheets.uploads import queries as uploads_queries
from finder.spreadsheets.uploads import service as uploads_service
from finder.spreadsheets.uploads.queries import Upload
from finder.spreadsheets.uploads.service import NoSuchUpload
from tests.support.examples import HALL, any_group, keep
from tests.support.organise_parts import BEN, CAROL, editor, kept, listing, organiser_id
from tests.support.review_parts import NOW, TODAY
from tests.support.upload_parts import file_of, hers, reader

ONE, TWO, THREE = (hers(ref) for ref in ("one", "two", "three"))


pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")


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


def test_a_dry_run_says_what_would_happen_and_does_nothing(desk: Desk) -> None:
    desk.bring_in(desk.send(file_of(ONE, TWO, hers("gone"))))
    before = desk.listed()

    found = desk.send(file_of(ONE, replace(TWO, name="Another name"), THREE))

    assert found.state is UploadState.CHECKED
    report = found.report
    assert (report.added, report.changed, report.left_alone, report.not_in_file) == (1, 1, 1, 1)
    assert report.added_lines == (FileChange("three", "Group three"),)
    assert report.changed_lines == (FileChange("two", "Another name", ("name",)),)
    assert desk.listed() == before


def test_what_was_shown_comes_in_and_twice_is_once(desk: Desk) -> None:
    data = file_of(ONE, TWO)

    done = desk.bring_in(desk.send(data))

    assert done.state is UploadState.IMPORTED
    assert set(desk.listed()) == {("Hill Library", "one"), ("Hill Library", "two")}
    again = desk.bring_in(desk.bring_in(desk.send(data)))
    assert (again.report.added, again.report.changed, again.report.left_alone) == (0, 0, 2)
    with desk.database.session() as db:
        versions = {
            version for _, version in uploads_queries.refs_of(db, ["Hill Library"]).values()
        }
    assert versions == {1}


def test_what_a_file_adds_or_changes_is_checked_today_and_the_rest_is_left(desk: Desk) -> None:
    desk.bring_in(desk.send(file_of(ONE)))
    with desk.database.writing() as db:
        two = listing(db, "two")
        three = listing(db, "three")
        desk.bring_in(desk.send(file_of(ONE, TWO, replace(THREE, name="Other"))))

        assert kept(db, two).checked_on is None
        assert (kept(db, three).checked_on, kept(db, three).name) == (TODAY, "Other")


def test_every_error_has_its_line_and_column_and_nothing_comes_in(desk: Desk) -> None:
    lines = file_of(ONE, TWO, THREE).decode().replace("Free", "£2-£4", 1)
    lines = lines.replace(HALL.postcode, "EH99 9ZZ")

    found = desk.send(lines.encode())

    assert found.state is UploadState.REFUSED
    where = {(one.line, one.column) for one in found.report.error_lines}
    assert {(2, "cost"), (2, "postcode"), (4, "postcode")} <= where
    cost = next(one for one in found.report.error_lines if one.column == "cost")
    assert cost.found == "£2-£4"
    assert "price" in cost.message
    assert desk.bring_in(found).state is UploadState.REFUSED
    assert desk.listed() == {}


def test_another_organisers_row_is_an_error(desk: Desk) -> None:
    with desk.database.writing() as db:
        listing(db, "theirs", organiser="Harbour Trust")
    before = desk.listed()

    found = desk.send(file_of(ONE, replace(ONE, organiser="Harbour Trust", ref="theirs")))

    (error,) = found.report.error_lines
    assert (error.line, error.column, error.found) == (3, "organiser", "Harbour Trust")
    assert "“Hill Library”" in error.message
    assert desk.listed() == before


def test_a_first_file_begins_an_organiser_of_one_s_own(desk: Desk) -> None:
    with desk.database.writing() as db:
        carol = somebody(db)
    new = [replace(ONE, organiser="Valley Centre"), replace(TWO, organiser="Valley Centre")]

    found = desk.send(file_of(*new), carol)
    assert found.report.new_organiser == "Valley Centre"
    desk.bring_in(found)

    with desk.database.session() as db:
        (own,) = editors.organisers_of(db, carol)
    assert (own.name, own.listings) == ("Valley Centre", 2)


@pytest.mark.parametrize("name", ["Hill Library", "Nobody's Listings"])
def test_the_name_of_an_organiser_gives_no_right_to_its_listings(desk: Desk, name: str) -> None:
    with desk.database.writing() as db:
        carol = somebody(db)
        listing(db, "there", organiser=name)
    before = desk.listed()

    found = desk.send(file_of(replace(ONE, organiser=name, ref="there", name="Taken")), carol)

    assert found.state is UploadState.REFUSED
    assert desk.listed() == before


def test_a_file_of_two_new_organisers_is_refused(desk: Desk) -> None:
    with desk.database.writing() as db:
        carol = somebody(db)

    two = [replace(ONE, organiser="Valley Centre"), replace(TWO, organiser="Dale Centre")]

    assert desk.send(file_of(*two), carol).state is UploadState.REFUSED


def test_a_venue_where_others_meet_stays_as_it_is(desk: Desk) -> None:
    with desk.database.writing() as db:
        listing(db, "theirs", organiser="Harbour Trust")
    moved = replace(ONE, venue=replace(HALL, street="99 Elsewhere"))

    found = desk.send(file_of(moved))
    desk.bring_in(found)

    assert found.report.kept_venues == (HALL.name,)
    assert {draft.venue.street for draft in desk.listed().values()} == {HALL.street}
    assert desk.send(file_of(moved)).report.left_alone == 1


def test_one_s_own_venue_is_put_right(desk: Desk) -> None:
    desk.bring_in(desk.send(file_of(ONE)))

    desk.bring_in(desk.send(file_of(replace(ONE, venue=replace(HALL, street="99 Elsewhere")))))

    assert desk.listed()["Hill Library", "one"].venue.street == "99 Elsewhere"


def test_what_changed_since_it_was_shown_is_shown_again(desk: Desk) -> None:
    desk.bring_in(desk.send(file_of(ONE)))
    found = desk.send(file_of(replace(ONE, name="From the file")))
    with desk.database.writing() as db:
        keep(db, replace(ONE, name="By another editor"))

    again = desk.bring_in(found)

    assert again.state is UploadState.CHECKED
    assert again.report.is_changed
    assert desk.listed()["Hill Library", "one"].name == "By another editor"
    assert desk.bring_in(again).state is UploadState.IMPORTED
    assert desk.listed()["Hill Library", "one"].name == "From the file"


def test_one_who_is_no_editor_any_more_brings_nothing_in(desk: Desk) -> None:
    desk.bring_in(desk.send(file_of(ONE)))
    found = desk.send(file_of(TWO))
    with desk.database.writing() as db:
        its = organiser_id(db)
        editors.remove(db, its, desk.anna)
        db.commit()

    assert desk.bring_in(found).state is UploadState.REFUSED
    assert len(desk.listed()) == 1


def test_a_file_does_not_publish_what_was_taken_down(desk: Desk) -> None:
    with desk.database.writing() as db:
        hidden = listing(db, "one", state=ListingState.HIDDEN)

        desk.bring_in(desk.send(file_of(replace(ONE, name="Other"))))

        assert (kept(db, hidden).state, kept(db, hidden).name) == (ListingState.HIDDEN, "Other")


def test_own_listings_upload_again_unchanged(desk: Desk) -> None:
    random = Random(6)
    drafts = [any_group(f"ref {n}", random) for n in range(40)]
    drafts = [
        replace(
            draft,
            organiser="Hill Library",
            venue=replace(draft.venue, nation=Nation.SCOTLAND, council_code=HALL.council_code),
        )
        for draft in drafts
    ]
    with desk.database.writing() as db:
        keep(db, *drafts)
        data = listings_csv.write(upkeep_service.own_drafts(db, desk.anna)).encode("utf-8-sig")

    report = desk.send(data).report

    assert (report.errors, report.added, report.changed, report.left_alone) == (0, 0, 0, 40)


def test_a_file_is_its_senders_for_an_hour(desk: Desk) -> None:
    found = desk.send(file_of(ONE))

    with desk.database.session() as db:
        for who, when in ((desk.ben, NOW), (desk.anna, NOW + timedelta(hours=1))):
            with pytest.raises(NoSuchUpload):
                uploads_service.find(db, who, found.id, when)
    with desk.database.writing() as db, pytest.raises(NoSuchUpload):
        uploads_service.start_import(db, desk.ben, found.id, NOW)


@pytest.mark.parametrize("data", [b"", b" \n", b"x" * 5_000_001])
def test_no_file_and_a_large_one_are_refused(desk: Desk, data: bytes) -> None:
    with desk.database.writing() as db, pytest.raises(Refused):
        uploads_service.keep(db, desk.anna, data, NOW)


def test_very_many_files_are_refused(desk: Desk) -> None:
    with desk.database.writing() as db:
        for _ in range(uploads_service.MOST_AN_HOUR):
            uploads_service.keep(db, desk.anna, b"x", NOW)
        with pytest.raises(Refused):
            uploads_service.keep(db, desk.anna, b"x", NOW)
        uploads_service.keep(db, desk.anna, b"x", NOW + timedelta(hours=1))


def test_a_file_whose_worker_died_is_taken_up_again(desk: Desk) -> None:
    with desk.database.writing() as db:
        upload_id = uploads_service.keep(db, desk.anna, file_of(ONE), NOW)
        assert uploads_queries.take_next(db, NOW) is not None
        db.commit()

    assert not uploads_service.work_on_next(desk.database, reader, NOW + timedelta(minutes=2))
    assert uploads_service.work_on_next(desk.database, reader, NOW + timedelta(minutes=3))

    assert desk.find(upload_id).state is UploadState.CHECKED


def test_what_breaks_on_our_side_is_said_and_changes_nothing(desk: Desk) -> None:
    def broken(data: bytes) -> None:
        raise MemoryError

    with desk.database.writing() as db:
        upload_id = uploads_service.keep(db, desk.anna, file_of(ONE), NOW)

    uploads_service.work_on_next(desk.database, broken, NOW)  # type: ignore[arg-type]

    found = desk.find(upload_id)
    assert found.state is UploadState.REFUSED
    assert "our side" in found.report.error_lines[0].message
    assert desk.listed() == {}


def test_a_new_organisers_file_waits_for_a_moderator(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STATE_ON, Publishing.FIRST, ListingState.WAITING)
    desk.bring_in(desk.send(file_of(ONE, TWO)))

    assert set(states_of(desk).values()) == {ListingState.WAITING}
    with desk.database.writing() as db:
        for row in db.exec(select(GroupRow)).all():
            row.state = ListingState.PUBLISHED
        db.commit()
    desk.bring_in(desk.send(file_of(ONE, replace(TWO, name="Other"), THREE)))

    assert set(states_of(desk).values()) == {ListingState.PUBLISHED}


def states_of(desk: Desk) -> dict[str, ListingState]:
    with desk.database.session() as db:
        return {row.ref: row.state for row in db.exec(select(GroupRow)).all()}
