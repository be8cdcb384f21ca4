"""Mail goes where the setting says: to files, or to a server by its login and over TLS."""

import ssl
import subprocess
from email import message_from_bytes, policy
from pathlib import Path
from uuid import uuid4

import pytest

from finder.platform.db.database import Db
from finder.platform.mail import queries as mail_queries
from finder.platform.mail.queries import Letter
from finder.platform.mail.service import deliver_due
from finder.platform.mail.transports import BadMailUrl, Files, Smtp, message_of, transport_from
from tests.platform.mail.queued_mail import NOW, SITE, db, queue, smtp
from tests.support.smtp_sink import Sink, running_sink

__all__ = ["db"]


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
