"""The app factory: make the parts, wire them, register what answers."""

import gc
from collections.abc import Callable

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from finder.formats import listings_csv
from finder.services.background import Background
from finder.services.clock import SYSTEM_CLOCK, Clock
from finder.services.limiting import Limits
from finder.services.mail_worker import MailWorker
from finder.services.mailing import transport_from
from finder.services.page_counter import PageCounter
from finder.services.upload_worker import UploadWorker
from finder.settings import Settings, shipped
from finder.store import migrating
from finder.store.database import Database
from finder.store.gazetteer import Gazetteer
from finder.store.replica import Replica
from finder.store.safeguarding import read_pages
from finder.store.secret import kept_secret
from finder.store.terms import read_calendars
from finder.store.venue_areas import VenueAreas
from finder.web import (
    about,
    account,
    assets,
    calendars,
    compressing,
    errors,
    feeds,
    find,
    gates,
    govuk,
    group,
    health,
    leaving,
    listing_edit,
    logs,
    map,
    metrics,
    moderate,
    open_data,
    organise,
    organise_claim,
    organise_dates,
    organise_editors,
    organise_page,
    organise_upload,
    page_cache,
    points,
    rate_limits,
    report,
    request,
    review,
    security,
    sign_in,
    still_running,
    warming,
    was_it_on,
    words,
    workers,
)

PAGES = (
    *(find, group, points, calendars, feeds, open_data, about, health, metrics),
    *(review, was_it_on, sign_in, account, still_running),
    *(organise, listing_edit, organise_dates, organise_page, organise_editors),
    *(organise_upload, organise_claim, report, leaving, moderate),
)

SEARCHES = "600/minute"
RATE_LIMITS = {
    ("GET", "find.results"): ("search", SEARCHES),
    ("GET", "points.points"): ("search", SEARCHES),
    ("POST", "review.write"): ("review", "60/hour"),
    ("POST", "was_it_on.answer"): ("was-it-on", "60/hour"),
}
"""How often one network may ask, by method and endpoint: under which name, and how often."""
WORK_EVERY_S = 60.0


def create_app(settings: Settings | None = None, clock: Clock = SYSTEM_CLOCK) -> Flask:
    """A Flask app for these settings (by default those of the environment)."""
    settings = settings or Settings()
    app = _bare(settings)
    logs.configure()
    logs.start(app)
    metrics.start(app)
    security.refuse_chunks(app)
    rate_limits.start(app, RATE_LIMITS)
    page_cache.start(app)
    compressing.start(app)
    database = Database(settings.database)
    wired = _parts(settings, database)
    _start_workers(app, wired, clock)
    request.start(app, wired, clock)
    security.add_headers(app, settings)
    assets.start(app, shipped("vendor"), map.made_files(settings))
    map.start(app, settings)
    words.start(app)
    app.jinja_env.globals["safeguarding"] = read_pages(shipped("data") / "safeguarding.csv")
    govuk.start(app)
    gates.start(app, settings)
    errors.register(app)
    for pages in PAGES:
        app.register_blueprint(pages.bp)
    app.register_blueprint(review.links)
    trust_proxies(app, settings.trusted_proxies)
    return app


def _bare(settings: Settings) -> Flask:
    """An app that answers nothing yet."""
    app = Flask("finder", static_folder=None, template_folder=str(shipped("templates").resolve()))
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value() or kept_secret(settings.data_dir),
        MAX_CONTENT_LENGTH=1_000_000,
        # Set only while somebody has a form open. The prefix: from this host and no other.
        SESSION_COOKIE_NAME="__Host-form" if settings.is_https else "form",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    # A template that asks for something that is not there fails, instead of leaving it out.
    app.jinja_options = {"undefined": StrictUndefined}
    app.session_interface = security.FormSession()
    return app


def _start_workers(app: Flask, wired: request.Parts, clock: Clock) -> None:
    """Join the work that is done beside the requests."""
    settings, database = wired.settings, wired.database
    way_out = transport_from(
        settings.mail_url.get_secret_value(), settings.base_url, settings.data_dir
    )
    counter = app.extensions["page_counter"] = PageCounter(database)
    uploads = UploadWorker(database, _reader(wired.gazetteer), clock.now)
    jobs = {"page views": counter.write_down, "uploads": uploads.work_once}
    workers.start(
        app,
        {
            "mail": MailWorker(database, way_out, clock.now),
            "uploads": Background("uploads", jobs, WORK_EVERY_S),
        },
    )


def _reader(gazetteer: Gazetteer) -> Callable[[bytes], listings_csv.ReadResult]:
    """Reads the listings of an uploaded file."""
    return lambda data: listings_csv.read(data, gazetteer.postcode)


def _parts(settings: Settings, database: Database) -> request.Parts:
    return request.Parts(
        settings,
        database,
        Replica(settings.database_replica_url.get_secret_value()),
        Gazetteer(settings.data_dir, settings.geocoder_names, VenueAreas(database)),
        read_calendars(shipped("data") / "term_dates.csv"),
        Limits(settings.limits_url.get_secret_value()),
    )


def trust_proxies(app: Flask, hops: int) -> None:
    """Take a visitor's address from as many proxies as stand in front, and from no more.

    The Host they name is never taken: links are made from FINDER_BASE_URL.
    """
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]


def warmed_app(settings: Settings | None = None) -> Flask:
    """The app as a server's workers inherit it: what every first request would make is made."""
    app = create_app(settings)
    wired = app.extensions["quiet_corner"]
    if wired.gazetteer.is_ready() and migrating.is_up_to_date(wired.database):
        warming.warm(app)
    # Connections don't outlive a fork; what was made so far is shared by workers if left alone.
    wired.database.close()
    wired.replica.close()
    gc.collect()
    gc.freeze()
    return app
