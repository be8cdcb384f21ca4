"""A review comes back as it was said."""

from finder.domain.facts import Fact
from finder.platform.db.database import Database
from finder.reviews import queries as reviews_queries
from finder.reviews.rules import BabyAge, ReviewState
from tests.support.review_parts import NOW, add_group, draft

SAID = draft(
    4,
    facts={Fact.SING: True, Fact.INCLUDED: False},
    came_alone=True,
    baby_age=BabyAge.UNDER_1,
    was_first_time=False,
    would_go_again=True,
    words="Two lines\nof words",
    advice="Sit by the door",
    print_words=False,
)


def test_what_was_said_comes_back_as_it_was_said(database: Database) -> None:
    with database.writing() as db:
        group = add_group(db)
        reviews_queries.add_unconfirmed(db, group, SAID, "a@example.org", "form", "token", NOW)
        own = reviews_queries.by_confirming_link(db, "token")

        assert own is not None
        assert own.state is ReviewState.UNCONFIRMED
        for name in own.answers.__dataclass_fields__:
            assert getattr(own.answers, name) == getattr(SAID, name)


def test_a_link_opens_only_what_it_is_for(database: Database) -> None:
    with database.writing() as db:
        reviews_queries.add_unconfirmed(
            db, add_group(db), SAID, "a@example.org", "form", "token", NOW
        )

        assert reviews_queries.by_managing_link(db, "token") is None
        assert reviews_queries.by_form(db, "other") is None
        assert reviews_queries.by_form(db, "form") is not None
