"""Liveness and readiness, for monitoring."""

from flask import Blueprint, Response

from finder.operations import checks
from finder.platform.web.request import db, gazetteer

bp = Blueprint("health", __name__)
NO_STORE = {"Cache-Control": "no-store"}


@bp.get("/healthz")
def alive() -> Response:
    """200 while the process answers."""
    return Response("ok\n", mimetype="text/plain", headers=NO_STORE)


@bp.get("/readyz")
def ready() -> Response:
    """200 where the database and the index of postcodes are there, 503 with the reason if not."""
    if not gazetteer().is_ready():
        return _not_ready("The postcode index is missing. Run: finder load-postcodes\n")
    if not checks.answers(db()):
        return _not_ready("The database does not answer, or is not of this release.\n")
    return Response("ok\n", mimetype="text/plain", headers=NO_STORE)


def _not_ready(reason: str) -> Response:
    return Response(reason, 503, mimetype="text/plain", headers=NO_STORE)
