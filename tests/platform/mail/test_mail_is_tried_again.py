"""Mail that a server does not take is tried again later, unless it is refused for good."""

import smtplib
import socket
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from finder.platform.db.database import Db
from finder.platform.mail import queries as mail_queries
from finder.platform.mail.service import WAITS, deliver_due
from finder.platform.mail.transports import Files, Smtp, transport_from
from tests.platform.mail.queued_mail import NOW, SITE, db, queue, sink, smtp
from tests.support.smtp_sink import Sink, free_port, running_sink

__all__ = ["db", "sink"]


def test_a_server_that_is_down_is_tried_again_after_one_five_and_twenty_five_minutes(
    db: Db, tmp_path: Path
) -> None:
    nobody = transport_from(f"smtp://127.0.0.1:{free_port()}", SITE, tmp_path)
    queue(db, "one")
    moment = NOW

    for wait in WAITS[:3]:
        assert deliver_due(db, nobody, moment) == 0
        assert mail_queries.claim_next(db, moment + wait - timedelta(seconds=1)) is None
        db.rollback()
        moment += wait

    with running_sink() as sink:
        assert deliver_due(db, smtp(sink, tmp_path), moment) == 1
        assert len(sink.messages) == 1
    assert WAITS[:3] == tuple(timedelta(minutes=m) for m in (1, 5, 25))


def test_a_message_that_keeps_failing_is_given_up_and_forgotten(db: Db, tmp_path: Path) -> None:
    nobody = transport_from(f"smtp://127.0.0.1:{free_port()}", SITE, tmp_path)
    queue(db, "one")

    for day in range(len(WAITS) + 1):
        deliver_due(db, nobody, NOW + timedelta(days=day))

    assert mail_queries.count_waiting(db) == 0
    assert db.connection().exec_driver_sql("SELECT body FROM outbox").scalars().all() == [""]


@pytest.mark.parametrize(
    "refusing", [Sink(answer="554 no"), Sink(answer_to_recipient="550 no such person")]
)
def test_a_refusal_for_good_is_not_tried_again(db: Db, refusing: Sink, tmp_path: Path) -> None:
    queue(db, "one")

    with running_sink(replace(refusing, messages=[], logins=[])) as sink:
        assert deliver_due(db, smtp(sink, tmp_path), NOW) == 0

    assert mail_queries.count_waiting(db) == 0


@pytest.mark.parametrize("busy", [Sink(answer="451 later"), Sink(answer_to_recipient="450 later")])
def test_a_refusal_for_now_is_tried_again(db: Db, busy: Sink, tmp_path: Path) -> None:
    queue(db, "one")

    with running_sink(replace(busy, messages=[], logins=[])) as sink:
        assert deliver_due(db, smtp(sink, tmp_path), NOW) == 0

    assert mail_queries.count_waiting(db) == 1


def test_one_refused_message_does_not_hold_up_the_next(db: Db, sink: Sink, tmp_path: Path) -> None:
    class Picky(Files):
        def send(self, message: EmailMessage) -> None:
            if message["To"] == "one@example.org":
                raise smtplib.SMTPServerDisconnected("gone")
            super().send(message)

    queue(db, "one", "two")

    assert deliver_due(db, Picky(tmp_path / "out", "a@example.org"), NOW) == 1
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_server_that_never_answers_holds_nobody_for_long(db: Db, tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        slow = Smtp("127.0.0.1", silent.getsockname()[1], "a@example.org", timeout_s=0.2)
        queue(db, "one")

        assert deliver_due(db, slow, NOW) == 0

    assert mail_queries.count_waiting(db) == 1
