"""The mail server of the tests, and the links that tests take from its mail."""

from email.message import EmailMessage
from threading import Timer

from tests.support.smtp_sink import Sink, link_in


def mail(to: str, token: str) -> EmailMessage:
    message = EmailMessage()
    message["To"] = to
    message.set_content(f"Press the button:\n\nhttp://127.0.0.1:8000/sign-in/{token}\n\nOnce.")
    return message


def test_a_link_is_waited_for_though_somebody_else_has_one_like_it() -> None:
    sink = Sink(messages=[mail("ben@example.org", "used")])
    late = Timer(0.2, sink.messages.append, [mail("anna@example.org", "fresh")])
    late.start()

    link = link_in(sink, "anna@example.org", "/sign-in/")
    late.join()

    assert link == "/sign-in/fresh"
