"""The process in which one computation runs: a line of JSON in, one out for every step, and one for the result."""

from __future__ import annotations

import json
import os
import signal
import sys
from pkgutil import resolve_name
from threading import Thread

MILDNESS = 10  # lets pages go first


def main() -> None:
    """Read ``{"run": "module:function", "values": ..., "seconds": ...}``; say ``{"share": ...}`` and ``{"result": ...}``.

    Ends after these seconds, and when the input closes: its worker is gone, however that came about.
    """
    if hasattr(os, "nice"):
        os.nice(MILDNESS)
    asked = json.loads(sys.stdin.readline())
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, asked["seconds"])  # unhandled: the system ends the process
    Thread(target=_end_with_the_worker, daemon=True).start()
    # Solvers print as they please: what they say must not mingle with the answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say(**values: object) -> None:
        print(json.dumps(values), file=answers, flush=True)

    run = resolve_name(asked["run"])
    say(result=run(asked["values"], lambda share: say(share=share)))


def _end_with_the_worker() -> None:
    os.read(sys.stdin.fileno(), 1)  # nothing more is written: this returns when the other end is closed
    os._exit(1)


if __name__ == "__main__":
    main()
