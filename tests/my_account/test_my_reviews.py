"""The reviews of one account, newest first; a group that is not listed is no link."""

from datetime import timedelta

from finder.accounts import queries as accounts_queries
from finder.domain.vocabulary import ListingState
from finder.listings.tables import GroupRow
from finder.my_account import queries as my_account_queries
from finder.platform.db.database import Database
from finder.reviews import service as reviews_service
from finder.reviews.rules import ReviewState
from tests.support.review_parts import NOW, add_group, draft, manage_tokens, publish, submit

ANNA = "anna@example.org"


def test_own_reviews_come_newest_first_and_say_where_they_stand(database: Database) -> None:
    with database.writing() as db:
        one, two = add_group(db, "one"), add_group(db, "two", name="Hill Songs")
        publish(db, one, draft(1), ANNA)
        publish(db, one, draft(5), "ben@example.org")
        publish(db, two, draft(3), ANNA, NOW + timedelta(minutes=1))
        submit(db, one, email="carol@example.org")
        reviews_service.withdraw(db, manage_tokens(db)[-1], NOW)
        db.get_one(GroupRow, two).state = ListingState.PAUSED
        db.commit()

        found = my_account_queries.of_account(db, accounts_queries.id_for(db, ANNA, NOW))

        assert [(m.group_name, m.level, m.state, m.is_listed) for m in found] == [
            ("Hill Songs", 3, ReviewState.WITHDRAWN, False),
            ("Harbour Songs", 1, ReviewState.PUBLISHED, True),
        ]
