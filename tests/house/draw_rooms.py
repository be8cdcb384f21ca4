"""Draws the rooms of finder/ and the arrows between them from real imports.

`make architecture` (or `python -m tests.house.draw_rooms`) puts the drawing into
docs/architecture.md; tests/house/test_architecture.py fails while the page shows another.
An arrow that follows from others (a room imports what an imported room imports) is left out.
"""

from collections.abc import Iterator, Mapping

import grimp

from tests.house import marked_page
from tests.support.paths import DOCS

PAGE = DOCS / "architecture.md"
BEGIN, END = "<!-- rooms: made by `make architecture` -->", "<!-- end of rooms -->"

Arrows = Mapping[str, frozenset[str]]
"""What each room imports, by the rooms' names."""


def imports_between_rooms(package: str = "finder") -> Arrows:
    """Every room or module right inside a package, and which others it imports.

    Imports for type checking alone don't count: they are gone when the code runs. Nor does
    `__main__`, which only calls the command.
    """
    graph = grimp.build_graph(
        package, include_external_packages=False, exclude_type_checking_imports=True, cache_dir=None
    )
    rooms = sorted(graph.find_children(package) - {f"{package}.__main__"})
    return {
        room.removeprefix(f"{package}."): frozenset(
            other.removeprefix(f"{package}.")
            for other in rooms
            if other != room
            and graph.direct_import_exists(importer=room, imported=other, as_packages=True)
        )
        for room in rooms
    }


def without_detours(arrows: Arrows) -> Arrows:
    """The arrows that don't follow from others. Arrows of a circle all stay: each is a fault."""
    below = {room: _reached(room, arrows) for room in arrows}
    return {
        room: frozenset(
            other
            for other in others
            if room in below[other]
            or not any(other in below[third] for third in others if third != other)
        )
        for room, others in arrows.items()
    }


def _reached(start: str, arrows: Arrows) -> frozenset[str]:
    """All rooms that are reached from one by following arrows."""
    found: set[str] = set()
    following = [*arrows[start]]
    while following:
        room = following.pop()
        if room not in found:
            found.add(room)
            following += arrows[room]
    return frozenset(found)


def drawing(arrows: Arrows) -> Iterator[str]:
    """The lines of the drawing: Mermaid, which GitHub draws and a person can read as it is.

    Rooms come from the top down, so that the lines read like the house.
    """
    below = {room: _reached(room, arrows) for room in arrows}
    yield "```mermaid"
    yield "flowchart TD"
    for room in sorted(arrows, key=lambda room: (-len(below[room]), room)):
        others = sorted(without_detours(arrows)[room])
        yield f"    {room} --> {' & '.join(others)}" if others else f"    {room}"
    yield "```"


if __name__ == "__main__":
    marked_page.write(PAGE, BEGIN, END, list(drawing(imports_between_rooms())))
