"""Answers that programs fetch again and again: fresh for a while, with an ETag."""

from typing import Literal

from flask import Response, request

HOUR_S = 3600


def fresh_for(
    answer: Response, kept_by: Literal["public", "private"], seconds: int = HOUR_S
) -> Response:
    """The same answer, fresh for so long; 304 for whoever has it already.

    kept_by: whether a cache that many people share may keep it too.
    """
    answer.headers["Cache-Control"] = f"{kept_by}, max-age={seconds}"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
