"""What `python -m benchmarks.walks` counts, and where it writes its table."""

import threading

from benchmarks import walks
from benchmarks.walks import BEGIN, BOUNDS, END, Bound, Walk, walked
from finder.domain.vocabulary import Weekday
from tests.house import marked_page


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


def test_lambdas_and_comprehensions_are_counted_apart() -> None:
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


def test_the_page_of_the_house_has_a_row_for_every_errand() -> None:
    _head, _line, *rows = marked_page.read(walks.PAGE, BEGIN, END)

    assert [row.split("|")[1].strip() for row in rows] == list(BOUNDS)
