"""`/metrics`: what Prometheus collects. Counts of all workers together, numbers of this moment."""

import os
import shutil
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import cast

from flask import Blueprint, Response, abort, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from finder.operations import watch
from finder.platform.web.logs import Counts
from finder.platform.web.request import db, now, settings

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
PROXY_HEADERS = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")

bp = Blueprint("metrics", __name__)


def share_counts(data_dir: Path) -> None:
    """Let the workers of the server that this process becomes count together.

    Call it before the app is made. The folder goes with the next start; those of servers
    that run are left alone.
    """
    top = data_dir / ".metrics"
    top.mkdir(parents=True, exist_ok=True)
    for folder in top.iterdir():
        if folder.name == str(os.getpid()) or not _runs(folder.name):
            shutil.rmtree(folder, ignore_errors=True)
    own = top / str(os.getpid())
    own.mkdir()
    os.environ[FOLDER] = str(own)
    values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]


def _runs(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (ValueError, PermissionError):
        return True
    return True


@bp.get("/metrics")
def show() -> Response:
    """Prometheus's text format, for this machine only unless FINDER_METRICS_PUBLIC says else."""
    if not (settings().metrics_public or _is_from_here()):
        abort(404)
    text = generate_latest(_counters()) + generate_latest(_gauges())
    return Response(text, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _is_from_here() -> bool:
    """Whether the request comes from this machine, and through no proxy."""
    try:
        is_loopback = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return is_loopback and not any(name in request.headers for name in PROXY_HEADERS)


def _counters() -> CollectorRegistry:
    if FOLDER not in os.environ:
        return cast(Counts, current_app.extensions["counts"]).registry
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


class _Gauges:
    """The numbers of this moment, as the library collects them."""

    def __init__(self, found: watch.Watched) -> None:
        self.found = found

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One gauge for each number that is known."""
        found = self.found
        for name, words, value in (
            ("finder_database_up", "1 while the database answers.", int(found.is_database_up)),
            ("finder_mails_waiting", "Mail neither sent nor given up.", found.mails_waiting),
            ("finder_oldest_mail_seconds", "Age of the mail waiting longest.", found.oldest_mail_s),
            ("finder_reviews_held", "Reviews that wait for a moderator.", found.reviews_held),
            ("finder_index_age_seconds", "Age of the index of postcodes.", found.index_age_s),
        ):
            if value is not None:
                yield GaugeMetricFamily(name, words, value=value)


def _gauges() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Gauges(watch.look(db(), settings().data_dir, now())))
    return registry
