"""A decision has a reason in words, and what the log keeps for ever names and reaches nobody."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from finder.domain.refused import Refused
from finder.moderation.queue_rules import ITEMS_A_PAGE, Queue
from finder.moderation.rules import (
    ACTIONS,
    ONE,
    Action,
    Decision,
    ItemKind,
    LogLine,
    Reason,
)


@pytest.mark.parametrize(
    "words",
    ["", "  ", "x" * 1_001, "Ring 01632 960 000", "She wrote to a@example.org", "See www.x.com"],
)
def test_a_decision_that_says_nothing_or_too_much_is_refused(words: str) -> None:
    with pytest.raises(Refused) as refused:
        Decision(Action.HIDE, Reason.NAMES, words, "stamp")

    assert refused.value.field == "words"


@pytest.mark.parametrize("action", [Action.MOVE, Action.MERGE])
def test_moving_and_merging_need_to_know_where_to(action: Action) -> None:
    with pytest.raises(Refused, match="Choose the group"):
        Decision(action, Reason.SAME, "One hall.", "stamp")

    assert Decision(action, Reason.SAME, "One hall.", "stamp", UUID(int=1)).target


def test_every_kind_has_a_name_and_something_that_can_be_done_with_it() -> None:
    assert set(ONE) == set(ACTIONS) == set(ItemKind)
    assert all(ACTIONS.values())


def test_a_queue_counts_its_pages() -> None:
    counts = {ItemKind.REVIEW: ITEMS_A_PAGE + 1, ItemKind.CLAIM: 1}

    assert Queue((), {}, 0).pages == 1
    assert Queue((), counts, 0).total == ITEMS_A_PAGE + 2
    assert Queue((), counts, 0, ItemKind.CLAIM).pages == 1
    assert Queue((), counts, 0, ItemKind.REVIEW).pages == 2


def test_a_line_of_the_log_names_what_it_is_about() -> None:
    line = LogLine(
        UUID(int=1),
        datetime(2026, 5, 3, 23, 30, tzinfo=UTC),
        UUID(int=2),
        "",
        ItemKind.REPORT,
        UUID(int=3),
        Action.KEEP,
        Reason.FINE,
        "We read it.",
        {},
        {},
        about="Songs at Hill Library",
    )

    assert line.thing == "Report on Songs at Hill Library"
    assert replace(line, about="").thing == "Report"
    names = {replace(line, item_kind=kind).thing for kind in ItemKind}
    assert len(names) == len(ItemKind)
