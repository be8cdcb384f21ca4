"""What `python -m benchmarks.walks` counts, and where it writes its table."""

import threading
from pathlib import Path

from benchmarks import walks
from benchmarks.walks import BEGIN, BOUNDS, END, Bound, Walk, walked, write
from finder.domain.vocabulary import Weekday


def test_a_function_of_finder_is_counted_once_and_none_of_anything_else() -> None:
    def errand() -> None:
        assert [Weekday.TUE.number, Weekday.WED.number] == [1, 2]

    walk = walked(errand)

    assert walk.functions == [("domain/vocabulary.py", "Weekday.number")]
    assert walk.files == ["domain/vocabulary.py"]


def test_what_runs_in_a_thread_of_an_errand_is_counted() -> None:
    def errand() -> None:
        thread = threading.Thread(target=lambda: Weekday.TUE.number)
        thread.start()
        thread.join()

    assert walked(errand).functions == [("domain/vocabulary.py", "Weekday.number")]


def test_lambdas_and_comprehensions_are_counted_apart(tmp_path: Path) -> None:
    source = walks.FINDER / "invented.py"
    names: dict[str, object] = {}
    code = "def outer():\n    return sum((lambda: n)() for n in range(3))\n"
    exec(compile(code, str(source), "exec"), names)  # noqa: S102

    walk = walked(names["outer"])  # type: ignore[arg-type]

    assert walk.functions == [("invented.py", "outer")]
    assert walk.nameless == 2


def test_an_errand_is_over_its_bound_with_one_file_or_one_function_too_many() -> None:
    walk = Walk(frozenset())

    assert walk.is_within(Bound(0, 0, 0, 0))
    assert not walk.is_within(Bound(0, 0, -1, 0))
    assert not walk.is_within(Bound(0, 0, 0, -1))


def test_the_table_is_written_between_its_marks_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n\n{BEGIN}\nold\n{END}\n\nafter\n")

    write(["| new |"], page)

    assert page.read_text() == f"before\n\n{BEGIN}\n| new |\n{END}\n\nafter\n"


def test_the_page_of_the_house_has_a_row_for_every_errand() -> None:
    table = walks.PAGE.read_text().partition(BEGIN)[2].partition(END)[0]

    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")]

    assert [row for row in rows if row not in {"errand", "---"}] == list(BOUNDS)
