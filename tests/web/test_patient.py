"""A worker takes what it can answer, and leaves the rest to those that are idle."""

from types import SimpleNamespace

from gunicorn.config import Config
from gunicorn.glogging import Logger

from finder.web.patient import PatientWorker


def test_a_worker_takes_no_connection_while_all_its_threads_are_busy() -> None:
    cfg = Config()
    cfg.set("threads", 2)
    cfg.set("worker_connections", 500)
    worker = PatientWorker(1, 1, [], SimpleNamespace(), 30, cfg, Logger(cfg))
    worker.tmp.close()
    assert worker.worker_connections == 500

    worker.answering = {"one": 0.0}
    assert worker.worker_connections == 500
    worker.answering["another"] = 0.0
    assert worker.worker_connections == 0
    worker.answering.popitem()
    assert worker.worker_connections == 500
