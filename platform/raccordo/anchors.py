"""The file in which anchors of the log are kept: a line for each, outside the database."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from raccordo.audit import Anchor
from raccordo.language import Sentence
from raccordo.refusals import Refused

NO_ANCHOR = Sentence(
    "{file}, riga {line}: non è un’ancora. Una riga è quella che scrive `raccordo audit anchor`, senza cambiarla."
)
EMPTY = Sentence("{file}: non c’è nessuna ancora. La prima la scrive `raccordo audit anchor {file}`.")


def line_of(anchor: Anchor) -> str:
    """An anchor as it is printed, mailed or kept.

    >>> line_of(Anchor(2, "ab", "2026-11-24"))
    '{"entries": 2, "head": "ab", "at": "2026-11-24"}'
    """
    return json.dumps(asdict(anchor))


def read(path: Path) -> list[Anchor]:
    """The anchors of a file, one or many; raises Refused naming the line that is none."""
    written = path.read_text(encoding="utf-8", errors="replace").splitlines()
    found = [_read_line(path, number, line) for number, line in enumerate(written, start=1) if line.strip()]
    if not found:
        raise Refused("no_anchor", Sentence(EMPTY.text, {"file": path.name}))
    return found


def append(path: Path, anchor: Anchor) -> None:
    """Keep one more anchor at the end of a file, which need not exist yet."""
    with path.open("a", encoding="utf-8") as file:
        file.write(line_of(anchor) + "\n")


def _read_line(path: Path, number: int, line: str) -> Anchor:
    try:
        said = json.loads(line)
        anchor = Anchor(said["entries"], said["head"], said["at"])
    except (ValueError, TypeError, KeyError, RecursionError):
        anchor = Anchor(-1, "", "")
    whole = type(anchor.entries) is int and isinstance(anchor.head, str) and isinstance(anchor.at, str)
    if not whole or anchor.entries < 0:
        raise Refused("no_anchor", Sentence(NO_ANCHOR.text, {"file": path.name, "line": number}))
    return anchor
