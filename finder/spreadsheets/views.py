"""An organiser takes their listings away as a CSV file."""

from flask import Blueprint, Response

from finder.accounts import auth
from finder.organise.upkeep import service as upkeep_service
from finder.platform.web.csv_file import csv_file
from finder.platform.web.request import db, gazetteer, today
from finder.spreadsheets import listings_csv

bp = auth.only_signed_in(Blueprint("organise_export", __name__, url_prefix="/organise"))


@bp.get("/listings.csv")
def export() -> Response:
    """Own listings as CSV, which uploads again unchanged."""
    drafts = upkeep_service.own_drafts(db(), auth.account().id)
    text = listings_csv.write(drafts, gazetteer().postcode)
    return csv_file(text, f"listings-{today()}.csv")
