"""`raccordo person`: the copy and the erasure for somebody who asked by letter."""

from __future__ import annotations

import sys

from raccordo import erasing, personal_copy
from raccordo.language import Sentence
from raccordo.settings import Settings
from raccordo_ui.arguments import Options
from raccordo_ui.terminal import say


async def run(_settings: Settings, options: Options) -> int:
    if options.action == "erase":
        await erasing.erase_by_letter(options.email)
        say(options, Sentence("Fatto: dell’utenza resta il numero. Parte un ultimo messaggio che lo dice."))
        return 0
    async for piece in await personal_copy.by_letter(options.email):
        sys.stdout.write(piece)
    return 0
