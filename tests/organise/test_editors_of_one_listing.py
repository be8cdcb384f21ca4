"""Whoever looks after one listing changes that one, and no other of its organiser."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from finder.accounts import queries as accounts_queries
from finder.accounts import rights
from finder.accounts.rules import Account
from finder.accounts.service import NotYours
from finder.domain.refused import Refused
from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import ListingState
from finder.my_account import service as my_account_service
from finder.organise import service as organise_service
from finder.organise.reminders import service as reminders_service
from finder.organise.upkeep import service as upkeep_service
from finder.organise.upkeep.rules import Wish
from finder.platform.db.database import Database, Db
from tests.support.examples import SONGS
from tests.support.organise_parts import ANNA, CAROL, editor, kept, listing
from tests.support.organise_site import Desk
from tests.support.review_parts import NOW, SITE, TODAY, mails

PLAIN = Calendars()


def carol_of(db: Db, group: UUID) -> UUID:
    """Carol's account, an editor of one listing."""
    carol = accounts_queries.id_for(db, CAROL, NOW)
    rights.add_to_group(db, group, carol, NOW)
    db.commit()
    return carol


def test_one_listing_is_changed_and_paused_and_no_other(database: Database) -> None:
    with database.writing() as db:
        hers, other = listing(db, "hers"), listing(db, "other")
        carol = carol_of(db, hers)

        upkeep_service.set_state(db, carol, hers, Wish.PAUSE, NOW)
        its = organise_service.own(db, carol, hers)
        organise_service.edit(db, carol, hers, its.draft, its.version, NOW)

        assert kept(db, hers).state is ListingState.PAUSED
        found = upkeep_service.my_listings(db, PLAIN, carol, 1, NOW).listings
        assert [(one.id, one.may_be_copied) for one in found] == [(hers, False)]
        forbidden: list[Callable[[], object]] = [
            lambda: upkeep_service.set_state(db, carol, other, Wish.PAUSE, NOW),
            lambda: organise_service.own(db, carol, other),
            lambda: upkeep_service.say_true(db, carol, [hers, other], TODAY, NOW),
        ]
        for change in forbidden:
            with pytest.raises(NotYours):
                change()


def test_no_further_listing_is_made_in_the_organisers_name(database: Database) -> None:
    with database.writing() as db:
        hers = listing(db, "hers")
        carol = carol_of(db, hers)

        with pytest.raises(Refused, match="this listing only"):
            upkeep_service.copy(db, carol, hers, NOW)


def test_they_are_asked_about_their_listing_and_about_no_other(database: Database) -> None:
    later = NOW + timedelta(days=90)
    with database.writing() as db:
        hers = listing(db, "hers")
        listing(db, "other")
        carol_of(db, hers)

        done = reminders_service.remind(db, SITE, later)

        assert (done.asked, done.unattended) == (1, 1)
        (letter,) = mails(db)
        assert letter.recipient == CAROL
        assert "- Group hers" in letter.body
        assert "Group other" not in letter.body
        token = letter.body.split("/still-running/")[1].split()[0]
        db.rollback()
        asked = reminders_service.find(db, PLAIN, token, later)
        assert [one.id for one in asked.listings] == [hers]
        reminders_service.answer(db, PLAIN, token, [hers], later.date(), later)
        assert kept(db, hers).checked_on == later.date()


def test_an_editor_of_all_is_asked_about_all_in_one_letter(database: Database) -> None:
    later = NOW + timedelta(days=90)
    with database.writing() as db:
        hers = listing(db, "hers")
        listing(db, "other")
        editor(db)
        carol_of(db, hers)

        reminders_service.remind(db, SITE, later)

        sent = {one.recipient: one.body for one in mails(db)}
        assert sorted(sent) == [ANNA, CAROL]
        assert "Group other" in sent[ANNA]
        assert "Group other" not in sent[CAROL]


def test_whoever_leaves_looks_after_nothing_any_more(database: Database) -> None:
    with database.writing() as db:
        hers = listing(db, "hers")
        carol = carol_of(db, hers)
        me = Account(carol, CAROL, is_moderator=False)
        assert "group_editors" in str(my_account_service.everything(db, me))

        my_account_service.delete_account(db, me, NOW, keep_reviews=True)

        assert rights.of_groups(db, [hers]) == []


def test_what_others_list_is_asked_about_only_once_it_is_public(database: Database) -> None:
    with database.writing() as db:
        carol = accounts_queries.id_for(db, CAROL, NOW)
        states = (ListingState.WAITING, ListingState.PAUSED, ListingState.HIDDEN)
        for state in states:
            listing(db, state.value, organiser=f"The {state.value}", state=state)
        shown = listing(db, "shown")
        waiting = listing(db, "mine", organiser="Mine", state=ListingState.WAITING)
        rights.add_to_group(db, waiting, carol, NOW)
        db.commit()

        found = {one.id: one.is_yours for one in organise_service.lookalikes_of(db, carol, SONGS)}

        assert found == {shown: False, waiting: True}


def test_a_claim_says_whether_it_is_of_one_listing_or_of_all(desk: Desk) -> None:
    address = f"/organise/claim/{desk.songs}"
    assert desk.ben.get(address).values("input[name=scope]", "value") == []
    listing(desk.db, "second")

    page = desk.ben.get(address)

    assert page.values("input[name=scope]", "value") == ["group", "organiser"]
    assert page.values("input[name=scope][checked]", "value") == ["group"]
    assert "has 2 listings here" in page.words
    done = desk.ben.press(address, why="I lead it for the library.", scope="organiser")
    assert "You have told us that it is yours" in done.words
