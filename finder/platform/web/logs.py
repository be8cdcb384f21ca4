"""One JSON line and one count for each request, without a postcode, query, token or email.

Both name the route's pattern (`/groups/<uuid:public_id>`), not the address that was asked for, so
that nothing a person typed can reach a log. operations/metrics.py shows the counts.
"""

import json
import logging
import secrets
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog
from flask import Flask, Response, g, request
from gunicorn.glogging import Logger
from prometheus_client import CollectorRegistry, Counter, Histogram

if TYPE_CHECKING:
    from gunicorn.config import Config

HEADER = "X-Request-Id"
# What these say was never typed by a visitor: our own words, and gunicorn's about its workers.
TRUSTED = ("finder.", "mail")
ARBITER = "arbiter"
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)


class JsonLine(logging.Formatter):
    """A library's log line as JSON. Its words are left out: they may quote a whole address.

    gunicorn's warning of a request that it can't read, for one, holds the request's first line.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Where it was said and, of those who never saw a request, what."""
        is_trusted = record.name.startswith(TRUSTED) or record.module == ARBITER
        place = f"{record.module}:{record.lineno} {record.funcName}"
        line = {
            "event": record.getMessage() if is_trusted else place,
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        if record.exc_info and record.exc_info[0]:
            line["kind"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


class StderrLogger:
    """Writes to what stderr is at that moment: a test, or a server that forks, may change it."""

    def __init__(self, *_names: str) -> None:
        """structlog gives the logger's name, which its lines hold already."""

    def info(self, line: str) -> None:
        """Write one line, in one piece: other threads write too."""
        sys.stderr.write(line + "\n")

    debug = warning = error = critical = info


class ToStderr(logging.Handler):
    """Writes the records of libraries as lines of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        StderrLogger().info(self.format(record))


class ServerLog(Logger):
    """gunicorn's own log, as JSON like everything else."""

    def setup(self, cfg: "Config") -> None:
        """Let gunicorn set up its log, then give it our form."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonLine())


def configure(stream_level: int = logging.INFO) -> None:
    """Send every log line, ours and the libraries', to stderr as JSON."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    to_stderr = ToStderr()
    to_stderr.setFormatter(JsonLine())
    root = logging.getLogger()
    root.handlers = [h for h in root.handlers if not isinstance(h, ToStderr)] + [to_stderr]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(stream_level),
        logger_factory=StderrLogger,
        cache_logger_on_first_use=False,
    )


class Counts:
    """Requests and how long they took, counted in this process for all of them.

    No label holds what a visitor sent: the route's pattern, a known method, the status.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "finder_requests",
            "Requests that were answered.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "finder_request_seconds",
            "How long an answer took.",
            ("route",),
            buckets=BUCKETS,
            registry=self.registry,
        )


def start(app: Flask) -> None:
    """Give each request an id; log and count it when it is answered."""
    log = structlog.get_logger("finder.request").bind()  # made once, not for each line
    counts = app.extensions["counts"] = Counts()

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.began
        route = request.url_rule.rule if request.url_rule else None
        method = request.method if request.method in METHODS else "other"
        counts.requests.labels(route or "none", method, str(response.status_code)).inc()
        counts.seconds.labels(route or "none").observe(seconds)
        response.headers[HEADER] = g.request_id
        log.info(
            "request",
            request_id=g.request_id,
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
        return response


def log_failure(error: BaseException) -> None:
    """Log an error that nobody expected: where it happened and its kind, never its words.

    An exception's message may quote what somebody typed, so it stays out.
    """
    trail = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        trail.append(f"{code.co_filename}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    structlog.get_logger("finder.request").error(
        "failure", request_id=request_id(), kind=type(error).__name__, trail=trail[-8:]
    )


def request_id() -> str:
    """This request's id, which error pages show."""
    return str(g.get("request_id", "none"))
