"""A real mail server for tests: takes what it is told to, and keeps it."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.support.waiting import PATIENCE_S, wait_until


@dataclass
class Sink:
    """What came in, and how the server answers."""

    answer: str = "250 taken"
    answer_to_recipient: str = "250 ok"
    messages: list[EmailMessage] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.answer_to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.messages.append(cast(EmailMessage, message))
        return self.answer

    def check(
        self, _server: Any, _session: Any, _envelope: Any, _how: str, data: Any
    ) -> AuthResult:
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"right")

    def texts(self, to: str) -> list[str]:
        """What was mailed to an address, oldest first."""
        return [one.get_content() for one in self.messages if one["To"] == to]


class _Server(Controller):
    """Listens on a free port, held from the moment it is found: nobody else can take it."""

    def _create_server(self) -> Any:
        listening = socket.create_server((self.hostname, 0))
        self.port = listening.getsockname()[1]
        return self.loop.create_server(self._factory_invoker, sock=listening, ssl=self.ssl_context)


@contextmanager
def running_sink(sink: Sink | None = None, **options: Any) -> Iterator[Sink]:
    sink = sink or Sink()
    controller = _Server(sink, hostname="127.0.0.1", ready_timeout=PATIENCE_S, **options)
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        controller.stop()


def free_port() -> int:
    """A port where nobody listens just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def link_in(sink: Sink, to: str, path: str) -> str:
    """The path of the one link like it in mail to an address, once it is there.

    Mail to others is left alone: it may have come before, with a link that was used.
    """

    def links() -> list[str]:
        return re.findall(rf"http://[^/\s]+({path}\S+)", "\n".join(sink.texts(to)))

    wait_until(links, f"no such mail came to {to}")
    (found,) = links()
    return found
