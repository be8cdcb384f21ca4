"""The clerk of this app: started with the first request of each process, woken by an upload."""

from typing import cast
from uuid import UUID

from flask import Flask, current_app, request

from finder.services.clerk import Clerk
from finder.web.request import today


def start(app: Flask, clerk: Clerk) -> None:
    """Let the clerk work in the background while this app serves; tests call it themselves."""
    app.extensions["clerk"] = clerk

    @app.before_request
    def ensure_running() -> None:
        if not current_app.testing:
            clerk.background.ensure_running()


def wake() -> None:
    """There is a file to work on."""
    if not current_app.testing:
        cast(Clerk, current_app.extensions["clerk"]).background.wake()


def count_view(group_id: UUID) -> None:
    """Somebody looks at a group's page: one more, and nothing about who."""
    is_looked_at = request.method == "GET" and "prefetch" not in request.headers.get(
        "Sec-Purpose", ""
    )
    if is_looked_at:
        cast(Clerk, current_app.extensions["clerk"]).count_view(group_id, today())
