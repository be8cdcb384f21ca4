"""One JSON line for each request. Never a postcode, a query string, a token or an email.

The line names the route's pattern (`/groups/<uuid:public_id>`), not the address that was
asked for, so that nothing a person typed can reach a log.
"""

import json
import logging
import secrets
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO, cast

import structlog
from flask import Flask, Response, g, request
from gunicorn.glogging import Logger

if TYPE_CHECKING:
    from gunicorn.config import Config

HEADER = "X-Request-Id"
# What these say was never typed by a visitor: our own words, and gunicorn's about its workers.
TRUSTED = ("finder.", "mail")
ARBITER = "arbiter"


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


class Stderr:
    """Whatever stderr is at that moment: a test, or a server that forks, may have changed it."""

    def write(self, text: str) -> int:
        """Pass on."""
        return sys.stderr.write(text)

    def flush(self) -> None:
        """Pass on."""
        sys.stderr.flush()


class ToStderr(logging.Handler):
    """Writes one line for each record."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        Stderr().write(self.format(record) + "\n")


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
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, Stderr())),
        cache_logger_on_first_use=False,
    )


def start(app: Flask) -> None:
    """Give each request an id, and log it once when it is answered."""
    log = structlog.get_logger("finder.request").bind()  # made once, not for each line

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        response.headers[HEADER] = own_id = g.get("request_id", "none")
        log.info(
            "request",
            request_id=own_id,
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
