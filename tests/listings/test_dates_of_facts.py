"""Each fact keeps the day on which the organiser said it, until the organiser says it again."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from finder.domain.facts import Fact
from finder.domain.groups import GroupDraft
from finder.listings.row_values import facts_known
from finder.listings.tables import GroupRow
from finder.platform.db.database import Database, Db
from finder.reviews.saving import save
from tests.support.examples import HALL, SONGS, TUESDAY_NOON

FIRST, LATER = TUESDAY_NOON, TUESDAY_NOON + timedelta(days=100)
LIBRARY = replace(HALL, facts={Fact.STEP_FREE: True, Fact.PARKING: False})
LISTED = replace(SONGS, venue=LIBRARY, facts={Fact.SING: True, Fact.ROTA: False})


def days(db: Db, group_id: UUID, checked_on: date | None = None) -> dict[Fact, date | None]:
    venue_id = db.get_one(GroupRow, group_id).venue_id
    known = facts_known(db, group_id, venue_id, checked_on)
    return {fact: answers.organiser_on for fact, answers in known.items()}


def listed_and_changed(db: Db, changed: GroupDraft) -> UUID:
    group_id = save(db, LISTED, at=FIRST).public_id
    save(db, changed, at=LATER)
    db.commit()
    return group_id


def test_only_an_answer_that_changes_gets_a_new_day(database: Database) -> None:
    with database.writing() as db:
        changed = replace(LISTED, name="Songs again", facts={Fact.SING: True, Fact.ROTA: True})
        group_id = listed_and_changed(db, changed)

        assert days(db, group_id) == {
            Fact.SING: FIRST.date(),
            Fact.ROTA: LATER.date(),
            Fact.STEP_FREE: FIRST.date(),
            Fact.PARKING: FIRST.date(),
        }


def test_the_same_holds_for_a_building_that_changes(database: Database) -> None:
    with database.writing() as db:
        hall = replace(LIBRARY, facts={Fact.STEP_FREE: True, Fact.PARKING: True})
        group_id = listed_and_changed(db, replace(LISTED, venue=hall))

        found = days(db, group_id)

        assert found[Fact.STEP_FREE] == FIRST.date()
        assert found[Fact.PARKING] == LATER.date()


def test_an_answer_that_is_taken_back_leaves_no_day(database: Database) -> None:
    with database.writing() as db:
        group_id = listed_and_changed(db, replace(LISTED, facts={Fact.ROTA: False}))

        assert Fact.SING not in days(db, group_id)


def test_all_is_still_true_renews_every_day(database: Database) -> None:
    checked = (LATER + timedelta(days=7)).date()
    with database.writing() as db:
        group_id = listed_and_changed(db, LISTED)

        assert set(days(db, group_id, checked).values()) == {checked}
        assert set(days(db, group_id, FIRST.date() - timedelta(days=9)).values()) == {FIRST.date()}
