"""A queued message goes out once, and what it said is forgotten."""

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

from finder.platform.db.database import Database, Db
from finder.platform.mail import queries as mail_queries
from finder.platform.mail.queries import Letter
from finder.platform.mail.service import deliver_due, tidy
from finder.platform.mail.transports import Files, message_of
from tests.platform.mail.queued_mail import NOW, db, queue, sink, smtp
from tests.support.smtp_sink import Sink

__all__ = ["db", "sink"]


def test_a_queued_message_reaches_the_mail_server_once(db: Db, sink: Sink, tmp_path: Path) -> None:
    queue(db, "one")

    assert deliver_due(db, smtp(sink, tmp_path), NOW) == 1
    assert deliver_due(db, smtp(sink, tmp_path), NOW) == 0

    (message,) = sink.messages
    assert message["To"] == "one@example.org"
    assert message["From"] == "Quiet Corner <no-reply@quiet.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().strip() == "The one link"


def test_what_a_message_said_is_forgotten_once_it_is_sent(
    db: Db, sink: Sink, tmp_path: Path
) -> None:
    queue(db, "one")

    deliver_due(db, smtp(sink, tmp_path), NOW)

    assert mail_queries.count_waiting(db) == 0
    assert db.connection().exec_driver_sql("SELECT body FROM outbox").scalars().all() == [""]


def test_no_lock_is_held_while_a_mail_server_thinks(
    db: Db, database: Database, tmp_path: Path
) -> None:
    class Writes(Files):
        def send(self, message: EmailMessage) -> None:
            with database.writing() as other:
                mail_queries.queue(
                    other, "two", "two@example.org", "s", "b", NOW + timedelta(hours=1)
                )
                other.commit()
            super().send(message)

    queue(db, "one")

    assert deliver_due(db, Writes(tmp_path / "out", "a@example.org"), NOW) == 1


def test_a_message_whose_sender_died_is_claimed_again_only_after_a_while(db: Db) -> None:
    queue(db, "one")
    assert mail_queries.claim_next(db, NOW) is not None
    db.commit()

    assert mail_queries.claim_next(db, NOW + timedelta(minutes=14)) is None
    again = mail_queries.claim_next(db, NOW + timedelta(minutes=15))

    assert again is not None
    assert again.attempts == 2


def test_a_message_that_is_sent_again_is_known_by_its_id() -> None:
    letter = Letter(uuid4(), "one@example.org", "s", "b", NOW, 1)

    first = message_of(letter, "a@example.org")
    second = message_of(replace(letter, attempts=2), "a@example.org")

    assert first["Message-ID"] == second["Message-ID"]
    assert bytes(first) == bytes(second)


def test_two_workers_never_send_the_same_message(
    db: Db, database: Database, sink: Sink, tmp_path: Path
) -> None:
    queue(db, *(f"m{n}" for n in range(6)))
    way_out = smtp(sink, tmp_path)

    class Slow(Files):
        def send(self, message: EmailMessage) -> None:
            with database.writing() as other:
                deliver_due(other, way_out, NOW)
            way_out.send(message)

    deliver_due(db, Slow(tmp_path, "a@example.org"), NOW)

    recipients = [str(message["To"]) for message in sink.messages]
    assert len(recipients) == len(set(recipients)) == 6


def test_sent_messages_are_forgotten_after_a_week(db: Db, sink: Sink, tmp_path: Path) -> None:
    queue(db, "old")
    deliver_due(db, smtp(sink, tmp_path), NOW)
    queue(db, "waiting")

    assert tidy(db, NOW + timedelta(days=6)) == 0
    assert tidy(db, NOW + timedelta(days=8)) == 1
    assert mail_queries.count_waiting(db) == 1
