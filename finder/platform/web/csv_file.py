"""Files that a spreadsheet opens, as an answer."""

from flask import Response


def csv_file(text: str, name: str) -> Response:
    """A CSV to keep, with the mark by which Excel knows UTF-8."""
    answer = Response(text.encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
