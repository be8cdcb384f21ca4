"""The names of columns: forgiving in case and space, helpful about the rest."""

import re

import pytest

from finder.domain.facts import PARENTS_ONLY, Fact
from finder.spreadsheets.columns import COLUMNS, NEEDED, WRITTEN
from finder.spreadsheets.grid import column_of, what_to_do_about
from tests.support.paths import DOCS


@pytest.mark.parametrize("header", ["venue_name", "Venue name", " VENUE-NAME ", "venue  name:"])
def test_case_and_spaces_of_a_header_do_not_matter(header):
    assert column_of(header) == "venue_name"


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("Price", "Did you mean cost?"),
        ("Age range", "Did you mean ages?"),
        ("Day", "Did you mean days?"),
        ("what_hapens", "Did you mean what_happens?"),
        ("Post Code", "Did you mean postcode?"),
        ("Included", "Only parents are asked this"),
        ("Zebra", "see the list of columns"),
    ],
)
def test_an_unknown_header_is_not_guessed_but_a_near_one_is_named(header, meant):
    assert column_of(header) is None
    assert meant in what_to_do_about(header)


def test_every_fact_that_organisers_answer_is_a_column_by_its_own_word():
    assert {f.value for f in Fact if f in PARENTS_ONLY} & {*COLUMNS} == set()
    assert {f.value for f in Fact if f not in PARENTS_ONLY} <= {*COLUMNS}
    assert len(set(COLUMNS)) == len(COLUMNS)
    assert {*NEEDED} <= {*WRITTEN} <= {*COLUMNS}


def test_every_column_is_documented_and_every_documented_column_exists():
    text = (DOCS / "listings-csv.md").read_text()
    rows = re.findall(r"^\| `([a-z0-9_]+)` \|", text, re.MULTILINE)

    assert rows == list(COLUMNS)
