"""Error pages: what happened, and what to do next."""

from dataclasses import dataclass

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound, ServiceUnavailable
from werkzeug.wrappers import Response

from finder.domain.refused import NothingThere
from finder.platform.web import page_cache, request
from finder.platform.web.logs import log_failure, request_id
from finder.platform.web.request import leave_replica

RETRY_AFTER_S = 30


@dataclass(frozen=True)
class Trouble:
    """One kind of error, in words: a title, what happened, what to do."""

    title: str
    happened: str
    next_steps: str


TROUBLES = {
    400: Trouble(
        "We could not read that",
        "Your browser sent something that we did not understand.",
        "Go back and try once more. If you followed a link, it may be broken.",
    ),
    403: Trouble(
        "This page is not yours to see",
        "You may need to sign in, or to use another account.",
        "If somebody sent you the link, ask them to check it.",
    ),
    404: Trouble(
        "We can’t find that page",
        "The address may have a typing slip, or the group may no longer be listed.",
        "Search for groups near you instead.",
    ),
    405: Trouble(
        "That does not work here",
        "This page can’t be used in that way.",
        "Go back, reload the page and try once more.",
    ),
    413: Trouble(
        "That is too large",
        "What you sent is larger than we can take.",
        "Send a smaller file, or less text.",
    ),
    429: Trouble(
        "Please wait a minute",
        "There were too many requests from where you are.",
        "Nothing is lost. Wait a minute, then try once more.",
    ),
    500: Trouble(
        "Something broke on our side",
        "It is our fault, not yours. We have kept a note of where it happened.",
        "Try once more in a few minutes.",
    ),
    503: Trouble(
        "We will be back soon",
        "The site is being looked after, or is very busy.",
        "Try once more in a few minutes.",
    ),
}


def register(app: Flask) -> None:
    """Answer every error with a page of its kind."""
    # What belongs to another answers like what does not exist: nobody learns which.
    app.register_error_handler(NothingThere, lambda _error: _answer(NotFound()))
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(Exception, _unexpected)
    for gone in (OperationalError, InterfaceError, PoolTimeoutError):
        app.register_error_handler(gone, _database_away)


def _answer(error: HTTPException) -> Response | tuple[str, int, dict[str, str]]:
    if error.response is not None or error.code is None or error.code < 400:
        return Response.force_type(error.get_response())
    headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    if error.code >= 500:
        request.forget_viewer()
    kind = error.code if error.code in TROUBLES else (400 if error.code < 500 else 500)
    page = render_template(
        "platform/error.html",
        trouble=TROUBLES[kind],
        code=error.code,
        request_id=request_id() if error.code >= 500 else "",
    )
    return page, error.code, headers


def _unexpected(error: Exception) -> ResponseReturnValue:
    if leave_replica(error):
        return _once_more()
    log_failure(error)
    return _answer(InternalServerError())


def _once_more() -> ResponseReturnValue:
    """Answer the same request again from its beginning, checks included, from the primary."""
    try:
        return current_app.preprocess_request() or current_app.dispatch_request()
    except Exception as error:
        return current_app.handle_user_exception(error)


def _database_away(error: Exception) -> ResponseReturnValue:
    """The database is gone, full or locked: readers get the page as it was last, if it is cached;
    everybody else gets 503.
    """
    if leave_replica(error):
        return _once_more()
    log_failure(error)
    request.forget_viewer()
    kept = page_cache.last_good()
    if kept is None:
        return _answer(ServiceUnavailable(retry_after=RETRY_AFTER_S))
    kept.headers["X-Kept-Page"] = "1"
    return kept
