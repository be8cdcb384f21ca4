"""A file changes only its sender's own listings, and publishes nothing past a moderator."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from finder.accounts import editors
from finder.domain.vocabulary import ListingState
from finder.listings.tables import GroupRow
from finder.organise.rules import STATE_ON, Publishing
from finder.spreadsheets.rules import UploadState
from finder.spreadsheets.uploads import service as uploads_service
from finder.spreadsheets.uploads.service import NoSuchUpload
from tests.spreadsheets.upload_desk import ONE, THREE, TWO, Desk, desk, somebody, states_of
from tests.support.examples import HALL
from tests.support.organise_parts import kept, listing, organiser_id
from tests.support.review_parts import NOW
from tests.support.upload_parts import file_of

__all__ = ["desk"]

pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")


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


def test_a_file_is_its_senders_for_an_hour(desk: Desk) -> None:
    found = desk.send(file_of(ONE))

    with desk.database.session() as db:
        for who, when in ((desk.ben, NOW), (desk.anna, NOW + timedelta(hours=1))):
            with pytest.raises(NoSuchUpload):
                uploads_service.find(db, who, found.id, when)
    with desk.database.writing() as db, pytest.raises(NoSuchUpload):
        uploads_service.start_import(db, desk.ben, found.id, NOW)


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
