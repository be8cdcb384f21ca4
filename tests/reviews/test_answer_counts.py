"""Only published reviews are heard: levels, facts with their months, and first visits."""

from datetime import date

from finder.domain.facts import Fact
from finder.listings.search_columns import Heard
from finder.listings.tables import GroupRow
from finder.platform.db.database import Database
from finder.reviews import service
from finder.reviews.group_reviews import heard_of, heard_of_each
from finder.reviews.rules import Visit
from tests.support.review_parts import NOW, TODAY, add_group, draft, publish, submit


def test_published_reviews_are_heard_and_waiting_ones_are_not(database: Database) -> None:
    with database.writing() as db:
        group, other = add_group(db), add_group(db, "other")
        publish(db, group, draft(1, facts={Fact.SING: True}, was_first_time=True))
        submit(db, group, draft(5, facts={Fact.SING: False}, was_first_time=True))

        assert heard_of(db, group, TODAY) == Heard(
            ((1, 40.0),), {Fact.SING: (1, 0)}, (1, 0, 0, 0, 0), {Fact.SING: date(2026, 10, 15)}
        )
        assert heard_of_each(db, [group, other], TODAY)[other] == Heard()


def test_a_fact_is_as_new_as_its_newest_answer_whatever_it_says(database: Database) -> None:
    with database.writing() as db:
        group = add_group(db)
        for month, sang in ((3, True), (9, False), (6, True)):
            publish(db, group, draft(facts={Fact.SING: sang}, visit=Visit(2026, month)))

        heard = heard_of(db, group, TODAY)

        assert heard.facts == {Fact.SING: (2, 1)}
        assert heard.facts_on == {Fact.SING: date(2026, 9, 15)}


def test_first_visits_are_counted_by_level_and_taken_back_with_their_review(
    database: Database,
) -> None:
    with database.writing() as db:
        group = add_group(db)
        for was_first in (True, True, False, None):
            publish(db, group, draft(2, was_first_time=was_first))
        kept = db.get_one(GroupRow, group)
        assert (kept.reports_2, kept.first_timers_2) == (4, 2)

        _, token = publish(db, group, draft(3, was_first_time=True))
        assert db.get_one(GroupRow, group).first_timers_3 == 1
        service.withdraw(db, token, NOW)

        assert db.get_one(GroupRow, group).first_timers_3 == 0
