"""The part of a document that a script writes: the lines between two marks."""

from pathlib import Path


def read(page: Path, begin: str, end: str) -> list[str]:
    """The lines between the marks."""
    _, mark, rest = page.read_text(encoding="utf-8").partition(begin)
    inside, other_mark, _ = rest.partition(end)
    if not (mark and other_mark):
        raise ValueError(f"{page.name} has no place between {begin} and {end}")
    return inside.split("\n")[1:-1]


def write(page: Path, begin: str, end: str, lines: list[str]) -> None:
    """Replace the lines between the marks, and nothing else."""
    read(page, begin, end)  # Refuses a page without the marks.
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    page.write_text("\n".join([before + begin, *lines, end + after]), encoding="utf-8")
