"""Other bodies that take part: an agency, a consortium, a foundation; a coordinator writes them down."""

from __future__ import annotations

import re
from dataclasses import dataclass

from raccordo import audit, models, written_text
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.municipalities import folded
from raccordo.people import Actor
from raccordo.refusals import refused
from raccordo.rights import NOTHING, allows, demand

NAME, WEBSITE, CODE = 160, 160, 64  # characters
ADDRESS = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """One of them; `code` is made from its first name and never changes."""

    code: str
    name: str
    website: str


async def listed() -> tuple[Institution, ...]:
    """All of them, by name."""
    rows = await models.Institution.all().values_list("code", "name", "website")
    found = (Institution(code=code, name=name, website=website) for code, name, website in rows)
    return tuple(sorted(found, key=lambda one: (folded(one.name), one.code)))


def may_add(actor: Actor) -> bool:
    return allows(actor, "add", "institution")


async def add(actor: Actor, name: str, website: str = "") -> Institution:
    """Write an institution down; raises NotAllowed, or Refused for one that is there already."""
    demand(
        actor,
        "add",
        "institution",
        NOTHING,
        Sentence("Gli altri enti li aggiunge il coordinamento, dopo il secondo fattore."),
    )
    name = written_text.checked("name", " ".join(name.split()), NAME, Sentence("Manca il nome dell’ente."))
    website = _website(website)
    code = folded(name).replace(" ", "-")[:CODE].strip("-")
    if not code.isascii() or not code:
        raise refused("name", "unreadable", Sentence("Il nome va scritto in lettere latine."))

    async def work(writing: Writing) -> None:
        if any(folded(one.name) == folded(name) or one.code == code for one in await listed()):
            raise refused("name", "already_there", Sentence("Un ente con questo nome c’è già."))
        await models.Institution.create(code=code, name=name, website=website)
        await audit.record(writing, actor, "add", f"institution:{code}", {})

    await write(work)
    return Institution(code=code, name=name, website=website)


def _website(website: str) -> str:
    website = website.strip()
    if website and (len(website) > WEBSITE or not ADDRESS.fullmatch(website)):
        raise refused(
            "website",
            "no_address",
            Sentence("Il sito si scrive per intero, per esempio https://www.ente.it."),
        )
    return website
