"""Cards of a list as HTML, each written once for as long as it is true.

Only the distance is each search's own: what stands before and behind it is set aside.
"""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any

from flask import Flask
from markupsafe import escape

from finder.domain.groups import Card
from finder.domain.shelf import Key, Shelf
from finder.web.fragments import HERE, around_here
from finder.web.request import as_of
from finder.web.words import away, examples_among

MOST_WRITTEN = 5_000
"""Some 1.5 KB each."""


class CardsOnList:
    """Writes the cards of one app's lists."""

    def __init__(self, app: Flask) -> None:
        self._templates = app.jinja_env
        self._shelf: Shelf[tuple[bytes, ...]] = Shelf(MOST_WRITTEN)

    def write(self, cards: Collection[Card], today: date, is_band_shown: bool) -> bytes:
        """The cards in their order, in UTF-8. Made-up groups among real ones are marked."""
        written = self._shelf.at(as_of())
        tells_examples = examples_among(cards) != "all"
        pieces: list[bytes] = []
        for card in cards:
            band = card.band if is_band_shown else None
            key: Key = (card.public_id.int, band, tells_examples)
            around = written.get(key)
            if around is None:
                macros: Any = self._templates.get_template("macros/card.html").module
                words = {"band": is_band_shown, "tells_examples": tells_examples, "far": HERE}
                html = around_here(macros.card(card, today, **words))
                around = tuple(piece.encode() for piece in html)
                written.put([key], [around])
            pieces.append(_far(round(card.distance_m or 0)).join(around))
        return b"".join(pieces)


@lru_cache(maxsize=4096)
def _far(metres: int) -> bytes:
    return escape(away(metres)).encode()
