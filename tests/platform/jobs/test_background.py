"""Work beside the requests: at once when woken, again and again, and after a fork."""

import os
import threading
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from finder.platform.jobs.workers import Background
from tests.support.waiting import wait_until


class Work:
    def __init__(self) -> None:
        self.times = 0
        self.fails = False

    def __call__(self) -> None:
        self.times += 1
        if self.fails:
            raise OSError


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def background(work: Work) -> Iterator[Background]:
    background = Background("test", {"work": work}, every_s=0.02)
    yield background
    background.stop()


def test_nothing_runs_until_it_is_woken(work: Work, background: Background) -> None:
    assert background._thread is None
    assert work.times == 0

    background.wake()

    wait_until(lambda: work.times > 2)


def test_what_fails_is_tried_again(work: Work, background: Background) -> None:
    work.fails = True

    background.wake()

    wait_until(lambda: work.times > 2)


def test_a_job_that_fails_does_not_keep_the_next_from_being_done(work: Work) -> None:
    broken = Work()
    broken.fails = True
    background = Background("test", {"broken": broken, "work": work}, every_s=60)

    with capture_logs() as said:
        background.wake()
        wait_until(lambda: work.times > 0)
        background.stop()

    assert [line["work"] for line in said if line["event"] == "background_failed"] == ["broken"]


def test_it_ends_when_stopped(work: Work, background: Background) -> None:
    background.wake()
    wait_until(lambda: work.times > 0)

    background.stop()

    assert "test" not in {thread.name for thread in threading.enumerate()}


class StoppedMeanwhile(threading.Event):
    """Whether to end, of a thread that is stopped at the moment when it has just looked."""

    def __init__(self, woken: threading.Event) -> None:
        super().__init__()
        self.woken = woken

    def is_set(self) -> bool:
        self.woken.wait(5)  # comes to nothing where the wake came first
        was_set = super().is_set()
        self.set()
        self.woken.set()
        return was_set


def test_a_stop_is_not_missed_at_any_moment(work: Work) -> None:
    background = Background("test", {"work": work}, every_s=60)
    background._ended = StoppedMeanwhile(background._woken)

    background.wake()

    wait_until(lambda: "test" not in {thread.name for thread in threading.enumerate()})


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_process_starts_its_own(work: Work, background: Background) -> None:
    background.wake()
    wait_until(lambda: work.times > 0)

    child = os.fork()
    if child == 0:
        work.times = 0
        try:
            background.wake()
            wait_until(lambda: work.times)
        finally:
            os._exit(0 if work.times else 1)

    assert os.waitpid(child, 0)[1] == 0
