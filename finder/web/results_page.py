"""The page of results, the busiest of all: written once for each kind, around what is its own.

Two searches near two places differ in a few texts and in their cards, and agree in twenty
kilobytes of filters, chips and frame. Those are rendered for the first of a kind, with stand-ins
where a page has its own, and the next one's own are put in their places.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from flask import Flask, current_app, render_template, request
from markupsafe import Markup

from finder.domain.search import Results, SearchQuery
from finder.web.cards import CardsOnList
from finder.web.fragments import Around, stand_ins
from finder.web.request import as_of
from finder.web.words import bands_words, count_words, examples_among

MOST_KINDS = 128
"""Some 21 KB each."""


class Kind(NamedTuple):
    """What decides everything on a page but its own texts.

    query: without its place. examples: which of the groups are made up, as `examples_among`
    says it. mounted_at: where the site is.
    """

    query: SearchQuery
    has_any: bool
    has_many: bool
    has_cards: bool
    has_unknown: bool
    examples: str
    is_approximate: bool
    is_for_search_engines: bool
    mounted_at: str


class Own(NamedTuple):
    """A page's own texts, and its parts that are written already.

    near: the place as it was typed. address: the same as it stands in an address.
    """

    heading: str
    label: str
    total: str
    bands: str
    near: str
    address: str
    pages: str
    cards: str


class ResultsPage:
    """Writes the pages of one app."""

    def __init__(self, app: Flask) -> None:
        self._cards = CardsOnList(app)
        self._kept_around: Any = app.jinja_env.globals["kept_around"]
        self.around = lru_cache(maxsize=MOST_KINDS)(_around)

    def write(
        self,
        results: Results,
        today: date,
        errors: Mapping[str, str],
        typed: Mapping[str, str],
    ) -> bytes | str:
        """The page of what a search found. errors: messages by the field that was left out."""
        query, kind = results.query, _kind(results)
        cards = self._cards.write(results.cards, today, query.asks_what_may_be_unknown)
        own = self._own(results, kind.query)
        if as_of() and not errors and not results.relaxations and results.cards:
            return self.around(kind).filled((*own[:-1], cards))
        own = own._replace(cards=Markup(cards.decode()))  # noqa: S704 - as the macro wrote them
        return _rendered(
            kind, query, own, errors=errors, typed=typed, relaxations=results.relaxations
        )

    def _own(self, results: Results, page: SearchQuery) -> Own:
        """All but the cards. page: the search without its place."""
        query, label, found = results.query, results.centre_label, results.total
        total = count_words(found, "group", "groups") if found else "No groups"
        miles = count_words(query.radius_miles, "mile", "miles")
        address = quote_plus(query.near)
        return Own(
            heading=f"{total} within {miles} of {label}",
            label=label,
            total=str(found),
            bands=bands_words(results.bands),
            near=query.near,
            address=address,
            pages=self._kept_around("macros/pages.html", "pages", address, page, results.pages),
            cards="",
        )


def start(app: Flask) -> None:
    """Let this app's pages of results be written."""
    app.extensions["results_page"] = ResultsPage(app)


def write(
    results: Results, today: date, errors: Mapping[str, str], typed: Mapping[str, str]
) -> bytes | str:
    """What this app's `ResultsPage` writes."""
    page: ResultsPage = current_app.extensions["results_page"]
    return page.write(results, today, errors, typed)


def _kind(results: Results) -> Kind:
    query = results.query
    return Kind(
        query=query.but(near="", page=query.page),
        has_any=results.total > 0,
        has_many=results.total > 1,
        has_cards=bool(results.cards),
        has_unknown=results.bands.not_known > 0,
        examples=examples_among(results.cards),
        is_approximate=results.is_centre_approximate,
        is_for_search_engines=results.is_for_search_engines,
        mounted_at=request.script_root,
    )


def _around(kind: Kind) -> Around:
    """A page of this kind, around its own."""
    own = Own(*stand_ins(len(Own._fields)))
    query = kind.query.but(near=own.address, page=kind.query.page)
    return Around(_rendered(kind, query, own, errors={}, typed={}, relaxations=()))


def _rendered(kind: Kind, query: SearchQuery, own: Own, **more: Any) -> str:
    return render_template("find/results.html", kind=kind, query=query, own=own, **more)
