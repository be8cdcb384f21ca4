"""In CI nothing may be skipped: elsewhere what a machine lacks is a plain reason."""

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

# A machine that is busy is not a bug: no test may fail for being slow.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

IS_CI = os.environ.get("CI") == "true"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if IS_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI does not allow: {report.longrepr}"
    return report
