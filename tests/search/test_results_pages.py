"""A page of results says what was found, and nothing of anybody else."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import render_template

from finder.domain.vocabulary import TalkingLevel
from finder.search.rules import Bands, Results, SearchQuery
from tests.browser.map_site import CARDS
from tests.support.examples import LEITH, TUESDAY_NOON
from tests.support.sign_in_parts import browser_of
from tests.support.site import Site

REAL = tuple(replace(card, is_example=False) for card in CARDS[:3])


def page(site: Site, results: Results) -> str:
    with site.app.test_request_context("/search"):
        return render_template(
            "search/results.html",
            query=results.query,
            near=results.query.near,
            errors={},
            typed={},
            results=results,
            today=TUESDAY_NOON.date(),
        )


def test_a_page_names_its_own_place_and_how_many_it_found(site: Site) -> None:
    plain = Results(SearchQuery("Leith"), LEITH, "Leith", False, REAL, 41, Bands())
    other = replace(plain, query=SearchQuery("EH6 7BS"), centre_label="EH6 7BS", total=3)

    pages = [page(site, plain), page(site, other)]

    assert "41 groups within 3 miles of Leith" in pages[0]
    assert "3 groups within 3 miles of EH6 7BS" in pages[1]
    assert "Leith" not in pages[1].replace("Leith hall", "").replace(", Leith", "")


def test_those_not_known_are_offered_only_where_there_are_any(site: Site) -> None:
    asked = SearchQuery("Leith", talking=TalkingLevel.HELLO)
    some = Results(asked, LEITH, "Leith", False, REAL, 41, Bands(40, 1, 7))
    none = replace(some, bands=Bands(40, 1, 0))

    assert "Show those not known" in page(site, some)
    assert "Show those not known" not in page(site, none)


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
