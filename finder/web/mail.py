"""The courier of this app: started with the first request of each process, woken by a post."""

from typing import cast

from flask import Flask, current_app

from finder.services.courier import Courier


def start(app: Flask, courier: Courier) -> None:
    """Carry mail in the background while this app serves; tests deliver by themselves."""
    app.extensions["courier"] = courier

    @app.before_request
    def ensure_running() -> None:
        if not current_app.testing:
            courier.ensure_running()


def wake() -> None:
    """There is mail: send it now."""
    if not current_app.testing:
        cast(Courier, current_app.extensions["courier"]).wake()
