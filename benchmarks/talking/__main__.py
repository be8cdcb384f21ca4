"""`python -m benchmarks.talking [GROUPS]` judges the rating; `… rate GROUPS.jsonl` rates a file.

Judging draws 20,000 groups (or GROUPS) in each world of worlds.py, five times, and ranks them,
the quietest first, in four usual ways, in ours with the starting tables ("first day") and with
tables learned from the world's own reports ("learned"), and as somebody would who knows the
world's own figures ("oracle": nobody can do better). For the cut that finds 70 % or 85 % of the
truly quiet groups (level 1 or 2), it prints how many of the groups shown break their promise. It
ends with 1 when a target of docs/talking.md is missed.
"""

import argparse
import sys

from benchmarks.talking import judging, rate


def main(arguments: list[str]) -> int:
    """Judges, or rates a file."""
    if arguments[:1] == ["rate"]:
        return rate.main(arguments[1:])
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.talking",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("groups", metavar="GROUPS", type=int, nargs="?", default=judging.GROUPS)
    parser.add_argument("--world", action="append", default=[], help="only this one")
    wanted = parser.parse_args(arguments)
    return judging.main(wanted.groups, tuple(wanted.world))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
