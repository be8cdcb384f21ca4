"""A file is checked, shown, and brought in all or nothing."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from finder.domain.refused import Refused
from finder.domain.vocabulary import Nation
from finder.organise.upkeep import service as upkeep_service
from finder.spreadsheets import listings_csv
from finder.spreadsheets.rules import FileChange, UploadState
from finder.spreadsheets.uploads import queries as uploads_queries
from finder.spreadsheets.uploads import service as uploads_service
from tests.spreadsheets.upload_desk import ONE, THREE, TWO, Desk, desk
from tests.support.examples import HALL, any_group, keep
from tests.support.organise_parts import kept, listing
from tests.support.review_parts import NOW, TODAY
from tests.support.upload_parts import file_of, hers, reader

__all__ = ["desk"]

pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")


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
