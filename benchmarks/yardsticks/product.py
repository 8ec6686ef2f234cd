"""The product under test: its catalogue, its preview of a text, its yes and no. Nothing here computes."""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import raccordo_graph
from raccordo import catalogue, database, matches, migrating, need_search, needs
from raccordo.catalogue import Catalogue
from raccordo.loading import load
from raccordo.matches import Preview
from raccordo.need_input import NeedInput
from raccordo.people import VISITOR
from raccordo.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A need in its owner's words."""

    description: str
    title: str = ""

    @property
    def text(self) -> str:
        return f"{self.title} {self.description}"


async def shipped() -> tuple[Catalogue, dict[str, Written]]:
    """What is published after installing, and its needs by their source's key, from a database thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        async with database.opened(settings):
            await migrating.migrate(settings, lambda _: None)
            await load(lambda _: None)
            published = await catalogue.open_catalogue()
            texts = await needs.descriptions(tuple(published.needs))
    return published, {
        need.external_id: Written(title=need.title, description=texts[number])
        for number, need in published.needs.items()
        if need.external_id
    }


def preview(published: Catalogue, written: Written) -> Preview:
    """What a visitor, who has no place, sees while typing."""
    typed = NeedInput(title=written.title, description=written.description)
    return matches.preview(published, VISITOR, typed)


def abstains() -> Callable[[Catalogue, Preview], bool] | None:
    """The product's "no laboratory fits", if it can say that."""
    module = _module("raccordo_graph.abstention")
    if module is None:
        return None
    return lambda published, seen: not module.serves(published.index, seen.understanding).laboratory


def same(published: Catalogue, one: Written, other: Written) -> bool:
    """Whether the product takes two texts for the same need; until it says so itself, whether it shows them as alike."""
    mine, theirs = (preview(published, text).understanding for text in (one, other))
    module = _module("raccordo_graph.duplicates")
    if module is not None:
        return bool(module.same(published.index, mine, theirs))
    found = raccordo_graph.similar(published.index, mine, {1: theirs})
    return any(alike.similarity >= need_search.ALIKE_ENOUGH for alike in found)


def _module(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None
