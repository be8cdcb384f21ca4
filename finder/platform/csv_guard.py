"""Cells of a CSV file that a spreadsheet must not take for a formula."""

import re

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠]")


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before = + - and @.

    Numbers stay as they are. `unguarded` gives the text back without loss.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell, without the apostrophe of `guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
