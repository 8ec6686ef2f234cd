"""`raccordo lexicon`: where the lexicon is thin, the whole of it as a file, and a file brought in."""

from __future__ import annotations

import sys
from pathlib import Path

from raccordo.language import Sentence
from raccordo.people import SYSTEM
from raccordo.settings import SettingError, Settings
from raccordo_ui.arguments import Options
from raccordo_ui.terminal import say


async def run(_settings: Settings, options: Options) -> int:
    """One of coverage, export and import."""
    if options.action == "export":
        return await _export(options)
    if options.action == "import":
        return await _import(options)
    return await _coverage(options)


async def _coverage(options: Options) -> int:
    from raccordo import catalogue, lexicon  # the graph's libraries; only this command needs them

    picture = await catalogue.open_catalogue()
    for family, keys in (("functions", picture.functions), ("themes", picture.themes)):
        for row in lexicon.coverage(picture.lexicon, family, tuple(keys)):
            counts = {"key": row.key, "concepts": row.concepts, "terms": row.terms, "forms": row.forms}
            say(options, Sentence("{key}: {forms} modi di dire, {terms} voci, {concepts} concetti", counts))
    return 0


async def _export(options: Options) -> int:
    """To the file that is named, else to the standard output."""
    from raccordo import catalogue, lexicon_files  # as above

    content = await lexicon_files.export(await catalogue.open_catalogue())
    if options.file:
        Path(options.file).write_text(content, encoding="utf-8")  # noqa: ASYNC240  # nothing else runs meanwhile
        return 0
    sys.stdout.write(content)
    return 0


async def _import(options: Options) -> int:
    from raccordo import lexicon_files  # as above
    from raccordo.tables import read_bytes

    if not options.file:
        raise SettingError("raccordo lexicon import FILE")
    path = Path(options.file)
    done = await lexicon_files.bring_in(SYSTEM, read_bytes(path), path.name, dry_run=options.dry_run)
    counts = {
        "added": len(done.added),
        "changed": len(done.changed),
        "removed": len(done.removed),
        "same": done.unchanged,
    }
    say(options, Sentence("Nuove: {added}; cambiate: {changed}; tolte: {removed}; uguali: {same}.", counts))
    if done.dry_run:
        say(options, Sentence("Prova: nulla è stato scritto."))
    return 0
