"""A missing tool is a skip that names the remedy, and a failure where nothing may be skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from services.skips import missing, refused


def test_a_missing_tool_is_skipped_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="Chromium is missing; `make test-tools` installs it"):
        missing("Chromium")


def test_with_ci_a_missing_tool_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="Chromium is missing"):
        missing("Chromium")


def test_a_refused_skip_fails_and_says_why() -> None:
    reason = ("test_x.py", 3, "Skipped: not today")
    report = pytest.TestReport("test_x.py::test_x", ("test_x.py", 3, "test_x"), {}, "skipped", reason, "call")
    refused(report)
    assert report.failed
    assert report.longrepr == "test_x.py::test_x: Skipped: not today (with CI=true nothing may be skipped)"


def test_an_expected_failure_is_no_skip() -> None:
    report = pytest.TestReport(
        "test_x.py::test_x", ("test_x.py", 3, "test_x"), {}, "skipped", "known", "call"
    )
    report.wasxfail = "known"  # what pytest itself sets on an expected failure
    refused(report)
    assert report.skipped


@pytest.mark.parametrize(("ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_a_skip_fails_the_whole_run_where_nothing_may_be_skipped(
    tmp_path: Path, ci: str, outcome: str
) -> None:
    (tmp_path / "test_lazy.py").write_text("import pytest\n\n@pytest.mark.skip\ndef test_lazy(): ...\n")
    plugins = ["-p", "no:asyncio", "-p", "services.skips"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-c", os.devnull, tmp_path],
        env=os.environ | {"CI": ci, "PYTHONPATH": str(Path(__file__).parents[1])},
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert outcome in run.stdout
