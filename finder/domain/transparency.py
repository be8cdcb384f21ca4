"""The yearly figures of moderation, as a page to publish. Counts only: they name nobody."""

from finder.domain.moderation import ONE, Action, Figures, Reason
from finder.domain.vocabulary import Labelled


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
        *(_decision(name, times) for name, times in figures.decisions.items()),
        "",
        "| why something was hidden | times |",
        "| --- | ---: |",
        *(
            f"| {_label(Reason, reason)} | {times:,} |"
            for reason, times in figures.reasons_for_hiding.items()
        ),
    ]


def _decision(name: str, times: int) -> str:
    kind, _, action = name.partition(" ")
    what = next((words for one, words in ONE.items() if one.value == kind), kind)
    return f"| {what} | {_label(Action, action)} | {times:,} |"


def _label(words: type[Labelled], value: str) -> str:
    return next((word.label for word in words if word.value == value), value)
