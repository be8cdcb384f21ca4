"""A parent's errands: look near a place, and look at what was saved."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from finder.places.rules import Choices
from finder.platform.web.addresses import whole_address
from finder.platform.web.page_cache import same_for_all
from finder.platform.web.request import db, gazetteer, now, parts, today
from finder.search import service
from finder.search.forms import as_typed, read
from finder.search.rules import Results

MOST_SAVED = 50
LONGEST_SHOWN = 120
"""Characters that are shown again of a place that is none."""

bp = Blueprint("find", __name__)


@bp.get("/")
@same_for_all
def home() -> str:
    """One box, one switch."""
    return render_template("search/home.html")


@bp.get("/search")
@same_for_all
def results() -> str:
    """Groups near a place; or which place was meant; or how to say it better."""
    query, errors = read(request.args)
    typed = as_typed(request.args)
    shown = {
        "query": query,
        "errors": errors,
        "near": query.near or typed.get("near", "")[:LONGEST_SHOWN],
    }
    if not query.near:
        return render_template("search/ask.html", **shown)
    answer = service.find_groups(db(), gazetteer(), parts().calendars, query, now())
    if isinstance(answer, Results):
        shown["query"] = answer.query
        return render_template(
            "search/results.html", **shown, results=answer, typed=typed, today=today()
        )
    which = "search/choices.html" if isinstance(answer, Choices) else "search/not_found.html"
    return render_template(which, **shown, answer=answer)


@bp.get("/shortlist")
def shortlist() -> str:
    """The groups whose ids are in the address: a page to share or print."""
    ids = ids_in(request.args.getlist("g"))
    cards = service.saved_groups(db(), parts().calendars, ids, now()) if ids else ()
    return render_template(
        "search/shortlist.html",
        cards=cards,
        gone=len(ids) - len(cards),
        address=whole_address(request.full_path),
        calendar=url_for("calendars.shortlist", g=[card.public_id for card in cards]),
        today=today(),
    )


def ids_in(typed: list[str]) -> tuple[UUID, ...]:
    """The ids among what was typed, each once, the first fifty."""
    found: dict[UUID, None] = {}
    for text in typed[: MOST_SAVED * 2]:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return tuple(found)[:MOST_SAVED]
