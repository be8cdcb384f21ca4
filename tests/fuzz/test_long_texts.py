"""A long text takes a parser little longer than a short one, whatever it repeats (no ReDoS)."""

import time

import pytest
from werkzeug.datastructures import MultiDict

from finder.reviews import hold_rules
from finder.reviews.rules import LONGEST_WORDS
from finder.search.forms import SearchForm
from finder.spreadsheets import listings_csv
from finder.spreadsheets import service as spreadsheets_service
from finder.spreadsheets.columns import LONGEST_OTHER
from tests.fuzz.targets import TARGETS, feed
from tests.spreadsheets.few_postcodes import locate

LONG = 20_000
MOST_CPU_S = 1.0
PUMPS = (*"a0 .-_@(&£/,'\n", "a ", "0 ", "a.", "a@", "Aa ", "0-", "£0", "0 a", "(a", " -", "a@a.")
COLUMNS = listings_csv.template().splitlines()[0].split(",")


def seconds(name: str, text: str) -> float:
    began = time.process_time()
    feed(name, text.encode())
    return time.process_time() - began


@pytest.mark.parametrize("name", [name for name in TARGETS if name != "listings"])
def test_no_long_text_holds_a_parser_up(name: str) -> None:
    slow = {
        pump: took
        for pump in PUMPS
        for end in ("", "\x00")
        if (took := seconds(name, pump * (LONG // len(pump)) + end)) > MOST_CPU_S
    }

    assert slow == {}


@pytest.mark.parametrize("pump", PUMPS)
def test_no_cell_of_a_file_holds_it_up(pump: str) -> None:
    cell = '"' + (pump * LONG)[:LONGEST_OTHER].replace('"', "") + '"'
    row = ",".join([cell] * len(COLUMNS))
    file = "\n".join([",".join(COLUMNS), row])

    began = time.process_time()
    spreadsheets_service.read(file.encode(), locate)

    assert time.process_time() - began < MOST_CPU_S


@pytest.mark.parametrize("pump", PUMPS)
def test_no_search_and_no_words_of_a_review_hold_anybody_up(pump: str) -> None:
    text = (pump * LONG)[:LONG]
    began = time.process_time()

    SearchForm(MultiDict({field.name: text for field in SearchForm()})).query()
    hold_rules.what_to_leave_out(text[:LONGEST_WORDS])

    assert time.process_time() - began < MOST_CPU_S
