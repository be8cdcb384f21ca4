"""The template is a file that could be uploaded as it is."""

from finder.spreadsheets import listings_csv
from finder.spreadsheets.columns import NEEDED
from finder.spreadsheets.examples import EXAMPLES
from tests.spreadsheets.few_postcodes import locate


def test_the_template_is_read_without_an_error_and_is_marked_as_an_example():
    result = listings_csv.read(listings_csv.template().encode(), locate)

    assert result.errors == ()
    assert [draft.is_example for draft in result.drafts] == [True, True]


def test_the_template_shows_every_column_that_is_needed():
    assert all(set(NEEDED) <= set(example) for example in EXAMPLES)
