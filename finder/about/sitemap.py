"""The sitemap: pages that a search engine may list."""

from flask import Blueprint, Response, abort, url_for

from finder.about import views
from finder.listings.template_filters import whole_address_of_group
from finder.open_data import feeds, follow
from finder.platform.web.request import db, whole_address
from finder.platform.web.shared_copy import fresh_for

bp = Blueprint("sitemaps", __name__)


@bp.get("/sitemap.xml")
def index() -> Response:
    """The list of sitemaps: one of our own pages, the others of groups."""
    count = follow.sitemaps(db())
    numbers = (url_for("sitemaps.sitemap", number=n) for n in range(count + 1))
    return _xml(feeds.sitemap_index(map(whole_address, numbers)))


@bp.get("/sitemap/<int(max=50000):number>.xml")
def sitemap(number: int) -> Response:
    """Our own pages under 0, then groups, 50,000 at a time."""
    if number == 0:
        paths = [url_for("find.home"), *(url_for("about.show", page=page) for page in views.PAGES)]
        return _xml(feeds.sitemap((whole_address(path), None) for path in paths))
    found = follow.pages_of_sitemap(db(), number) or abort(404)
    return _xml(feeds.sitemap((whole_address_of_group(id_), at) for id_, at in found))


def _xml(text: bytes) -> Response:
    return fresh_for(Response(text, mimetype=feeds.XML_TYPE), "public")
