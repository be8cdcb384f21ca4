"""The app factory: makes the parts, wires them and registers the blueprints."""

import gc
from collections.abc import Callable

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from finder.about import sitemap
from finder.about import views as about_views
from finder.accounts import auth
from finder.accounts import views as accounts_views
from finder.group_page import views as group_page_views
from finder.group_page.service import PageCounter
from finder.listings import template_filters as listing_filters
from finder.listings.venue_areas import VenueAreas
from finder.moderation import views as moderation_views
from finder.moderation.reports import views as reports_views
from finder.my_account import data_views
from finder.my_account import views as my_account_views
from finder.open_data import calendar_views, feed_views
from finder.open_data import views as open_data_views
from finder.operations import health, metrics
from finder.organise.claims import views as claims_views
from finder.organise.editors import views as editors_views
from finder.organise.reminders import views as reminders_views
from finder.organise.upkeep import dates_views, note_views
from finder.organise.upkeep import views as upkeep_views
from finder.organise.wizard import edit_views, govuk
from finder.places.gazetteer import Gazetteer
from finder.places.safeguarding import read_pages
from finder.places.term_dates import read_calendars
from finder.platform import limits
from finder.platform.clock import SYSTEM_CLOCK, Clock
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.platform.db.replica import Replica
from finder.platform.jobs.workers import Background
from finder.platform.mail.mail_worker import MailWorker
from finder.platform.mail.transports import transport_from
from finder.platform.web import assets, errors, logs, page_cache, request, security
from finder.platform.web.secret_key import kept_secret
from finder.reviews import views as reviews_views
from finder.search import map, warming
from finder.search import template_filters as search_filters
from finder.search import views as search_views
from finder.settings import Settings, shipped
from finder.spreadsheets import service as spreadsheets_service
from finder.spreadsheets import views as spreadsheets_views
from finder.spreadsheets.uploads import views as uploads_views
from finder.spreadsheets.uploads.upload_worker import UploadWorker

PAGES = (
    *(search_views, group_page_views, calendar_views, feed_views, open_data_views),
    *(about_views, sitemap, health, metrics),
    *(reviews_views, accounts_views, my_account_views, reminders_views),
    *(upkeep_views, spreadsheets_views, edit_views, dates_views, note_views, editors_views),
    *(uploads_views, claims_views, reports_views, data_views, moderation_views),
)

SEARCHES = "600/minute"
RATE_LIMITS = {
    ("GET", "find.results"): ("search", SEARCHES),
    ("GET", "points.points"): ("search", SEARCHES),
    ("POST", "review.write"): ("review", "60/hour"),
    ("POST", "was_it_on.answer"): ("was-it-on", "60/hour"),
}
"""By method and endpoint: a name to count under, and how many requests one network may make."""
LARGE_FORMS = {"organise_upload.send": uploads_views.LARGEST_REQUEST}
WORK_EVERY_S = 60.0


def create_app(settings: Settings | None = None, clock: Clock = SYSTEM_CLOCK) -> Flask:
    """A Flask app for these settings (by default those of the environment)."""
    settings = settings or Settings()
    app = _bare(settings)
    database = Database(settings.database)
    wired = _parts(settings, database)
    logs.configure()
    logs.start(app)
    limits.start(app, wired.limits, RATE_LIMITS)
    security.check_requests(app, settings, LARGE_FORMS)
    page_cache.start(app)
    _add_workers(app, wired, clock)
    request.start(app, wired, clock)
    security.finish_answers(app, settings, uploads_views.LARGEST_REQUEST, open_data_views.HOME)
    assets.start(app, shipped("vendor"), map.made_files(settings))
    map.start(app, settings)
    prepare_templates(app)
    app.jinja_env.globals["safeguarding"] = read_pages(shipped("data") / "safeguarding.csv")
    govuk.start(app)
    auth.start(app, settings)
    errors.register(app)
    for pages in PAGES:
        app.register_blueprint(pages.bp)
    app.register_blueprint(reviews_views.links)
    app.register_blueprint(group_page_views.was_it_on)
    app.register_blueprint(search_views.map_points)
    trust_proxies(app, settings.trusted_proxies)
    return app


def prepare_templates(app: Flask) -> None:
    """Give templates the filters of every room, and strip lines that hold only tags."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    request.start_templates(app)
    page_cache.cache_macros(app)
    for module in (listing_filters, search_filters, group_page_views):
        module.start(app)


def _bare(settings: Settings) -> Flask:
    """An app without routes."""
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


def _add_workers(app: Flask, wired: request.Parts, clock: Clock) -> None:
    """Make the workers beside the requests; a server starts them with each of its processes."""
    settings, database = wired.settings, wired.database
    transport = transport_from(
        settings.mail_url.get_secret_value(), settings.base_url, settings.data_dir
    )
    counter = app.extensions["page_counter"] = PageCounter(database)
    uploads = UploadWorker(database, _reader(wired.gazetteer), clock.now)
    jobs = {"page views": counter.write_down, "uploads": uploads.work_once}
    app.extensions["workers"] = {
        "mail": MailWorker(database, transport, clock.now),
        "uploads": Background("uploads", jobs, WORK_EVERY_S),
    }


def _reader(gazetteer: Gazetteer) -> Callable[[bytes], spreadsheets_service.ReadResult]:
    """Reads the listings of an uploaded file."""
    return lambda data: spreadsheets_service.read(data, gazetteer.postcode)


def _parts(settings: Settings, database: Database) -> request.Parts:
    return request.Parts(
        settings,
        database,
        Replica(settings.database_replica_url.get_secret_value()),
        Gazetteer(settings.data_dir, settings.geocoder_names, VenueAreas(database)),
        read_calendars(shipped("data") / "term_dates.csv"),
        limits.Limits(settings.limits_url.get_secret_value()),
    )


def trust_proxies(app: Flask, hops: int) -> None:
    """Believe what as many proxies as stand in front say of a visitor's address, and no more.

    Their Host is never used: links are made from FINDER_BASE_URL.
    """
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]


def warmed_app(settings: Settings | None = None) -> Flask:
    """The app for a server to fork: its caches hold what each worker's first request would make."""
    app = create_app(settings)
    wired = app.extensions["quiet_corner"]
    if wired.gazetteer.is_ready() and migrate.is_up_to_date(wired.database):
        warming.warm(app)
    # Connections don't survive a fork. Frozen objects stay in memory that the workers share.
    wired.database.close()
    wired.replica.close()
    gc.collect()
    gc.freeze()
    return app
