"""The app factory: make the parts, wire them, register what answers."""

import gc

from flask import Flask

from finder.services.courier import Courier
from finder.services.mailing import transport_from
from finder.settings import Settings, shipped
from finder.store import migrating
from finder.store.database import Database
from finder.store.gazetteer import Gazetteer
from finder.store.secret import kept_secret
from finder.store.terms import read_calendars
from finder.web import (
    about,
    assets,
    errors,
    find,
    group,
    health,
    logs,
    mail,
    map,
    points,
    request,
    review,
    security,
    warming,
    words,
)


def create_app(settings: Settings | None = None) -> Flask:
    """A Flask app for these settings (by default those of the environment)."""
    settings = settings or Settings()
    app = Flask("finder", static_folder=None, template_folder=str(shipped("templates").resolve()))
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value() or kept_secret(settings.data_dir),
        MAX_CONTENT_LENGTH=1_000_000,
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    logs.configure()
    logs.start(app)
    database = Database(settings.database)
    way_out = transport_from(
        settings.mail_url.get_secret_value(), settings.base_url, settings.data_dir
    )
    mail.start(app, Courier(database, way_out, request.now))
    request.start(
        app,
        request.Parts(
            settings,
            database,
            Gazetteer(settings.data_dir, settings.geocoder_names),
            read_calendars(shipped("data") / "term_dates.csv"),
        ),
    )
    security.add_headers(app, settings)
    assets.start(app, shipped("vendor"), map.made_files(settings))
    map.start(app, settings)
    words.start(app)
    errors.register(app)
    for pages in (find, group, about, health, points, review):
        app.register_blueprint(pages.bp)
    app.register_blueprint(review.links)
    return app


def warmed_app(settings: Settings | None = None) -> Flask:
    """The app as a server's workers inherit it: what every first request would make is made."""
    app = create_app(settings)
    wired = app.extensions["quiet_corner"]
    if wired.gazetteer.is_ready() and migrating.is_up_to_date(wired.database):
        warming.warm(app)
    # Connections don't outlive a fork; what was made so far is shared by workers if left alone.
    wired.database.close()
    gc.collect()
    gc.freeze()
    return app
