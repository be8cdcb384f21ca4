"""Cards of a list as HTML, each written once for as long as it is true.

Only the distance is each search's own: what stands before and behind it is set aside.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from finder.domain.groups import Card
from finder.domain.shelf import Key, Shelf
from finder.web.fragments import HERE, around_here
from finder.web.request import as_of
from finder.web.words import away

MOST_WRITTEN = 5_000
"""Some 2 KB each."""


def start(app: Flask) -> None:
    """Give templates `cards_on_list(cards, today, is_band_shown)`."""
    shelf: Shelf[tuple[str, ...]] = Shelf(MOST_WRITTEN)

    def write(cards: Iterable[Card], today: date, is_band_shown: bool) -> Markup:
        written = shelf.at(as_of())
        tells_examples = not all(card.is_example for card in cards)
        pieces: list[str] = []
        for card in cards:
            key: Key = (card.public_id, (card.band if is_band_shown else None, tells_examples))
            around = written.get(key)
            if around is None:
                macros: Any = app.jinja_env.get_template("macros/card.html").module
                words = {"band": is_band_shown, "tells_examples": tells_examples, "far": HERE}
                around = around_here(macros.card(card, today, **words))
                written.put([key], [around])
            pieces.append(str(escape(away(card))).join(around))
        return Markup("".join(pieces))  # noqa: S704 - pieces that the macro wrote, and escaped

    app.jinja_env.globals["cards_on_list"] = write
