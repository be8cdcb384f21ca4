"""The history of a listing says who did it: whatever it was that they pressed."""

from datetime import date, time, timedelta

from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import ListingState
from finder.moderation import page_service
from finder.moderation.rules import Action, ItemKind
from finder.organise import service as organise_service
from finder.organise.reminders import service as reminders_service
from finder.organise.upkeep import service as upkeep_service
from finder.organise.upkeep.rules import Wish
from finder.platform.db.database import Database, Db
from tests.support.moderation_parts import MOD, decide, found, moderator
from tests.support.organise_parts import ANNA, editor, kept, listing
from tests.support.organise_site import Desk
from tests.support.review_parts import NOW, SITE, TODAY

PLAIN = Calendars()
DAY = date(2026, 12, 1)


def lines(db: Db, account_id: object, group_id: object) -> list[tuple[str, str]]:
    _, versions = organise_service.versions(db, account_id, group_id)  # type: ignore[arg-type]
    db.rollback()
    return [(one.by, one.changed) for one in versions]


def test_pausing_publishing_and_ending_stand_under_who_pressed(database: Database) -> None:
    with database.writing() as db:
        hers, anna = listing(db), editor(db)

        for wish in (Wish.PAUSE, Wish.PUBLISH, Wish.END):
            upkeep_service.set_state(db, anna, hers, wish, NOW)

        assert lines(db, anna, hers)[:3] == [
            (ANNA, "Published → Ended"),
            (ANNA, "Paused → Published"),
            (ANNA, "Published → Paused"),
        ]


def test_cancelled_dates_stand_under_who_cancelled_them(database: Database) -> None:
    with database.writing() as db:
        hers, anna = listing(db), editor(db)

        last = DAY + timedelta(days=84)
        upkeep_service.cancel_dates(db, PLAIN, anna, hers, DAY, last, "Boiler", TODAY, NOW)
        upkeep_service.put_back(db, anna, hers, DAY, time(10), NOW)

        put_back, cancelled = lines(db, anna, hers)[:2]
        assert put_back == (ANNA, "On after all: Tuesday 1 December 2026, 10:00")
        assert cancelled[0] == ANNA
        told = cancelled[1].splitlines()
        assert told[0] == "Cancelled: Tuesday 1 December 2026, 10:00"
        assert told[10] == "Cancelled: 3 later dates"
        assert told[11] == "Note: Boiler"


def test_cancelling_a_date_is_in_nobody_s_way_who_edits(database: Database) -> None:
    with database.writing() as db:
        hers, anna = listing(db), editor(db)
        opened = organise_service.own(db, anna, hers)
        upkeep_service.cancel_dates(db, PLAIN, anna, hers, DAY, DAY, "", TODAY, NOW)

        organise_service.edit(db, anna, hers, opened.draft, opened.version, NOW)

        assert kept(db, hers).version == opened.version + 1


def test_an_approval_stands_under_a_moderator_whose_address_no_editor_reads(
    database: Database,
) -> None:
    with database.writing() as db:
        hers = listing(db, state=ListingState.WAITING)
        anna = editor(db)

        decide(db, moderator(db), ItemKind.LISTING, hers, Action.PUBLISH)

        approved = "Waiting for a moderator → Published"
        assert lines(db, anna, hers)[0] == ("a moderator", approved)
        item = found(db, ItemKind.LISTING, hers)
        assert f"by {MOD}: {approved}" in page_service.versions(db, item)[0]


def test_what_the_site_hides_by_itself_stands_under_the_site(database: Database) -> None:
    with database.writing() as db:
        hers, anna = listing(db), editor(db)
        for days in (90, 180):
            reminders_service.remind(db, SITE, NOW + timedelta(days=days))

        assert lines(db, anna, hers)[0] == (
            "this site, since nobody had checked it",
            "Published → Hidden",
        )


def test_who_answers_a_letter_stands_in_the_history(desk: Desk) -> None:
    desk.anna.press(f"/organise/listings/{desk.songs}/state", wish="pause")

    page = desk.anna.get(f"/organise/listings/{desk.songs}/history")

    assert "by anna@example.org" in page.words
    assert "Published → Paused" in page.words
