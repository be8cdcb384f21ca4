"""A report says what is wrong, and only “closed” speaks for itself."""

from itertools import permutations

import pytest

from finder.domain.refused import Refused
from finder.moderation.reports.rules import (
    DIGITS,
    LONGEST_REPORT,
    ReportDraft,
    ReportKind,
    count_people,
    is_number,
)


def test_closed_needs_no_words_and_all_else_does() -> None:
    assert ReportDraft(ReportKind.CLOSED).words == ""
    for kind in set(ReportKind) - {ReportKind.CLOSED}:
        with pytest.raises(Refused):
            ReportDraft(kind, "  ")


def test_a_report_may_name_people_since_only_moderators_read_it() -> None:
    ReportDraft(ReportKind.UNSAFE, "Sarah Miller left the gate open. Ring me on 01632 960 000.")


def test_a_report_is_not_a_book() -> None:
    ReportDraft(ReportKind.OTHER, "x" * LONGEST_REPORT)
    with pytest.raises(Refused):
        ReportDraft(ReportKind.OTHER, "x" * (LONGEST_REPORT + 1))


def test_numbers_are_known_and_no_two_signs_look_alike() -> None:
    assert is_number("QC-7K2M9P")
    assert not is_number("QC-7k2m9p")
    assert not is_number("QC-7K2M9P<script>")
    assert not set("01ILO") & set(DIGITS)


def test_one_person_is_one_in_whichever_order_the_reports_are_read() -> None:
    linked = [("first", "a@example.org"), ("second", "a@example.org"), ("first", "b@example.org")]

    for senders in permutations([*linked, ("", "")]):
        assert count_people(senders) == 1
    for senders in permutations([*linked, ("third", "")]):
        assert count_people(senders) == 2
