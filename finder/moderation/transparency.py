"""The yearly figures of moderation, and the page of them to publish. They name nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from finder.domain.vocabulary import Labelled
from finder.moderation.rules import ONE, Action, Reason


@dataclass(frozen=True)
class Figures:
    """What moderators did in one year, counted from the log alone."""

    year: int
    decisions: Mapping[str, int] = field(default_factory=dict)
    reasons_for_hiding: Mapping[str, int] = field(default_factory=dict)
    appeals: int = 0
    appeals_upheld: int = 0
    undone: int = 0

    @property
    def total(self) -> int:
        """All decisions of the year."""
        return sum(self.decisions.values())


def page_lines(figures: Figures) -> list[str]:
    """The lines of a Markdown page with the figures of one year."""
    return [
        f"# What moderators decided in {figures.year}",
        "",
        f"All decisions: {figures.total:,}. Taken back: {figures.undone:,}.",
        f"Appeals decided: {figures.appeals:,}, of which {figures.appeals_upheld:,} were right.",
        "",
        "| what | decision | times |",
        "| --- | --- | ---: |",
        *(f"| {what} | {action} | {times:,} |" for what, action, times in decision_counts(figures)),
        "",
        "| why something was hidden | times |",
        "| --- | ---: |",
        *(f"| {why} | {times:,} |" for why, times in hiding_counts(figures)),
    ]


def decision_counts(figures: Figures) -> list[tuple[str, str, int]]:
    """What was decided on, how, and how often."""
    rows = []
    for name, times in figures.decisions.items():
        kind, _, action = name.partition(" ")
        what = next((words for one, words in ONE.items() if one.value == kind), kind)
        rows.append((what, _label(Action, action), times))
    return rows


def hiding_counts(figures: Figures) -> list[tuple[str, int]]:
    """Why something was hidden, and how often."""
    return [(_label(Reason, why), times) for why, times in figures.reasons_for_hiding.items()]


def _label(words: type[Labelled], value: str) -> str:
    return next((word.label for word in words if word.value == value), value)
