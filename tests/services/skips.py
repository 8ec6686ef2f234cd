"""When something that tests need is missing: a skip that names the remedy, and a failure where CI=true."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import NoReturn

import pytest

REMEDY = "`make test-tools` installs it"


def nothing_may_be_skipped() -> bool:
    """True where the continuous integration runs: there a skip would hide what nobody looked at."""
    return os.environ.get("CI") == "true"


def missing(what: str) -> NoReturn:
    """Skip the test that needs `what`, saying how to get it; with CI=true fail instead."""
    sentence = f"{what} is missing; {REMEDY}"
    if nothing_may_be_skipped():
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def refused(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure; an expected failure (`xfail`) is no skip."""
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"{report.nodeid}: {reason} (with CI=true nothing may be skipped)"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if nothing_may_be_skipped():
        refused(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if nothing_may_be_skipped():
        refused(report)
    return report
