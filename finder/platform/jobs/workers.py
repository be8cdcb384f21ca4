"""The background workers of this app: started with the first request of each process."""

from collections.abc import Mapping
from typing import cast

from flask import Flask, current_app

from finder.platform.jobs.background import Background


def start(app: Flask, workers: Mapping[str, Background]) -> None:
    """Let them work beside the requests while this app serves; tests call them themselves."""
    app.extensions["workers"] = workers

    @app.before_request
    def ensure_running() -> None:
        if not current_app.testing:
            for worker in workers.values():
                worker.ensure_running()


def wake(name: str) -> None:
    """Tell a worker that there is work."""
    if not current_app.testing:
        cast(Mapping[str, Background], current_app.extensions["workers"])[name].wake()
