"""Only published reviews are heard."""

from finder.domain.facts import Fact
from finder.listings.search_columns import Heard
from finder.platform.db.database import Database
from finder.reviews.group_reviews import heard_of, heard_of_each
from tests.support.review_parts import TODAY, add_group, draft, publish, submit


def test_published_reviews_are_heard_and_waiting_ones_are_not(database: Database) -> None:
    with database.writing() as db:
        group, other = add_group(db), add_group(db, "other")
        publish(db, group, draft(1, facts={Fact.SING: True}))
        submit(db, group, draft(5, facts={Fact.SING: False}))

        assert heard_of(db, group, TODAY) == Heard(((1, 40.0),), {Fact.SING: (1, 0)})
        assert heard_of_each(db, [group, other], TODAY)[other] == Heard()
