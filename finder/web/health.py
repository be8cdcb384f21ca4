"""Is the process up, and can it do its work: for whoever watches the site."""

from flask import Blueprint, Response

from finder.web.request import gazetteer

bp = Blueprint("health", __name__)
NEVER_KEPT = {"Cache-Control": "no-store"}


@bp.get("/healthz")
def alive() -> Response:
    """200 while the process answers."""
    return Response("ok\n", mimetype="text/plain", headers=NEVER_KEPT)


@bp.get("/readyz")
def ready() -> Response:
    """200 where the index of postcodes is there, 503 with the reason where it is not."""
    if gazetteer().is_ready():
        return Response("ok\n", mimetype="text/plain", headers=NEVER_KEPT)
    reason = "The postcode index is missing. Run: finder load-postcodes\n"
    return Response(reason, 503, mimetype="text/plain", headers=NEVER_KEPT)
