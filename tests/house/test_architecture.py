"""The drawing in docs/architecture.md is what the code gives."""

from pathlib import Path

import pytest

from tests.house import marked_page
from tests.house.draw_rooms import BEGIN, END, PAGE, drawing, imports_between_rooms, without_detours


def test_the_drawing_of_the_rooms_is_what_the_code_imports() -> None:
    drawn = marked_page.read(PAGE, BEGIN, END)

    assert drawn == list(drawing(imports_between_rooms())), "Run `make architecture`"


def test_an_arrow_that_follows_from_two_others_is_left_out() -> None:
    arrows = {"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset[str]()}

    assert without_detours(arrows) == {"a": frozenset("b"), "b": frozenset("c"), "c": frozenset()}


def test_a_circle_is_drawn_whole() -> None:
    arrows = {"a": frozenset("b"), "b": frozenset("ac"), "c": frozenset("b")}

    assert without_detours(arrows) == arrows


def test_rooms_are_drawn_from_the_top_down() -> None:
    arrows = {"platform": frozenset[str](), "search": frozenset({"platform"})}

    assert list(drawing(arrows))[2:-1] == ["    search --> platform", "    platform"]


def test_a_script_writes_between_its_marks_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n\n<!-- a -->\nold\n<!-- b -->\n\nafter\n")

    marked_page.write(page, "<!-- a -->", "<!-- b -->", ["new"])

    assert page.read_text() == "before\n\n<!-- a -->\nnew\n<!-- b -->\n\nafter\n"


def test_a_page_that_lost_a_mark_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- a -->\nold\n")

    with pytest.raises(ValueError, match="no place between"):
        marked_page.write(page, "<!-- a -->", "<!-- b -->", ["new"])
