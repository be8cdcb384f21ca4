"""Transports of mail: files in a folder, or an SMTP server."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from finder.platform.mail import queries

TIMEOUT_S = 20.0


class BadMailUrl(ValueError):
    """FINDER_MAIL_URL names no transport."""


class Undeliverable(Exception):
    """The mail server has refused this message for good: trying again is no use."""


class Transport(Protocol):
    """Sends one message. OSError or SMTPException where trying again may work."""

    @property
    def sender(self) -> str:
        """The address that messages come from."""

    def send(self, message: EmailMessage) -> None:
        """Hand the message over, or raise."""

    def forget(self, address: str) -> None:
        """Remove what this still holds of an address; nothing where it holds no messages."""


@dataclass(frozen=True)
class Files:
    """Writes each message as an .eml file that a mail program opens."""

    folder: Path
    sender: str

    def send(self, message: EmailMessage) -> None:
        """Write the file whole or not at all; a message sent again replaces its file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        unfinished = self.folder / f".{name}.part"
        unfinished.write_bytes(bytes(message))
        unfinished.replace(self.folder / f"{name}.eml")

    def forget(self, address: str) -> None:
        """Remove every message to an address, and every other one that names it."""
        for letter in self.folder.glob("*.eml"):
            with suppress(FileNotFoundError):
                message = message_from_bytes(letter.read_bytes(), policy=default)
                text = f"{message['To']} {message.get_content()}"
                if address.lower() in text.lower():
                    letter.unlink()


@dataclass(frozen=True)
class Smtp:
    """Sends by a mail server. TLS from the start (smtps), or as soon as the server offers it."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    is_tls: bool = False
    timeout_s: float = TIMEOUT_S

    def __repr__(self) -> str:
        """Never the password."""
        return f"Smtp({self.host}:{self.port})"

    def send(self, message: EmailMessage) -> None:
        """Hand the message to the server. Undeliverable where it is refused for good."""
        with self._connect() as server:
            if not self.is_tls and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if self.user:
                server.login(self.user, self.password)
            try:
                server.send_message(message)
            except smtplib.SMTPRecipientsRefused as error:
                codes = [code for code, _words in error.recipients.values()]
                if all(code >= 500 for code in codes):
                    raise Undeliverable(str(codes)) from error
                raise
            except smtplib.SMTPDataError as error:
                if error.smtp_code >= 500:
                    raise Undeliverable(str(error.smtp_code)) from error
                raise

    def forget(self, address: str) -> None:
        """Nothing: what was sent is with its reader."""

    def _connect(self) -> smtplib.SMTP:
        server: smtplib.SMTP
        if self.is_tls:
            server = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.timeout_s, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout_s)
        server.ehlo_or_helo_if_needed()
        return server


def transport_from(mail_url: str, base_url: str, data_dir: Path) -> Transport:
    """The transport that FINDER_MAIL_URL names: `file:FOLDER`, `smtp://…` or `smtps://…`.

    Empty means files in the outbox of data_dir. `?from=…` names the sender; by default it is
    the login where that is an address, else no-reply at the site's own host. BadMailUrl.
    """
    address = urlsplit(mail_url or f"file:{data_dir / 'outbox'}")
    own_host = urlsplit(base_url).hostname or "localhost"
    user = unquote(address.username or "")
    named = parse_qs(address.query).get("from", [""])[0]
    sender = named or (user if "@" in user else f"no-reply@{own_host}")
    if address.scheme == "file" and address.path:
        return Files(Path(address.path), sender)
    if address.scheme not in {"smtp", "smtps"} or not address.hostname:
        raise BadMailUrl("FINDER_MAIL_URL must begin with file:, smtp:// or smtps://.")
    is_tls = address.scheme == "smtps"
    return Smtp(
        address.hostname,
        address.port or (465 if is_tls else 587),
        sender,
        user,
        unquote(address.password or ""),
        is_tls,
    )


def message_of(letter: queries.Letter, sender: str) -> EmailMessage:
    """The plain-text message of one letter. Its id is the letter's, whenever it is sent."""
    message = EmailMessage()
    message["From"] = f"Quiet Corner <{sender}>"
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message
