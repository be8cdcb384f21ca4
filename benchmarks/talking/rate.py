"""Rates a file of groups, on the first day's tables and on tables learned from the file alone."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.talking.rankings import chances
from finder.domain.talking.beliefs import LEVELS, STARTING_TABLES
from finder.domain.talking.learning import GroupEvidence, learn_tables
from finder.domain.vocabulary import Format, VenueKind

DESCRIPTION = """Rates the groups of a file, one a line, as JSON:

  {"format": "singing", "venue_kind": "church_hall", "claim": 2, "reports": [[1, 30.0], [2, 400.5]]}

claim may be null; a report is a level from 1 to 5 and its age in days. Prints for each line, in
order, {"first_day": [5 chances], "learned": [5 chances]}: by the tables of the first day, and by
tables learned from this file alone.
"""
NAMES = ("format", "venue_kind", "claim", "reports")


class BadLine(Exception):
    """A line is no group. Says which, and why."""


def main(arguments: list[str]) -> int:
    """Rates the file; 1 and a sentence on stderr where a line makes no sense, 0 when done."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.talking rate",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("groups", metavar="GROUPS", type=Path, help="a file of groups, one a line")
    path: Path = parser.parse_args(arguments).groups
    try:
        groups = list(groups_in(path.read_text(encoding="utf-8")))
    except BadLine as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, UnicodeDecodeError) as error:
        print(f"{path} can't be read: {error}", file=sys.stderr)
        return 1
    learned = learn_tables(groups)
    for group in groups:
        rated = {"first_day": chances(group, STARTING_TABLES), "learned": chances(group, learned)}
        print(json.dumps(rated))
    return 0


def groups_in(text: str) -> Iterator[GroupEvidence]:
    """The groups of a file's text. BadLine for the first line that is none."""
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        try:
            yield group_from(json.loads(line))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise BadLine(f"Line {number}: {_why(error)}") from error


def group_from(said: object) -> GroupEvidence:
    """One group from its JSON. ValueError where it is none."""
    if not isinstance(said, dict):
        raise ValueError("a group is an object with " + ", ".join(NAMES))
    if missing := [name for name in NAMES if name not in said]:
        raise ValueError("missing: " + ", ".join(missing))
    reports = said["reports"]
    if not isinstance(reports, list):
        raise ValueError("reports is a list of level and age in days")
    return GroupEvidence(
        Format(said["format"]),
        VenueKind(said["venue_kind"]),
        None if said["claim"] is None else level_from(said["claim"]),
        [report_from(report) for report in reports],
    )


def report_from(said: object) -> tuple[int, float]:
    """A report: its level and its age in days, not below 0."""
    if not isinstance(said, list) or len(said) != 2:
        raise ValueError(f"a report is a level and an age in days, not {json.dumps(said)}")
    level, age = said
    is_number = isinstance(age, int | float) and not isinstance(age, bool)
    if not is_number or not 0 <= age < 1e6:
        raise ValueError(f"an age is a number of days, not {json.dumps(age)}")
    return level_from(level), float(age)


def level_from(said: object) -> int:
    """A talking level."""
    if isinstance(said, bool) or not isinstance(said, int) or said not in LEVELS:
        raise ValueError(f"a talking level is 1 to 5, not {json.dumps(said)}")
    return said


def _why(error: Exception) -> str:
    return f"no JSON ({error.msg})" if isinstance(error, json.JSONDecodeError) else str(error)
