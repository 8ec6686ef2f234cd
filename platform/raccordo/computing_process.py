"""The process in which one computation runs: JSON in, a line of JSON for every step, and one for the result."""

from __future__ import annotations

import json
import os
import sys
from pkgutil import resolve_name

MILDNESS = 10  # lets pages go first


def main() -> None:
    """Read ``{"run": "module:function", "values": ...}`` and say ``{"share": ...}`` and ``{"result": ...}``."""
    if hasattr(os, "nice"):
        os.nice(MILDNESS)
    asked = json.load(sys.stdin)
    # Solvers print as they please: what they say must not mingle with the answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say(**values: object) -> None:
        print(json.dumps(values), file=answers, flush=True)

    run = resolve_name(asked["run"])
    say(result=run(asked["values"], lambda share: say(share=share)))


if __name__ == "__main__":
    main()
