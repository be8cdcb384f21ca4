"""What the public sees: nothing of one or two parents, then seasons and words."""

from finder.platform.db.database import Database
from finder.reviews import group_reviews
from finder.reviews.rules import Visit
from tests.support.review_parts import add_group, draft, publish


def test_one_or_two_reviews_show_a_count_and_nothing_else(database: Database) -> None:
    with database.writing() as db:
        group = add_group(db)
        for _ in range(2):
            publish(db, group, draft(words="Calm", advice="Sit at the back"))

        page = group_reviews.reviews_of(db, group, 1)

        assert (page.published, page.reviews, page.advice) == (2, (), ())
        assert (page.again_yes, page.again_no) == (0, 0)


def test_three_reviews_are_shown_newest_first(database: Database) -> None:
    with database.writing() as db:
        group = add_group(db)
        for month in (3, 9, 6):
            publish(db, group, draft(visit=Visit(2026, month), would_go_again=month > 3))

        page = group_reviews.reviews_of(db, group, 1)

        seasons = [review.season for review in page.reviews]
        assert seasons == ["autumn 2026", "summer 2026", "spring 2026"]
        assert (page.again_yes, page.again_no) == (2, 1)


def test_a_page_past_the_last_gives_the_last(database: Database) -> None:
    with database.writing() as db:
        group = add_group(db)
        for _ in range(3):
            publish(db, group)

        assert group_reviews.reviews_of(db, group, 99).page == 1
        assert len(group_reviews.reviews_of(db, group, -1).reviews) == 3
