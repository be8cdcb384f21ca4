"""Markup and formulas typed into every field come out inert, wherever a group is shown."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from uuid import UUID

import pytest
from icalendar import Calendar
from justhtml import JustHTML

from finder.domain.cost import Cost
from finder.domain.groups import GettingIn, GroupDraft, Step
from finder.domain.vocabulary import CostKind, Expected
from finder.listings import drafts
from finder.spreadsheets import listings_csv
from finder.spreadsheets import service as spreadsheets_service
from tests.support.databases import empty
from tests.support.examples import group
from tests.support.page_client import PageClient
from tests.support.site import Site

MARKUP = "</script><script>alert(1)</script><img src=x onerror=alert(1)> {{7*7}}"
FORMULA = "=HYPERLINK(1)"


def hostile(words: str) -> GroupDraft:
    """A group that says these words wherever an organiser may say any."""
    plain = group("hostile", cost=Cost(CostKind.FREE))
    venue = replace(plain.venue, name=words, street=words, locality=words)
    return replace(
        plain,
        name=words,
        organiser=words,
        venue=venue,
        summary=words,
        steps=(Step(0, words, Expected.TALK),),
        getting_in=GettingIn(**{one.name: words for one in fields(GettingIn)}),
    )


@pytest.fixture(scope="module", params=[MARKUP, FORMULA, "@SUM(1)", "-1+1", "+1"])
def site(
    request: pytest.FixtureRequest,
    database_url: str,
    gazetteer_dir: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    folder, groups = tmp_path_factory.mktemp("hostile"), (hostile(request.param),)
    site = Site(folder, gazetteer_dir, groups, database_url)
    yield site
    site.app.extensions["quiet_corner"].database.close()
    empty(site.database)
    site.database.close()


def test_on_pages_it_is_words(site: Site) -> None:
    pages = PageClient(site.app)
    (address,) = site.groups.values()
    ids = address.rpartition("/")[2]

    # The client fails a page with a script, a handler or a picture that is not our own.
    for path in (address, "/search?near=EH6+7BS", f"/shortlist?g={ids}", f"{address}/review"):
        page = pages.get(path)
        assert "49" not in page.all("h1")[0]


def test_in_data_for_programs_it_is_words(site: Site) -> None:
    browser = site.app.test_client()
    (address,) = site.groups.values()

    # Points are data, never a page; the map's own script writes them as text (tests/browser).
    points = browser.get("/search.geojson?near=EH6+7BS")
    assert points.mimetype == "application/geo+json"
    assert points.headers["X-Content-Type-Options"] == "nosniff"
    assert json.loads(points.text)["features"]
    feed = browser.get("/search.atom?near=EH6+7BS").text
    assert "<script" not in feed
    calendar = Calendar.from_ical(browser.get(f"{address}.ics").data)
    assert {one.name for one in calendar.subcomponents} <= {"VEVENT", "VTIMEZONE"}
    page = JustHTML(browser.get(address).text, sanitize=False)
    (data,) = page.query('script[type="application/ld+json"]')
    assert "<" not in data.to_text()
    whole = browser.get(f"/openreferral/v3/services/{UUID(address.rpartition('/')[2])}")
    assert whole.mimetype == "application/json"


def test_in_a_spreadsheet_no_cell_is_a_formula_and_it_comes_back_as_it_was(site: Site) -> None:
    with site.database.session() as db:
        ((_, draft),) = drafts.all_drafts(db)
    where = site.app.extensions["quiet_corner"].gazetteer.postcode

    text = listings_csv.write([draft], where)

    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    west = f"{draft.venue.place.longitude:g}"  # a number, which may begin with a minus
    assert not [one for one in cells if one[:1] in tuple("=+-@\t\r") and one != west]
    assert spreadsheets_service.read(text.encode(), where).drafts == (draft,)
