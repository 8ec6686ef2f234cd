"""A pasted mail or extract of a plan becomes proposals of needs; nothing of it is stored."""

from __future__ import annotations

import asyncio

import raccordo_graph
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.refusals import refused
from raccordo.written_text import tidied
from raccordo_graph import intake
from raccordo_graph.intake import Intake

MOST = 20_000  # characters: a dozen pages; the body of a form has room for twice as many bytes
SURE = 0.25  # weight of a theme from which a paragraph speaks of it


async def read(current: Catalogue, text: str) -> Intake:
    """The needs in a text and what was set aside; raises Refused about the field `text`.

    Each paragraph is understood, in a thread: a dozen pages must not keep other readers waiting.
    """
    tidy = tidied(text)
    if not tidy.strip():
        raise refused(
            "text", "missing", Sentence("Manca il testo: un’e-mail, un verbale o un estratto del DUP.")
        )
    if len(tidy) > MOST:
        sentence = Sentence(
            "Sono {count} caratteri: il massimo è {most}. Conviene incollare un capitolo alla volta.",
            {"count": len(tidy), "most": MOST},
        )
        raise refused("text", "too_long", sentence)

    def theme_of(part: str) -> str:
        themes = raccordo_graph.understand(current.index, part).themes
        return themes[0].key if themes and themes[0].weight >= SURE else ""

    return await asyncio.to_thread(intake.read, tidy, theme_of)
