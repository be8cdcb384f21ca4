"""Fills the caches before a server forks, so that its workers need not at their first request."""

from flask import Flask, request

from finder.platform.web.request import db, gazetteer, now, parts
from finder.search import service
from finder.search.rules import SearchQuery

PLACE = "Leeds"
PAGES = ("/", f"/search?near={PLACE}", f"/search.geojson?near={PLACE}")


def warm(app: Flask) -> None:
    """Compile every template, and render one page of each common kind.

    Needs the database and the index of postcodes. Logs nothing, since these are no requests.
    """
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    for path in (*PAGES, *_a_group(app)):
        with app.test_request_context(path):
            view = app.view_functions[request.endpoint or ""]
            app.ensure_sync(view)(**(request.view_args or {}))


def _a_group(app: Flask) -> list[str]:
    """The address of one group near the place, if there is one."""
    with app.test_request_context():
        near = SearchQuery(PLACE, radius_miles=1)
        found = service.find_groups(db(), gazetteer(), parts().calendars, near, now())
        return [f"/groups/{card.public_id}" for card in getattr(found, "cards", ())[:1]]
