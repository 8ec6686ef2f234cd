"""`raccordo audit`: verify the log, write it out, and anchor it outside the database."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from raccordo import anchors, audit
from raccordo.language import Sentence
from raccordo.settings import Settings
from raccordo_ui.arguments import Options
from raccordo_ui.terminal import complain, say

Action = Callable[[Options], Awaitable[int]]


async def run(_settings: Settings, options: Options) -> int:
    return await ACTIONS[options.action](options)


async def _verify(options: Options) -> int:
    kept = options.anchor or options.file
    known = anchors.read(Path(kept)) if kept else []
    found = await audit.verify(known)
    for one in found.breaks:
        complain(one.say(options.language))
    if found.breaks:
        return 1
    values = {"entries": found.entries, "head": found.head}
    say(options, Sentence("Registro integro. Voci: {entries}; ultima impronta: {head}.", values))
    if known:
        say(options, Sentence("Ancore confermate: {count}.", {"count": len(known)}))
    return 0


async def _anchor(options: Options) -> int:
    """Print the anchor; with a file, verify the earlier ones and keep it there too."""
    path = Path(options.file) if options.file else None
    anchor = await audit.anchor(anchors.read(path) if path and path.exists() else [])
    if path:
        anchors.append(path, anchor)
    sys.stdout.write(anchors.line_of(anchor) + "\n")
    return 0


async def _export(options: Options) -> int:
    if not options.file:
        async for line in audit.lines(options.since):
            sys.stdout.write(line + "\n")
        return 0
    count = 0
    with Path(options.file).open("w", encoding="utf-8", newline="\n") as file:  # noqa: ASYNC230  # a command serves nobody else
        async for line in audit.lines(options.since):
            file.write(line + "\n")
            count += 1
    say(options, Sentence("Voci scritte in {file}: {count}.", {"file": options.file, "count": count}))
    return 0


ACTIONS: Mapping[str, Action] = {"verify": _verify, "anchor": _anchor, "export": _export}
