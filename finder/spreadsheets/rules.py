"""What is wrong in a file of listings, and what the check of an uploaded file found."""

from dataclasses import dataclass

from finder.domain.groups import GroupDraft
from finder.domain.vocabulary import Labelled

MOST_BYTES = 5_000_000
MOST_ROWS = 10_000
MOST_SHOWN = 200
"""Lines of one kind that a page shows; the others are counted."""
LONGEST_FOUND = 80
"""Characters of a cell that an error quotes."""
YES_NO = {True: "yes", False: "no"}
"""How a file says that something is so, or not."""


class UploadState(Labelled):
    """Where an uploaded file stands."""

    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Ready to bring in"
    REFUSED = "refused", "There are errors in it"
    IMPORTING = "importing", "Being brought in"
    IMPORTED = "imported", "Brought in"

    @property
    def is_at_work(self) -> bool:
        """Whether a worker is busy with it, so that its page reloads."""
        return self in {UploadState.CHECKING, UploadState.IMPORTING}


@dataclass(frozen=True)
class CellError:
    """What is wrong at one place of a file. line: of the file, from 1; column: its header."""

    line: int
    column: str
    found: str
    message: str

    def __str__(self) -> str:
        """One line: "Line 217, cost: found “£2-£4”. Give one price"."""
        where = f"Line {self.line}" + (f", {self.column}" if self.column else "")
        found = f"found “{shortened(self.found)}”. " if self.found else ""
        return f"{where}: {found}{self.message}"


@dataclass(frozen=True)
class FileChange:
    """One listing that a file adds or changes. what: the words of what is different."""

    ref: str
    name: str
    what: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileReport:
    """What bringing a file in would do, or why it can't be brought in.

    The lists hold the first lines of each kind; the counts are of all. left_alone: listings
    that the file holds as they are; not_in_file: listings that the file does not hold, which
    stay as they are. new_organiser: whose first editor the account becomes. kept_venues: venues
    where others meet too, so that the file does not change them. fingerprint: changes whenever
    the file would do something else than was shown. is_changed: it did, since it was shown.
    """

    added: int = 0
    changed: int = 0
    left_alone: int = 0
    not_in_file: int = 0
    errors: int = 0
    rows: int = 0
    added_lines: tuple[FileChange, ...] = ()
    changed_lines: tuple[FileChange, ...] = ()
    error_lines: tuple[CellError, ...] = ()
    new_organiser: str = ""
    kept_venues: tuple[str, ...] = ()
    fingerprint: str = ""
    is_changed: bool = False


def shortened(text: str) -> str:
    """Text in one line that fits a message."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST_FOUND else f"{one_line[: LONGEST_FOUND - 1]}…"


_WORDS = {
    "name": "name",
    "venue": "venue",
    "format": "format",
    "other_formats": "other formats",
    "sessions": "times",
    "cost": "cost",
    "booking": "booking",
    "age_from_months": "ages",
    "age_to_months": "ages",
    "summary": "summary",
    "size": "size",
    "claimed_level": "talking",
    "facts": "facts",
    "noise": "noise",
    "busy": "how full it gets",
    "steps": "what happens",
    "getting_in": "getting in",
    "booking_url": "where to book",
    "booking_phone": "phone",
    "website": "website",
    "is_example": "example",
}


def differences(kept: GroupDraft, draft: GroupDraft) -> tuple[str, ...]:
    """The words of what two drafts of one listing say differently, each once."""
    found = {w: None for f, w in _WORDS.items() if getattr(kept, f) != getattr(draft, f)}
    return tuple(found)
