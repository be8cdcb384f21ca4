"""Runs gunicorn in this process, so that no module is imported twice."""

from typing import Any, cast

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.base import Worker

from finder.app import warmed_app
from finder.platform.jobs import workers
from finder.settings import Settings

THREADS = 4


class Server(BaseApplication):
    """The site under gunicorn: made once, then shared by the workers that are forked."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn where and how to serve."""
        wanted: dict[str, object] = {
            "bind": self._settings.bind,
            "workers": self._settings.workers,
            "preload_app": True,
            "post_worker_init": _start_workers,
            "loglevel": "warning",
            "logger_class": "finder.platform.web.logs.ServerLog",
            # docs/operations.md says why each is as it is.
            "worker_class": "gthread",
            "threads": THREADS,
            "keepalive": 5,
            "timeout": 30,
            "graceful_timeout": 30,
            "limit_request_line": 4094,
            "limit_request_fields": 100,
            "limit_request_field_size": 8190,
        }
        for name, value in wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # gunicorn asks of an app's environ what Flask does not promise
        """The app."""
        return warmed_app(self._settings)


def _start_workers(process: Worker) -> None:
    """Start the background workers of one of the server's processes."""
    workers.start_all(cast(Flask, process.wsgi))
