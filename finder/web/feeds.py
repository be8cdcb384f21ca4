"""What other programs follow: changes of a search, and the list of all pages."""

from flask import Blueprint, Response, abort, request, url_for

from finder.domain.listed import Changes, GroupChange
from finder.domain.search import SearchQuery
from finder.formats import feeds
from finder.services import following
from finder.web import about
from finder.web.addresses import whole_address, whole_address_of_group
from finder.web.forms.search import read, url_of
from finder.web.request import db, gazetteer, now, parts

FRESH_SECONDS = 3600

bp = Blueprint("feeds", __name__)


@bp.get("/search.atom")
def changes() -> Response:
    """New and changed groups of a search; a search that finds no place has none, and says why."""
    query, _ = read(request.args)
    title, found = _changes(query)
    text = feeds.changes_feed(
        title,
        whole_address(url_of(query, "/search.atom")),
        whole_address(url_of(query)),
        found,
        now(),
        whole_address_of_group,
    )
    return _kept(text, feeds.ATOM_TYPE, "private")


def _changes(query: SearchQuery) -> tuple[str, tuple[GroupChange, ...]]:
    if not query.near:
        return "Type a postcode or the name of a place", ()
    answer = following.changes_near(db(), gazetteer(), parts().calendars, query, now())
    if isinstance(answer, Changes):
        return f"Groups near {answer.centre_label}: new and changed", answer.changes
    return "We don’t know which place this is. Search on the site first", ()


@bp.get("/sitemap.xml")
def index() -> Response:
    """The list of sitemaps: one of our own pages, the others of groups."""
    count = following.sitemaps(db())
    numbers = (url_for("feeds.sitemap", number=n) for n in range(count + 1))
    return _kept(feeds.sitemap_index(map(whole_address, numbers)), feeds.XML_TYPE, "public")


@bp.get("/sitemap/<int(max=50000):number>.xml")
def sitemap(number: int) -> Response:
    """Our own pages under 0, then groups, 50,000 at a time."""
    if number == 0:
        paths = [url_for("find.home"), *(url_for("about.show", page=page) for page in about.PAGES)]
        return _kept(
            feeds.sitemap((whole_address(p), None) for p in paths), feeds.XML_TYPE, "public"
        )
    found = following.pages_of_sitemap(db(), number) or abort(404)
    pages = ((whole_address_of_group(id_), at) for id_, at in found)
    return _kept(feeds.sitemap(pages), feeds.XML_TYPE, "public")


def _kept(text: bytes, mimetype: str, by: str) -> Response:
    answer = Response(text, mimetype=mimetype)
    answer.headers["Cache-Control"] = f"{by}, max-age={FRESH_SECONDS}"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
