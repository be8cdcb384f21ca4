"""Threads for jobs that no request should wait for.

A server starts them with each of its processes; tests do their jobs themselves.
"""

import os
import threading
from collections.abc import Callable, Mapping

import structlog
from flask import Flask

log = structlog.get_logger("background")


class Background:
    """Does its jobs at once when woken, and every few seconds besides.

    It starts at the first `wake` in each process: a fork loses the threads of before.
    """

    def __init__(self, name: str, jobs: Mapping[str, Callable[[], object]], every_s: float) -> None:
        """jobs: what to do in turn, by its name in the log. The others are done where one fails."""
        self._name = name
        self._jobs = jobs
        self._every_s = every_s
        self._forget()

    def _forget(self) -> None:
        """Start again without a thread, as in a process that was just forked."""
        self._pid = os.getpid()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._woken = threading.Event()
        self._ended = threading.Event()

    def wake(self) -> None:
        """Work now. Starts the thread where this process has none yet."""
        if self._pid != os.getpid():
            self._forget()
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
        self._woken.set()

    def stop(self, timeout_s: float = 30.0) -> None:
        """End after the job that runs."""
        self._ended.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        woken, ended = self._woken, self._ended
        while True:
            # Cleared before `ended` is read: else a stop in between would be missed.
            woken.clear()
            if ended.is_set():
                return
            self._work_once()
            woken.wait(self._every_s)

    def _work_once(self) -> None:
        for name, job in self._jobs.items():
            try:
                job()
            except Exception as error:
                # A broken database must not end the thread. The message may quote an address.
                log.error("background_failed", work=name, kind=type(error).__name__)


def start_all(app: Flask) -> None:
    """Start the workers of this process: work of an earlier run may be waiting."""
    workers: Mapping[str, Background] = app.extensions["workers"]
    for worker in workers.values():
        worker.wake()
