"""A parent says whether a group was on; one network says it once a day for each date."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from finder.domain.refused import NothingThere, Refused
from finder.domain.vocabulary import ListingState
from finder.group_page import service as group_page_service
from finder.group_page.rules import FoundOn, OnAnswer
from finder.group_page.service import AnsweredToday
from finder.platform.db.database import Database, Db
from finder.platform.limits import Limits
from tests.support.examples import NO_TERMS, SONGS, TUESDAY_NOON, group, keep

TUESDAY, BEFORE = date(2026, 11, 24), date(2026, 11, 17)


def say(
    db: Db, limits: Limits, group_id: UUID, on: date, was_on: bool = True, network: str = "::1"
) -> None:
    page = group_page_service.find_asked(db, NO_TERMS, group_id, TUESDAY_NOON)
    group_page_service.answer(db, limits, page, OnAnswer(on, was_on), network)


def found(database: Database, group_id: UUID) -> set[FoundOn]:
    with database.open() as db:
        return set(group_page_service.find_asked(db, NO_TERMS, group_id, TUESDAY_NOON).found_on)


def test_an_answer_is_kept_and_stands_on_the_page(database: Database) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS)
    with database.writing() as db:
        say(db, Limits("memory://"), saved.public_id, TUESDAY, False)

    assert found(database, saved.public_id) == {FoundOn(TUESDAY, 0, 1)}


def test_one_network_is_counted_once_a_day_for_each_date_of_each_group(
    database: Database,
) -> None:
    limits = Limits("memory://")
    with database.writing() as db:
        songs, other = (saved.public_id for saved in keep(db, SONGS, group("other")))
        say(db, limits, songs, TUESDAY)

        for was_on in (True, False):
            with pytest.raises(AnsweredToday):
                say(db, limits, songs, TUESDAY, was_on)
        say(db, limits, songs, BEFORE)
        say(db, limits, other, TUESDAY)
        say(db, limits, songs, TUESDAY, network="192.0.2.1")

    assert found(database, songs) == {FoundOn(TUESDAY, 2, 0), FoundOn(BEFORE, 1, 0)}
    assert found(database, other) == {FoundOn(TUESDAY, 1, 0)}


@pytest.mark.parametrize("on", [date(2026, 12, 1), date(2026, 11, 3), date(2026, 11, 23)])
def test_a_date_that_is_not_asked_about_is_refused_and_uses_nothing_up(
    database: Database, on: date
) -> None:
    limits = Limits("memory://")
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        for _ in range(2):
            with pytest.raises(Refused, match="for 14 days") as refused:
                say(db, limits, saved.public_id, on)
            assert refused.value.field == "answer"

    assert found(database, saved.public_id) == set()


def test_a_group_that_the_public_does_not_see_is_not_there(database: Database) -> None:
    with database.writing() as db:
        [hidden] = keep(db, SONGS, state=ListingState.HIDDEN)
        for one in (hidden.public_id, uuid4()):
            with pytest.raises(NothingThere):
                group_page_service.find_asked(db, NO_TERMS, one, TUESDAY_NOON)
