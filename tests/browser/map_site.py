"""A small real site around the map: our templates, files and headers, with groups made here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from threading import Thread
from uuid import UUID

from flask import Flask, Response, render_template_string
from werkzeug.serving import WSGIRequestHandler, make_server

from finder.domain.groups import Card, Place, TalkingLine
from finder.domain.schedule.sessions import Occurrence
from finder.domain.vocabulary import Band, Booking, Format, TalkingLevel, VenueKind
from finder.platform.web import assets, page_cache, security
from finder.search import geojson
from finder.search import map as web_map
from finder.settings import Settings, shipped
from tests.support.examples import on_map

LEITH = Place(55.9760, -3.1657)
TUESDAY = Occurrence(date(2026, 11, 24), time(10, 30), time(11))

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Groups near EH6 7BS</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="{{ asset('site.css') }}"></head>
<body><main class="page"><h1>Groups near EH6 7BS</h1>{{ kept("macros/map.html", "map_switch") }}
<div class="layout layout-plain"><ol class="cards" data-map-list>{% for card in cards %}
<li class="card" data-group="{{ card.public_id }}"><h2><a href="/groups/{{ card.public_id }}">
{{ card.name }}</a></h2><p>{{ card.venue_name }}</p></li>{% endfor %}</ol>
{{ kept("macros/map.html", "results_map") }}</div>
<p><a href="/after">After the map</a></p></main></body></html>"""


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing: the tests look at the answers."""


def card(number: int, level: TalkingLevel | None, place: Place, name: str = "") -> Card:
    shown = level or TalkingLevel.SOME_CHAT
    talking = TalkingLine(
        shown, level is not None, f"All 5 parents: {shown.at_most}.", is_sure=True
    )
    return Card(
        public_id=UUID(int=number),
        name=name or f"Rhyme time {number}",
        venue_name=f"Leith hall {number}",
        locality="Leith",
        venue_kind=VenueKind.LIBRARY,
        format=Format.SINGING,
        place=place,
        distance_m=400.0 * number,
        talking=talking,
        band=Band.FAIRLY_SURE,
        next=TUESDAY,
        cost_label="Free",
        booking=Booking.DROP_IN,
        age_from_months=0,
        age_to_months=24,
        facts_yes=frozenset(),
        facts_no=frozenset(),
    )


def near(north: float, east: float) -> Place:
    return Place(LEITH.latitude + north, LEITH.longitude + east)


CARDS = (
    card(1, TalkingLevel.NO_TALKING, near(0.004, -0.006), "Rhyme time"),
    card(2, TalkingLevel.HELLO, near(-0.006, 0.010), "Little <b>Splashers</b> & friends"),
    card(3, TalkingLevel.SOME_CHAT, near(0.012, 0.014), "Messy Mondays"),
    card(4, TalkingLevel.CHATTY, near(-0.012, -0.016), "Stay and play"),
    card(5, TalkingLevel.INTRODUCTIONS, near(0.014, -0.020), "New babies’ circle"),
    card(6, None, near(-0.016, 0.022), "Sensory den"),
    *(card(n, TalkingLevel.HELLO, near(0.0, 0.022 + n * 6e-4)) for n in range(7, 12)),
)


def site(settings: Settings, cards: tuple[Card, ...] = CARDS) -> Flask:
    app = Flask("map", static_folder=None, template_folder=str(shipped("templates").resolve()))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    security.finish_answers(app, settings)
    assets.start(app, shipped("vendor"), web_map.made_files(settings))
    web_map.start(app, settings)
    page_cache.cache_macros(app)

    @app.get("/search")
    def search() -> str:
        return render_template_string(PAGE, cards=cards)

    @app.get("/search.geojson")
    def points() -> Response:
        body = geojson.collection(on_map(*cards), 3, "/groups/{}".format)
        return Response(body, mimetype=geojson.MEDIA_TYPE)

    return app


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The app on a free port of this machine, until left. Gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def running(app: Flask) -> Iterator[str]:
    """The whole site, served until left: nothing of it works on beside the next test."""
    try:
        with served(app) as address:
            yield address
    finally:
        for worker in app.extensions["workers"].values():
            worker.stop()
        app.extensions["quiet_corner"].database.close()
