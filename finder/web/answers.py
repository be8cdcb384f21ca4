"""Pages that are the same for everybody are made once, and kept while they are true.

True: made this minute (they say "today" and "in an hour"), and nothing was written to the
database since. A view says so itself, with `@same_for_all`; whoever sends the cookie of
somebody signed in, or wrote in the
last minute, gets a page of their own. A kept answer costs no search and no template,
and a browser that has it already is told so with a 304.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request

from finder.web.compressing import accepted_encoding
from finder.web.logs import HEADER as REQUEST_ID
from finder.web.request import is_for_everybody, now, version

View = TypeVar("View", bound=Callable[..., Any])

MOST_BYTES = 16_000_000
"""What one worker keeps at most: some two thousand pages of results as browsers get them."""
MOST_OF_ONE = 1_000_000
FRESH = "public, max-age=0, s-maxage=60"
"""A browser asks whether its copy is still true; a shared cache may believe its own a minute."""
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"}
NOT_KEPT = {REQUEST_ID, "Content-Length", "Date"}


@dataclass(frozen=True)
class Answer:
    """One answer as it was sent, and when it was true."""

    as_of: str
    body: bytes
    headers: tuple[tuple[str, str], ...]


class Kept:
    """The answers that one worker keeps, the longest unasked of them forgotten first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._answers: OrderedDict[bytes, Answer] = OrderedDict()
        self._room = most_bytes
        self._lock = threading.Lock()

    def get(self, key: bytes) -> Answer | None:
        """What was kept under a key, however old."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def keep(self, key: bytes, answer: Answer) -> None:
        """Keep an answer in the place of what had its key."""
        if len(answer.body) > MOST_OF_ONE:
            return
        with self._lock:
            self._forget(key)
            self._answers[key] = answer
            self._room -= len(answer.body)
            while self._room < 0:
                self._forget(next(iter(self._answers)))

    def _forget(self, key: bytes) -> None:
        gone = self._answers.pop(key, None)
        self._room += len(gone.body) if gone else 0

    def __len__(self) -> int:
        return len(self._answers)


def same_for_all(view: View) -> View:
    """Mark a view whose page depends on its address, the database and the minute, and no more."""
    view.__dict__["is_same_for_all"] = True
    return view


def start(app: Flask) -> None:
    """Answer from what was kept. Register it before what changes a body, to keep what it made."""
    app.extensions["answers"] = Kept()
    app.before_request(_kept_answer)
    app.after_request(_keep)


def _kept_answer() -> Response | None:
    if not is_for_everybody():
        return None
    seen = version()
    if seen is None:
        return None
    g.as_of = f"{now():%Y%m%d%H%M} {seen}"
    answer = _kept().get(_key())
    if answer is None or answer.as_of != g.as_of:
        return None
    g.was_kept = True
    return _again(answer)


def last_good() -> Response | None:
    """The answer that this address had last, however old: for while the database is away."""
    answer = _kept().get(_key()) if is_for_everybody() else None
    if answer is None:
        return None
    g.was_kept = True
    response = _again(answer)
    response.headers["Cache-Control"] = "no-store"
    return response


def _keep(response: Response) -> Response:
    if "as_of" not in g or "was_kept" in g:
        return response
    if response.status_code != 200 or "csrf_token" in g or "Set-Cookie" in response.headers:
        return response
    response.headers["Cache-Control"] = FRESH
    response.vary.update(("Accept-Encoding", "Cookie"))
    response.add_etag()
    headers = tuple((k, v) for k, v in response.headers if k not in NOT_KEPT)
    _kept().keep(_key(), Answer(g.as_of, response.get_data(), headers))
    return _unless_known(response)


def _again(answer: Answer) -> Response:
    return _unless_known(Response(answer.body, headers=list(answer.headers)))


def _unless_known(response: Response) -> Response:
    """The same, or that nothing changed, to whoever asks for changes only."""
    if not CONDITIONS.isdisjoint(request.environ):
        response.make_conditional(request)
    return response


def _key() -> bytes:
    """A digest: what somebody searched for is not kept as they typed it."""
    if "answer_key" not in g:
        whole = f"{request.full_path}\n{accepted_encoding()}".encode()
        g.answer_key = hashlib.blake2b(whole, digest_size=16).digest()
    key: bytes = g.answer_key
    return key


def _kept() -> Kept:
    kept: Kept = current_app.extensions["answers"]
    return kept
