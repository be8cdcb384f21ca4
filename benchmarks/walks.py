"""How many files and functions of finder/ run for one errand: `python -m benchmarks.walks`.

Few files mean that an engineer can follow an errand by reading. Each errand is done in this
process on a site that has started and has done one of its kind before, for something else. A
function counts once, by its file and name, in whichever thread it runs. Lambdas, comprehensions
and generator expressions have a column of their own, since Python releases differ in how many
of them are functions; what templates compile to never counts.

--files ERRAND lists what ran. --write puts the table into docs/architecture.md.
"""

import argparse
import contextlib
import gc
import io
import json
import re
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from inspect import CO_OPTIMIZED
from operator import itemgetter
from pathlib import Path
from types import CodeType, FrameType

import finder
from benchmarks.errands import Errand, Site, Visitor, run, site_in
from tests.house import marked_page

FINDER = Path(finder.__file__).resolve().parent
PAGE = FINDER.parent / "docs" / "architecture.md"
BEGIN, END = "<!-- walks: made by `python -m benchmarks.walks --write` -->", "<!-- end of walks -->"


@dataclass(frozen=True)
class Bound:
    """Files and functions: before the house was rebuilt, and at most."""

    files_before: int
    functions_before: int
    most_files: int
    most_functions: int


BOUNDS: Mapping[str, Bound] = {
    "search, first": Bound(48, 241, 26, 130),
    "search, kept": Bound(13, 40, 9, 26),
    "map points": Bound(40, 174, 24, 110),
    "a group's page": Bound(48, 230, 28, 130),
    "review form": Bound(31, 98, 24, 100),
    "review sent": Bound(37, 139, 26, 95),
    "sign-in asked": Bound(26, 59, 20, 50),
    "review confirmed": Bound(44, 167, 30, 120),
    "moderator publishes": Bound(47, 193, 32, 140),
    "CSV import": Bound(34, 212, 24, 150),
}


@dataclass(frozen=True)
class Walk:
    """What ran for one errand."""

    codes: frozenset[CodeType]

    @cached_property
    def functions(self) -> list[tuple[str, str]]:
        """Each function as its file under finder/ and its name, in order."""
        named = (code for code in self.codes if not code.co_name.startswith("<"))
        return sorted({(_file_of(code), code.co_qualname) for code in named})

    @property
    def nameless(self) -> int:
        """How many lambdas, comprehensions and generator expressions ran beside them."""
        return sum(code.co_name.startswith("<") for code in self.codes)

    @property
    def files(self) -> list[str]:
        """The files they stand in."""
        return sorted({file for file, _name in self.functions})

    def is_within(self, bound: Bound) -> bool:
        """Whether it is as short as it must be."""
        return len(self.files) <= bound.most_files and len(self.functions) <= bound.most_functions


def walked(errand: Errand) -> Walk:
    """Do an errand, and give what ran for it in this thread and in those that it starts."""
    gc.collect()  # No finalizer of what an earlier errand left runs among this one's functions.
    seen: set[CodeType] = set()

    def note(frame: FrameType, event: str, _value: object) -> None:
        if event == "call":
            seen.add(frame.f_code)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        errand()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return Walk(frozenset(filter(_counts, tuple(seen))))


def _counts(code: CodeType) -> bool:
    """Whether code is a function of finder/, and not the body of a module or class."""
    path = Path(code.co_filename)
    is_ours = path.is_relative_to(FINDER) and "_bundled" not in path.parts
    return is_ours and bool(code.co_flags & CO_OPTIMIZED)


def _file_of(code: CodeType) -> str:
    return Path(code.co_filename).relative_to(FINDER).as_posix()


def walks() -> dict[str, Walk]:
    """Every errand of the table, done on a site of its own."""
    folder = tempfile.TemporaryDirectory(prefix="walks-")
    with folder as path, _quietly(), site_in(Path(path)) as site:
        found = {name: walked(errand) for name, errand in _errands(site)}
        # A command starts each time it runs: what starting alone runs is no part of an import.
        found["CSV import"] = Walk(found["CSV import"].codes - walked(site.start).codes)
        return found


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Keep what commands say, and the log of requests, out of the table."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


def _errands(site: Site) -> Iterator[tuple[str, Errand]]:
    """Each errand, after one of its kind was done for another place, group or person."""
    yield from _looking(site)
    yield from _reviewing(site)
    yield "CSV import", lambda: run("import", str(site.second_half))


def _looking(site: Site) -> Iterator[tuple[str, Errand]]:
    visitor = site.visitor()
    for near in ("Cardiff", "Leeds"):
        visitor.open(f"/search?near={near}")
        visitor.open(f"/search.geojson?near={near}")
    first = visitor.opens("/search", near="EH6 7BX", radius="3")
    yield "search, first", first
    first()  # The cache is empty once more where the minute has just changed.
    yield "search, kept", first
    yield "map points", visitor.opens("/search.geojson", near="EH6 7BX", radius="3")
    warm, asked = _two_groups(site)
    visitor.open(warm)
    yield "a group's page", visitor.opens(asked)


def _reviewing(site: Site) -> Iterator[tuple[str, Errand]]:
    """A review from its form to its publication: one person's, and then another's, measured."""
    warm, asked = _two_groups(site)
    moderator = site.moderator()
    for _name, errand in _one_review(site, moderator, warm, "first@example.org"):
        errand()
    yield from _one_review(site, moderator, asked, "second@example.org")


def _one_review(
    site: Site, moderator: Visitor, group: str, email: str
) -> Iterator[tuple[str, Errand]]:
    parent, form = site.visitor(), f"{group}/review"
    yield "review form", parent.opens(form)
    month = f"{datetime.now(UTC) - timedelta(days=31):%Y-%m}"
    yield "review sent", parent.fill(form, level="2", visit=month, email=email)
    yield "sign-in asked", site.visitor().fill("/sign-in", email=email)
    yield "review confirmed", parent.fill(site.links("/reviews/confirm/")[-1])
    (held,) = re.findall(
        r'href="(/moderate/review/[\w-]+)"', moderator.open("/moderate/?kind=review")
    )
    decision = {"action": "publish", "reason": "fine", "words": "It follows the rules."}
    yield "moderator publishes", moderator.fill(held, **decision)


def _two_groups(site: Site) -> tuple[str, str]:
    """The addresses of two groups, the same ones each time."""
    found = json.loads(site.visitor().open("/search.geojson?near=EH6+7BS&radius=25"))
    features = sorted((one["properties"] for one in found["features"]), key=itemgetter("name"))
    return features[0]["url"], features[1]["url"]


def table(found: Mapping[str, Walk]) -> Iterator[str]:
    """The rows, as Markdown."""
    yield "| errand | was: files, functions | at most | files | functions | nameless ones |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, bound in BOUNDS.items():
        walk = found[name]
        mark = "" if walk.is_within(bound) else " (over)"
        yield (
            f"| {name} | {bound.files_before}, {bound.functions_before} "
            f"| {bound.most_files}, {bound.most_functions} "
            f"| {len(walk.files)} | {len(walk.functions)}{mark} | {walk.nameless} |"
        )


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 where an errand is over its bound."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.walks", description=__doc__)
    parser.add_argument("--files", choices=BOUNDS, metavar="ERRAND", help=", ".join(BOUNDS))
    parser.add_argument("--write", action="store_true", help="into docs/architecture.md too")
    wanted = parser.parse_args(arguments)
    found = walks()
    if wanted.files:
        print("\n".join(f"{file}  {name}" for file, name in found[wanted.files].functions))
        return 0
    lines = list(table(found))
    print("\n".join(lines))
    if wanted.write:
        marked_page.write(PAGE, BEGIN, END, lines)
    return int(any(not found[name].is_within(bound) for name, bound in BOUNDS.items()))


if __name__ == "__main__":
    sys.exit(main())
