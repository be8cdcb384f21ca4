"""Mail goes out by a real SMTP server or into files; what fails is tried again, later."""

import smtplib
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

import pytest

from finder.platform.db.database import Database, Db
from finder.platform.mail import queries as mail_queries
from finder.platform.mail.queries import Letter
from finder.platform.mail.service import WAITS, deliver_due, tidy
from finder.platform.mail.transports import BadMailUrl, Files, Smtp, message_of, transport_from
from tests.support.smtp_sink import Sink, free_port, running_sink

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SITE = "https://quiet.example.org"


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as sink:
        yield sink


def smtp(sink: Sink, data_dir: Path) -> Smtp:
    made = transport_from(f"smtp://127.0.0.1:{sink.port}", SITE, data_dir)
    assert isinstance(made, Smtp)
    return made


def queue(db: Db, *keys: str, at: datetime = NOW) -> None:
    for key in keys:
        mail_queries.queue(db, key, f"{key}@example.org", "Please confirm", f"The {key} link", at)
    db.commit()


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


def test_without_a_mail_server_each_message_is_a_file(db: Db, tmp_path: Path) -> None:
    queue(db, "one", "two")

    deliver_due(db, transport_from("", SITE, tmp_path), NOW)

    files = sorted((tmp_path / "outbox").iterdir())
    read = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert {str(message["To"]) for message in read} == {"one@example.org", "two@example.org"}
    assert all(file.suffix == ".eml" for file in files)


def test_a_folder_can_be_named(tmp_path: Path) -> None:
    made = transport_from(f"file:{tmp_path}/post", SITE, tmp_path)

    assert made == Files(tmp_path / "post", "no-reply@quiet.example.org")


def test_a_login_and_its_password_may_hold_any_sign(tmp_path: Path) -> None:
    made = transport_from("smtps://me%40example.org:p%3Aw%2F@mail.example.org", SITE, tmp_path)

    assert made == Smtp(
        "mail.example.org", 465, "me@example.org", "me@example.org", "p:w/", is_tls=True
    )
    assert "p:w/" not in repr(made)


def test_the_sender_can_be_named(tmp_path: Path) -> None:
    made = transport_from("smtp://mail.example.org?from=hello@example.org", SITE, tmp_path)

    assert isinstance(made, Smtp)
    assert (made.sender, made.port) == ("hello@example.org", 587)


@pytest.mark.parametrize("url", ["http://example.org", "smtp://", "mail", "file:"])
def test_nonsense_is_refused_by_name(url: str, tmp_path: Path) -> None:
    with pytest.raises(BadMailUrl, match="FINDER_MAIL_URL"):
        transport_from(url, SITE, tmp_path)


def test_the_login_is_used(tmp_path: Path) -> None:
    sink = Sink()
    options = {"authenticator": sink.check, "auth_require_tls": False}
    letter = Letter(uuid4(), "one@example.org", "s", "b", NOW, 1)

    with running_sink(sink, **options) as sink:
        url = f"smtp://me:right@127.0.0.1:{sink.port}"
        transport = transport_from(url, SITE, tmp_path)
        transport.send(message_of(letter, transport.sender))

    assert sink.logins[-1] == ("me", "right")
    assert len(sink.messages) == 1


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


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A key and a certificate for 127.0.0.1 that nobody knows, in one file."""
    made = tmp_path / "server.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", made, "-out", tmp_path / "cert"),
        ],
        check=True,
        capture_output=True,
    )
    made.write_text(made.read_text() + (tmp_path / "cert").read_text())
    return made


def test_a_message_goes_over_tls_as_soon_as_the_server_offers_it(
    db: Db, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert"))
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    queue(db, "one")

    with running_sink(tls_context=tls, require_starttls=True) as sink:
        assert deliver_due(db, smtp(sink, tmp_path), NOW) == 1
        assert len(sink.messages) == 1


def test_a_message_does_not_go_to_a_server_whose_certificate_nobody_knows(
    db: Db, certificate: Path, tmp_path: Path
) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    queue(db, "one")

    with running_sink(tls_context=tls) as sink:
        assert deliver_due(db, smtp(sink, tmp_path), NOW) == 0
        assert sink.messages == []

    assert mail_queries.count_waiting(db) == 1
