"""Letters about decisions are kind, say why, and say how to appeal."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from finder.moderation import emails as moderation_emails
from finder.moderation.reports.rules import Report, ReportKind, ReportState
from finder.moderation.rules import ACTIONS, Action, Decision, ItemKind, Reason

LINK = "https://quietcorner.example/appeal/abc"
TARGET = uuid4()


def wish(action: Action) -> Decision:
    return Decision(action, Reason.NAMES, "It names a leader.", "stamp", TARGET)


@pytest.mark.parametrize(
    ("kind", "action"), [(kind, action) for kind, some in ACTIONS.items() for action in some]
)
def test_every_decision_letter_says_why_and_how_to_appeal(kind: ItemKind, action: Action) -> None:
    subject, body = moderation_emails.decision_letter(kind, wish(action), "Harbour Songs", LINK)

    assert subject == "What we decided, and why"
    assert "Why: It names or points to a person. It names a leader." in body
    assert LINK in body
    assert "!" not in body
    assert "{" not in body
    assert action is Action.SUSPEND or "Harbour Songs" in body


def test_a_letter_without_a_link_offers_none() -> None:
    _, body = moderation_emails.decision_letter(ItemKind.REVIEW, wish(Action.PUBLISH), "", "")

    assert "appeal" not in body
    assert "30 days" not in body


@pytest.mark.parametrize("action", [*ACTIONS[ItemKind.REPORT], Action.UNDO])
def test_every_answer_to_a_report_says_what_was_done(action: Action) -> None:
    report = Report(
        uuid4(),
        "QC-222222",
        ReportKind.UNKIND,
        "x",
        "a@example.org",
        ReportState.WAITING,
        None,
        None,
        None,
        datetime(2026, 11, 24, tzinfo=UTC),
    )

    subject, body = moderation_emails.answer_letter(report, wish(action), "", LINK)

    assert subject == "Our answer to QC-222222"
    assert "We have decided." not in body
    assert LINK in body


def test_the_first_answer_has_the_number_and_says_whom_to_phone_in_danger() -> None:
    subject, body = moderation_emails.receipt_letter("QC-222222")

    assert "QC-222222" in subject
    assert "999" in body
