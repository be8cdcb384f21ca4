"""A file that is written is read back without loss, and no cell of it acts as a formula."""

import csv
import io
from dataclasses import replace
from datetime import date, time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finder.domain.groups import GroupDraft, Step
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import Expected, Weekday
from finder.spreadsheets import listings_csv
from finder.spreadsheets import service as spreadsheets_service
from tests.spreadsheets.any_listing import groups
from tests.spreadsheets.few_postcodes import locate
from tests.spreadsheets.messy_rows import GOOD, read


def distinct(drafts: list[GroupDraft]) -> list[GroupDraft]:
    """Drafts as a file can hold them: one row for a ref, one description of a venue."""
    refs = {(d.organiser, d.ref): d for d in drafts}
    venues = {
        (" ".join(d.venue.name.casefold().split()), d.venue.postcode): d for d in refs.values()
    }
    return list(venues.values())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(groups(), min_size=1, max_size=3).map(distinct), st.booleans())
def test_what_is_written_is_read_back_without_loss(drafts, knows_postcodes):
    text = listings_csv.write(drafts, locate if knows_postcodes else None)
    result = spreadsheets_service.read(text.encode("utf-8-sig"), locate)

    assert result.errors == ()
    assert list(result.drafts) == drafts


def test_the_pin_is_left_out_where_it_is_the_postcodes_own():
    draft = read(GOOD).drafts[0]

    assert "55.976" in listings_csv.write([draft])
    assert "55.976" not in listings_csv.write([draft], locate)


def test_no_cell_of_a_written_file_can_act_as_a_formula():
    evil = '=HYPERLINK("https://example.org")'
    draft = replace(read(GOOD).drafts[0], name=evil, summary="@SUM(A1)", organiser="+1+1")
    text = listings_csv.write([draft])

    [row] = csv.DictReader(io.StringIO(text))
    assert (row["name"], row["summary"], row["organiser"]) == ("'" + evil, "'@SUM(A1)", "'+1+1")
    assert spreadsheets_service.read(text.encode(), locate).drafts == (draft,)


def test_a_draft_may_use_everything_that_a_group_can_say():
    draft = replace(
        read(GOOD).drafts[0],
        steps=(Step(0, "tea; cake (sing)", Expected.NEITHER), Step(5, "min: songs", Expected.SING)),
        sessions=(Session(Weekday.WED, time(6, 30), time(7), last_on=date(2027, 1, 6)),),
    )

    assert spreadsheets_service.read(listings_csv.write([draft]).encode(), locate).drafts == (
        draft,
    )
