"""The reviews of one account, newest first; a group that is not listed is no link."""

from datetime import timedelta

from finder.domain.reviews import ReviewState
from finder.domain.vocabulary import ListingState
from finder.services import reviewing
from finder.store import accounts, my_reviews
from finder.store.database import Database
from finder.store.tables import GroupRow
from tests.support.review_parts import NOW, add_group, draft, manage_tokens, publish, submit

ANNA = "anna@example.org"


def test_own_reviews_come_newest_first_and_say_where_they_stand(database: Database) -> None:
    with database.writing() as db:
        one, two = add_group(db, "one"), add_group(db, "two", name="Hill Songs")
        publish(db, one, draft(1), ANNA)
        publish(db, one, draft(5), "ben@example.org")
        publish(db, two, draft(3), ANNA, NOW + timedelta(minutes=1))
        submit(db, one, email="carol@example.org")
        reviewing.withdraw(db, manage_tokens(db)[-1], NOW)
        db.get_one(GroupRow, two).state = ListingState.PAUSED
        db.commit()

        found = my_reviews.of_account(db, accounts.id_for(db, ANNA, NOW))

        assert [(m.group_name, m.level, m.state, m.is_listed) for m in found] == [
            ("Hill Songs", 3, ReviewState.WITHDRAWN, False),
            ("Harbour Songs", 1, ReviewState.PUBLISHED, True),
        ]
