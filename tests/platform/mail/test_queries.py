"""Mail on its way: claimed by one worker, counted by address, forgotten in the end."""

from datetime import timedelta

from finder.platform.db.database import Database
from finder.platform.mail import queries as mail_queries
from tests.support.review_parts import NOW


def test_a_message_that_is_claimed_is_not_claimed_by_another(database: Database) -> None:
    with database.writing() as db:
        mail_queries.queue(db, "k", "a@example.org", "s", "b", NOW)
        db.commit()
        letter = mail_queries.claim_next(db, NOW)
        db.commit()

        assert letter is not None
        assert mail_queries.claim_next(db, NOW) is None
        mail_queries.put_off(db, letter.id, NOW + timedelta(minutes=1))
        assert mail_queries.claim_next(db, NOW) is None
        assert mail_queries.claim_next(db, NOW + timedelta(minutes=1)) is not None


def test_messages_are_counted_by_purpose_mailbox_and_day(database: Database) -> None:
    day = timedelta(days=1)
    with database.writing() as db:
        mail_queries.queue(db, "report:1", "a@example.org", "s", "b", NOW)
        mail_queries.queue(db, "review:1", "a+x@example.org", "s", "b", NOW, NOW + day)
        db.flush()

        assert mail_queries.count_to(db, "report", "a+2@example.org", NOW - day) == 1
        assert mail_queries.count_to(db, "report", "a@example.org", NOW) == 0
        assert mail_queries.count_to(db, "report", "b@example.org", NOW - day) == 0
        assert mail_queries.count_to(db, "review", "a@example.org", NOW - day, NOW) == 0
        assert mail_queries.count_to(db, "review", "a@example.org", NOW, NOW + day) == 1
        assert mail_queries.count_queued(db, "review", NOW - day) == 1
        assert mail_queries.count_queued(db, "revie", NOW - day) == 0


def test_only_what_was_dealt_with_is_forgotten(database: Database) -> None:
    with database.writing() as db:
        mail_queries.queue(db, "k", "a@example.org", "s", "b", NOW)
        db.flush()
        later = NOW + timedelta(days=9)
        assert mail_queries.forget_closed(db, later) == 0
        letter = mail_queries.claim_next(db, NOW)
        assert letter is not None
        mail_queries.mark_sent(db, letter.id, NOW)

        assert mail_queries.forget_closed(db, later) == 1
