"""Pages that say how the site works, and what robots may read."""

from flask import Blueprint, Response, abort, render_template

from finder.web.answers import same_for_all

PAGES = {
    "talking-required": "How the talking rating works",
    "you-dont-have-to-go": "You don’t have to go",
    "reviews": "Rules for reviews",
    "privacy": "Privacy",
    "accessibility": "Accessibility",
    "data": "Open data and credits",
    "complain": "How to complain",
}

ROBOTS = """User-agent: *
Disallow: /search?*&
Disallow: /search.geojson
Disallow: /shortlist
"""

bp = Blueprint("about", __name__)


@bp.get("/about/")
@same_for_all
def index() -> str:
    """The list of these pages."""
    return render_template("about/index.html", pages=PAGES)


@bp.get("/about/<page>")
@same_for_all
def show(page: str) -> str:
    """One page; its file has its name, with underscores."""
    title = PAGES.get(page) or abort(404)
    return render_template(f"about/{page.replace('-', '_')}.html", title=title)


@bp.get("/robots.txt")
def robots() -> Response:
    """What a town has may be found by search engines; a search with wishes of its own may not.

    A postcode's results say so themselves: the address alone can't tell it from a town.
    """
    return Response(ROBOTS, mimetype="text/plain")
