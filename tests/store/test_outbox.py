"""Mail on its way: claimed by one worker, counted by address, forgotten in the end."""

from datetime import timedelta

from finder.store import outbox
from finder.store.database import Database
from tests.support.review_parts import NOW


def test_a_message_that_is_claimed_is_not_claimed_by_another(database: Database) -> None:
    with database.writing() as db:
        outbox.queue(db, "k", "a@example.org", "s", "b", NOW)
        db.commit()
        letter = outbox.claim_next(db, NOW)
        db.commit()

        assert letter is not None
        assert outbox.claim_next(db, NOW) is None
        outbox.put_off(db, letter.id, NOW + timedelta(minutes=1))
        assert outbox.claim_next(db, NOW) is None
        assert outbox.claim_next(db, NOW + timedelta(minutes=1)) is not None


def test_messages_are_counted_by_address_and_day(database: Database) -> None:
    with database.writing() as db:
        outbox.queue(db, "k", "a@example.org", "s", "b", NOW)
        db.flush()

        assert outbox.count_to(db, "a@example.org", NOW - timedelta(days=1)) == 1
        assert outbox.count_to(db, "a@example.org", NOW) == 0
        assert outbox.count_to(db, "b@example.org", NOW - timedelta(days=1)) == 0


def test_only_what_was_dealt_with_is_forgotten(database: Database) -> None:
    with database.writing() as db:
        outbox.queue(db, "k", "a@example.org", "s", "b", NOW)
        db.flush()
        later = NOW + timedelta(days=9)
        assert outbox.forget_closed(db, later) == 0
        letter = outbox.claim_next(db, NOW)
        assert letter is not None
        outbox.mark_sent(db, letter.id, NOW)

        assert outbox.forget_closed(db, later) == 1
