"""Organisers are asked after 90 days, once; what nobody answers is hidden, and comes back."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from finder.accounts import editors
from finder.domain.refused import NoSuchLink
from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import ListingState
from finder.operations import service as operations_service
from finder.organise.reminders import service as reminders_service
from finder.organise.reminders.rules import REMINDERS
from finder.organise.reminders.service import Reminded
from finder.organise.upkeep import service as upkeep_service
from finder.platform.db.database import Database, Db
from finder.platform.mail.tables import OutboxRow
from tests.support.organise_parts import ANNA, BEN, editor, kept, listing, organiser_id
from tests.support.review_parts import NOW, SITE

PLAIN = Calendars()


def after(days: int) -> datetime:
    return NOW + timedelta(days=days)


def remind(db: Db, days: int) -> Reminded:
    return reminders_service.remind(db, SITE, after(days))


def letters(db: Db, email: str = ANNA) -> list[OutboxRow]:
    found = list(
        db.exec(
            select(OutboxRow)
            .where(col(OutboxRow.recipient) == email)
            .order_by(col(OutboxRow.created_at))
        )
    )
    db.rollback()
    return found


def token(row: OutboxRow) -> str:
    (found,) = re.findall(rf"{SITE}/still-running/([\w-]+)", row.body)
    return str(found)


def test_nobody_is_asked_before_90_days_and_everybody_once_then(database: Database) -> None:
    with database.writing() as db:
        editor(db)
        for ref in ("a", "b"):
            listing(db, ref)

        assert remind(db, 89) == Reminded()
        assert remind(db, 90) == Reminded(asked=2, mails=1)
        for days in (90, 91, 179):
            assert remind(db, days) == Reminded()

        (letter,) = letters(db)
        assert letter.subject == "Are your groups still running?"
        assert "- Group a\n- Group b" in letter.body
        assert "no last date" in letter.body


def test_each_editor_gets_a_mail_of_each_organiser_with_a_link_of_its_own(
    database: Database,
) -> None:
    with database.writing() as db:
        for email in (ANNA, BEN):
            editor(db, email)
        editor(db, ANNA, "Harbour Trust")
        listing(db)
        listing(db, organiser="Harbour Trust")

        assert remind(db, 90) == Reminded(asked=2, mails=3)

        assert len(letters(db)) == 2
        assert len({token(row) for email in (ANNA, BEN) for row in letters(db, email)}) == 3


def test_a_word_starts_the_90_days_anew(database: Database) -> None:
    with database.writing() as db:
        anna, hers = editor(db), listing(db)
        remind(db, 90)
        day = after(100)
        upkeep_service.say_true(db, anna, [hers], day.date(), day)

        assert remind(db, 181) == Reminded()
        assert remind(db, 190) == Reminded(asked=1, mails=1)


def test_one_that_is_silent_for_180_days_is_hidden_and_told_the_way_back(
    database: Database,
) -> None:
    with database.writing() as db:
        editor(db)
        hers = listing(db)
        remind(db, 90)

        assert remind(db, 180) == Reminded(hidden=1, mails=1)
        assert remind(db, 180) == remind(db, 300) == Reminded()

        assert kept(db, hers).state is ListingState.HIDDEN
        assert kept(db, hers).silent_since == after(180).date()
        letter = letters(db)[-1]
        assert letter.subject == "We have hidden groups that nobody has checked"
        day = after(181)
        assert reminders_service.answer(db, PLAIN, token(letter), [hers], day.date(), day) == 1
        assert kept(db, hers).state is ListingState.PUBLISHED
        assert kept(db, hers).checked_on == day.date()
        assert kept(db, hers).silent_since is None


def test_nobody_is_silent_who_was_never_asked(database: Database) -> None:
    with database.writing() as db:
        editor(db)
        listing(db)

        assert remind(db, 400) == Reminded(asked=1, mails=1)
        assert remind(db, 413) == Reminded()
        assert remind(db, 414) == Reminded(hidden=1, mails=1)


def test_examples_and_what_has_no_editor_are_left_alone_and_counted(database: Database) -> None:
    with database.writing() as db:
        editor(db)
        listing(db, "made up", is_example=True)
        alone = listing(db, organiser="Harbour Trust")
        listing(db, "paused", state=ListingState.PAUSED)

        for days in (90, 200, 400):
            assert remind(db, days) == Reminded(examples=1, unattended=1)

        assert kept(db, alone).state is ListingState.PUBLISHED


def test_a_link_is_looked_at_without_changing_anything(database: Database) -> None:
    with database.writing() as db:
        editor(db)
        hers = listing(db)
        remind(db, 90)
        link = token(letters(db)[0])
        before = kept(db, hers)

        asked = reminders_service.find(db, PLAIN, link, after(91))
        db.rollback()

        assert [one.id for one in asked.listings] == [hers]
        assert kept(db, hers) == before


def test_a_link_checks_what_it_asks_about_and_nothing_else(database: Database) -> None:
    with database.writing() as db:
        editor(db)
        hers = [listing(db, ref) for ref in ("a", "b")]
        fresh = listing(db, "fresh", now=after(80))
        foreign = listing(db, organiser="Harbour Trust")
        remind(db, 90)
        link, day = token(letters(db)[0]), after(91)

        ids = [hers[0], fresh, foreign, UUID(int=7)]
        assert reminders_service.answer(db, PLAIN, link, ids, day.date(), day) == 1

        found = {one: kept(db, one).checked_on for one in (*hers, fresh, foreign)}
        assert found == {hers[0]: day.date(), hers[1]: None, fresh: None, foreign: None}
        (left,) = reminders_service.find(db, PLAIN, link, day).listings
        assert left.id == hers[1]


@pytest.mark.parametrize("reason", ["too old", "no editor any more", "nonsense"])
def test_a_link_that_is_no_good_does_nothing(database: Database, reason: str) -> None:
    with database.writing() as db:
        anna = editor(db)
        hers = listing(db)
        remind(db, 90)
        link, day = token(letters(db)[0]), after(91)
        if reason == "too old":
            day = after(104)
        elif reason == "nonsense":
            link = "nonsense"
        else:
            editors.remove(db, organiser_id(db), anna)
            db.commit()

        with pytest.raises(NoSuchLink):
            reminders_service.answer(db, PLAIN, link, [hers], day.date(), day)

        db.rollback()
        assert kept(db, hers).checked_on is None


def test_one_that_a_moderator_has_hidden_is_not_brought_back(database: Database) -> None:
    with database.writing() as db:
        anna = editor(db)
        hers = listing(db, state=ListingState.HIDDEN)
        other = listing(db, "other")
        remind(db, 90)
        link, day = token(letters(db)[0]), after(91)

        assert reminders_service.answer(db, PLAIN, link, [hers, other], day.date(), day) == 1
        upkeep_service.say_true(db, anna, [hers], day.date(), day)

        assert kept(db, hers).state is ListingState.HIDDEN


def test_old_links_are_forgotten(database: Database) -> None:
    with database.writing() as db:
        editor(db)
        listing(db)
        remind(db, 90)

        assert dict(operations_service.tidy(db, after(103)))[REMINDERS] == 0
        assert dict(operations_service.tidy(db, after(104)))[REMINDERS] == 1
