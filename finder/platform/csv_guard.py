"""Cells of a CSV file that a spreadsheet must not take for a formula."""

import re

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠]")


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before = + - and @.

    Numbers stay as they are. Who reads a file takes the apostrophe off again, without loss.
    """
    return f"'{text}" if FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
