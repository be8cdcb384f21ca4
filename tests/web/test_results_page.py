"""A page that was written for another search, with its own in place, is the page written anew."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from flask import g
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finder.domain.groups import Card
from finder.domain.search import PAGE_SIZE, Bands, Results, SearchQuery
from finder.domain.vocabulary import TalkingLevel
from finder.web import fragments, results_page
from tests.browser.map_site import CARDS
from tests.support.examples import LEITH, TUESDAY_NOON
from tests.support.searches import PLACES, SEARCHES
from tests.support.sign_in_parts import browser_of
from tests.support.site import Site

REAL = tuple(replace(card, is_example=False) for card in CARDS[:3])
MADE_UP = tuple(replace(card, is_example=True, public_id=uuid4()) for card in CARDS[:3])


@st.composite
def found(draw: st.DrawFn) -> Results:
    """What a search could find, as far as a page needs it to agree with itself."""
    cards: tuple[Card, ...] = draw(
        st.sampled_from([REAL, MADE_UP, REAL[:1], (*REAL[:1], *MADE_UP[1:])])
    )
    query: SearchQuery = draw(SEARCHES).but(page=1)
    counts = draw(st.tuples(*[st.integers(0, 3_000)] * 3))
    is_asked = query.asks_what_may_be_unknown
    return Results(
        query=query,
        centre=LEITH,
        centre_label=draw(st.sampled_from(PLACES)),
        is_centre_approximate=draw(st.booleans()),
        cards=cards,
        total=draw(st.integers(len(cards), 9 * PAGE_SIZE)),
        bands=Bands(*counts) if is_asked else Bands(),
        is_centre_a_town=draw(st.booleans()),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(first=found(), second=found(), alike=st.booleans())
def test_a_page_written_around_its_own_is_the_page_written_anew(
    site: Site, first: Results, second: Results, alike: bool
) -> None:
    if alike:
        second = replace(second, query=first.query.but(near=second.query.near), bands=first.bands)
    for results in (first, second):
        assert page(site, results, as_of="noon") == page(site, results, as_of=None)


def test_two_places_share_all_but_their_own(site: Site) -> None:
    plain = Results(SearchQuery("Leith"), LEITH, "Leith", False, REAL, 41, Bands())
    other = replace(plain, query=SearchQuery("EH6 7BS"), centre_label="EH6 7BS", total=3)

    kinds = site.app.extensions["results_page"].around

    pages = [page(site, plain, as_of="noon")]
    made = kinds.cache_info().misses
    pages.append(page(site, other, as_of="noon"))

    assert kinds.cache_info().misses == made
    assert "Leith" in pages[0]
    assert "EH6 7BS" in pages[1]
    assert "41 groups within 3 miles of Leith" in pages[0]
    assert "3 groups within 3 miles of EH6 7BS" in pages[1]
    assert not any(fragments.HERE in text for text in pages)


def page(site: Site, results: Results, as_of: str | None) -> str:
    """as_of: what names the moment; None where a page may not be shared."""
    with site.app.test_request_context("/search"):
        if as_of:
            g.as_of = as_of
        written = results_page.write(results, TUESDAY_NOON.date(), {}, {})
    return written.decode() if isinstance(written, bytes) else written


def test_those_not_known_are_offered_only_where_there_are_any(site: Site) -> None:
    asked = SearchQuery("Leith", talking=TalkingLevel.HELLO)
    some = Results(asked, LEITH, "Leith", False, REAL, 41, Bands(40, 1, 7))
    none = replace(some, bands=Bands(40, 1, 0))

    for as_of in ("noon", None):
        assert "Show those not known" in page(site, some, as_of)
        assert "Show those not known" not in page(site, none, as_of)


def test_somebody_signed_in_gets_a_page_of_their_own_and_leaves_nothing_in_others(
    site: Site,
) -> None:
    address = "/search?near=EH6+7BS&age=7"
    with site.database.writing() as db:
        anna = browser_of(site.app, db, "anna@example.org", now=datetime.now(UTC))
    stranger = site.app.test_client()

    hers = [anna.get(f"{address}&nth=1").text]
    theirs = [stranger.get(f"{address}&nth=2").text, stranger.get(f"{address}&nth=3").text]
    hers.append(anna.get(f"{address}&nth=4").text)

    assert all("Sign out" in text for text in hers)
    assert not any("Sign out" in text or "csrf_token" in text for text in theirs)
