"""Work for the worker that computes: quick, failing, endless."""

from __future__ import annotations

import time
from typing import Any

from raccordo.computations import Report, Values


def double(values: Values, report: Report) -> dict[str, Any]:
    print("a solver prints as it pleases")  # noqa: T201  # on purpose
    report(0.5)
    return {"twice": 2 * values["number"], "version": values["version"], "kind": "größer"}


def fail(values: Values, report: Report) -> dict[str, Any]:
    raise RuntimeError("no")


def wait(values: Values, report: Report) -> dict[str, Any]:
    report(0.25)
    time.sleep(60)
    return {}
