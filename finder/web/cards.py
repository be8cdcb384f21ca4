"""Cards of a list as HTML, each written once for as long as it is true.

Only the distance is each search's own: what stands before and behind it is set aside.
"""

import secrets
from datetime import date
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from finder.domain.groups import Card
from finder.domain.shelf import Key, Shelf
from finder.web.request import as_of
from finder.web.words import away

MOST_WRITTEN = 5_000
"""Some 2 KB each."""
HERE = secrets.token_hex(16)
"""Stands for the distance while a card is written; nobody can type it into a listing."""


def start(app: Flask) -> None:
    """Give templates `card_on_list(card, today, is_band_shown, tells_examples)`."""
    shelf: Shelf[tuple[str, str]] = Shelf(MOST_WRITTEN)

    def write(card: Card, today: date, is_band_shown: bool, tells_examples: bool) -> Markup:
        written = shelf.at(as_of())
        key: Key = (card.public_id, (card.band if is_band_shown else None, tells_examples))
        around = written.get(key)
        if around is None:
            macros: Any = app.jinja_env.get_template("macros/card.html").module
            words = {"band": is_band_shown, "tells_examples": tells_examples, "far": HERE}
            before, _, after = macros.card(card, today, **words).partition(HERE)
            around = written[key] = str(before), str(after)
        return Markup(around[0] + str(escape(away(card))) + around[1])  # noqa: S704 - of the macro

    app.jinja_env.globals["card_on_list"] = write
