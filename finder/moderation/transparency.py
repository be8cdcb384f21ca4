"""The yearly figures of moderation, as a page to publish. Counts only: they name nobody."""

from finder.domain.vocabulary import Labelled
from finder.moderation.rules import ONE, Action, Figures, Reason


def lines_of(figures: Figures) -> list[str]:
    """The lines of a Markdown page with the figures of one year."""
    return [
        f"# What moderators decided in {figures.year}",
        "",
        f"All decisions: {figures.total:,}. Taken back: {figures.undone:,}.",
        f"Appeals decided: {figures.appeals:,}, of which {figures.appeals_upheld:,} were right.",
        "",
        "| what | decision | times |",
        "| --- | --- | ---: |",
        *(f"| {what} | {done} | {times:,} |" for what, done, times in decided(figures)),
        "",
        "| why something was hidden | times |",
        "| --- | ---: |",
        *(f"| {why} | {times:,} |" for why, times in hidden_for(figures)),
    ]


def decided(figures: Figures) -> list[tuple[str, str, int]]:
    """What was decided on, how, and how often."""
    rows = []
    for name, times in figures.decisions.items():
        kind, _, action = name.partition(" ")
        what = next((words for one, words in ONE.items() if one.value == kind), kind)
        rows.append((what, _label(Action, action), times))
    return rows


def hidden_for(figures: Figures) -> list[tuple[str, int]]:
    """Why something was hidden, and how often."""
    return [(_label(Reason, why), times) for why, times in figures.reasons_for_hiding.items()]


def _label(words: type[Labelled], value: str) -> str:
    return next((word.label for word in words if word.value == value), value)
