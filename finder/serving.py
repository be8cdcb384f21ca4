"""Gunicorn in this process: what the command has imported already is not imported again."""

from typing import Any

from gunicorn.app.base import BaseApplication

from finder.app import warmed_app
from finder.settings import Settings

THREADS = 4


class Server(BaseApplication):
    """The site under gunicorn: made once, then shared by the workers that are forked."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn where and how to serve."""
        wanted: dict[str, Any] = {
            "bind": self._settings.bind,
            "workers": self._settings.workers,
            "preload_app": True,
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

    def load(self) -> Any:
        """The app."""
        return warmed_app(self._settings)
