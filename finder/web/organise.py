"""Organisers at work: their listings. Everything here is behind one gate."""

from flask import Blueprint, render_template

from finder.services import joining
from finder.web import gates
from finder.web.request import db

bp = gates.only_signed_in(Blueprint("organise", __name__, url_prefix="/organise"))


@bp.get("/", strict_slashes=False)
def home() -> str:
    """My listings."""
    return render_template(
        "organise/home.html", organisers=joining.organisers_of(db(), gates.account().id)
    )
