"""What the public sees: nothing of one or two parents, then seasons and words."""

from dataclasses import fields

from finder.platform.db.database import Database
from finder.reviews import group_reviews
from finder.reviews.rules import ShownReview, Visit
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
            told = draft(visit=Visit(2026, month), would_go_again=month > 3, words="Calm")
            publish(db, group, told)

        page = group_reviews.reviews_of(db, group, 1)

        seasons = [review.season for review in page.reviews]
        assert seasons == ["autumn 2026", "summer 2026", "spring 2026"]
        assert (page.again_yes, page.again_no) == (2, 1)


def test_a_page_past_the_last_gives_the_last(database: Database) -> None:
    with database.writing() as db:
        group = add_group(db)
        for _ in range(3):
            publish(db, group, draft(words="Calm"))

        assert group_reviews.reviews_of(db, group, 99).page == 1
        assert len(group_reviews.reviews_of(db, group, -1).reviews) == 3


def test_a_review_without_words_is_counted_and_has_no_line(database: Database) -> None:
    with database.writing() as db:
        group = add_group(db)
        for told in (draft(words="Calm"), draft(), draft(words="Loud", print_words=False)):
            publish(db, group, told)

        page = group_reviews.reviews_of(db, group, 1)

        assert (page.published, page.with_words, page.pages) == (3, 1, 1)
        assert [review.words for review in page.reviews] == ["Calm"]


def test_nothing_that_is_shown_of_one_review_holds_a_level_or_a_first_visit() -> None:
    assert {field.name for field in fields(ShownReview)} == {"season", "words", "id"}
