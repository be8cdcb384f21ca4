"""The mail worker sends in the background, once, and outlives a broken mail server and a fork."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from finder.platform.db.database import Database
from finder.platform.mail import queries as mail_queries
from finder.platform.mail.mail_worker import MailWorker
from finder.platform.mail.transports import Files
from tests.support.waiting import wait_until

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "outbox"


@pytest.fixture
def worker(database: Database, folder: Path) -> Iterator[MailWorker]:
    worker = MailWorker(database, Files(folder, "a@example.org"), lambda: NOW, every_s=0.02)
    yield worker
    worker.stop()


def queue(database: Database, key: str) -> None:
    with database.writing() as db:
        mail_queries.queue(db, key, f"{key}@example.org", "s", "b", NOW)
        db.commit()


def sent(folder: Path) -> int:
    return len(list(folder.glob("*.eml")))


def test_nothing_runs_until_it_is_woken(
    database: Database, worker: MailWorker, folder: Path
) -> None:
    queue(database, "one")
    assert worker._thread is None
    assert sent(folder) == 0

    worker.wake()

    wait_until(lambda: sent(folder) == 1)


def test_mail_that_comes_later_is_sent_without_being_woken(
    database: Database, worker: MailWorker, folder: Path
) -> None:
    worker.wake()

    queue(database, "one")

    wait_until(lambda: sent(folder) == 1)


def test_a_fault_does_not_end_the_mail_for_good(database: Database, folder: Path) -> None:
    faults = iter([RuntimeError("a fault of ours")])

    class Faulty(Files):
        def send(self, message: EmailMessage) -> None:
            if fault := next(faults, None):
                raise fault
            super().send(message)

    worker = MailWorker(database, Faulty(folder, "a@example.org"), lambda: NOW, every_s=0.02)
    queue(database, "one")
    worker.wake()
    queue(database, "two")

    wait_until(lambda: sent(folder) == 1)
    worker.stop()


def test_it_starts_anew_in_a_forked_worker(
    database: Database, worker: MailWorker, folder: Path
) -> None:
    worker.wake()
    worker.stop()
    database.close()

    child = os.fork()
    if child == 0:
        try:
            queue(database, "one")
            worker.wake()
            wait_until(lambda: sent(folder) == 1)
        finally:
            os._exit(0 if sent(folder) == 1 else 1)

    assert os.waitpid(child, 0)[1] == 0
    assert sent(folder) == 1
