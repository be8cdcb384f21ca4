"""Tests of a real browser run in one worker, as a pytest plugin: one Chromium at a time.

pytest-xdist 3.8 passes over `xdist_group` marks on pytest 9.2: it writes the group where pytest
no longer looks for a test's id. So they are told by where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadGroupScheduling

TOGETHER = ("tests/browser/", "tests/faults/test_crowd.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadGroupScheduling | None:
    from xdist.scheduler import LoadGroupScheduling

    class Grouped(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            [group] = [place for place in TOGETHER if nodeid.startswith(place)] or [""]
            return group or super()._split_scope(nodeid)

    return Grouped(config, log) if config.getvalue("dist") == "loadgroup" else None
