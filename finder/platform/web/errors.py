"""Error pages: what happened, and what to do next."""

from dataclasses import dataclass, replace

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound, ServiceUnavailable
from werkzeug.wrappers import Response

from finder.domain.refused import NothingThere
from finder.platform.web import request
from finder.platform.web.logs import log_failure, request_id
from finder.platform.web.request import leave_replica
from finder.platform.web.security import WrongHost

RETRY_AFTER_S = 30
AWAY = (OperationalError, InterfaceError, PoolTimeoutError)
"""What is raised where the database is gone, full or locked."""


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
    411: Trouble(
        "We need to know how long it is",
        "What you sent did not say how many bytes it has.",
        "Send it from the form on our page, or with a Content-Length.",
    ),
    413: Trouble(
        "That is too large",
        "What you sent is larger than we can take, or has too many parts.",
        "Go back. Then send a smaller file, or less text.",
    ),
    415: Trouble(
        "That is not a form",
        "We can only read what is sent from a form, and this was something else.",
        "Open the page in a browser, fill in its form and send it from there.",
    ),
    429: Trouble(
        "Please wait a little",
        "There were too many requests from where you are.",
        "Wait a few minutes. Then go back and try once more.",
    ),
    500: Trouble(
        "Something broke on our side",
        "It is our fault, not yours. We have kept a note of where it happened.",
        "Try once more in a few minutes.",
    ),
    503: Trouble(
        "We will be back soon",
        "The site is being looked after, or is very busy.",
        "Try once more in a few minutes. If you sent a form, go back and send it again then.",
    ),
}
WRONG_HOST = Trouble(
    "This is not our address",
    "Your browser asked for a site that is not this one.",
    "Our address is {}. Whoever runs this site can add others by FINDER_HOSTS.",
)


def register(app: Flask) -> None:
    """Answer every error with a page of its kind."""
    # What belongs to another answers like what does not exist: nobody learns which.
    app.register_error_handler(NothingThere, lambda _error: _answer(NotFound()))
    app.register_error_handler(WrongHost, _wrong_host)
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(Exception, _unexpected)
    for gone in AWAY:
        app.register_error_handler(gone, _database_away)


def _wrong_host(error: WrongHost) -> Response | tuple[str, int, dict[str, str]]:
    words = WRONG_HOST.next_steps.format(request.settings().site_address)
    return _answer(error, replace(WRONG_HOST, next_steps=words))


def _answer(
    error: HTTPException, trouble: Trouble | None = None
) -> Response | tuple[str, int, dict[str, str]]:
    if error.response is not None or error.code is None or error.code < 400:
        return Response.force_type(error.get_response())
    headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    if error.code >= 500:
        request.forget_viewer()
    kind = error.code if error.code in TROUBLES else (400 if error.code < 500 else 500)
    trouble = trouble or TROUBLES[kind]
    try:
        page = _page(error, trouble)
    except AWAY:
        request.forget_viewer()
        page = _page(error, trouble)
    return page, error.code, headers


def _page(error: HTTPException, trouble: Trouble) -> str:
    return render_template(
        "platform/error.html",
        trouble=trouble,
        code=error.code,
        request_id=request_id() if (error.code or 500) >= 500 else "",
    )


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
    """The database is gone, full or locked: 503, for readers too.

    A page as it was last might show what has been taken down since (decision 112).
    """
    if leave_replica(error):
        return _once_more()
    log_failure(error)
    return _answer(ServiceUnavailable(retry_after=RETRY_AFTER_S))
