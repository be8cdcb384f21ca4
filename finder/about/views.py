"""Pages that say how the site works, and what robots may read."""

from flask import Blueprint, Response, abort, render_template, url_for

from finder.moderation import service as moderation_service
from finder.moderation.transparency import Figures, decision_counts, hiding_counts
from finder.operations.retention import RETENTION
from finder.platform.web.page_cache import same_for_all
from finder.platform.web.request import db, today, whole_address
from finder.reviews.hold_rules import RULES

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
Disallow: /search.atom
Disallow: /shortlist

Sitemap: {sitemap}
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
    return render_template(
        f"about/{page.replace('-', '_')}.html",
        title=title,
        retention=RETENTION,
        rules=tuple(RULES),
        years=_years() if page == "reviews" else (),
    )


def _years() -> list[tuple[Figures, list[tuple[str, str, int]], list[tuple[str, int]]]]:
    """This year's figures so far and those of the last, where anything was decided."""
    told = (moderation_service.figures(db(), year) for year in (today().year, today().year - 1))
    return [(one, decision_counts(one), hiding_counts(one)) for one in told if one.total]


@bp.get("/robots.txt")
def robots() -> Response:
    """Search engines may list the results for a town, but no search with filters.

    A page of results for a postcode forbids it itself: by its address it could be a town.
    """
    sitemap = whole_address(url_for("sitemaps.index"))
    return Response(ROBOTS.format(sitemap=sitemap), mimetype="text/plain")
