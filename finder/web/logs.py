"""One JSON line for each request. Never a postcode, a query string, a token or an email.

The line names the route's pattern (`/groups/<uuid:public_id>`), not the address that was
asked for, so that nothing a person typed can reach a log.
"""

import logging
import secrets
import sys
import time

import structlog
from flask import Flask, Response, g, request

HEADER = "X-Request-Id"


def configure(stream_level: int = logging.INFO) -> None:
    """Send every log line, ours and the libraries', to stderr as JSON."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(stream_level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def start(app: Flask) -> None:
    """Give each request an id, and log it once when it is answered."""
    log = structlog.get_logger("finder.request")

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        log.info(
            "request",
            request_id=request_id(),
            method=request.method,
            route=request.url_rule.rule if request.url_rule else None,
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
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
