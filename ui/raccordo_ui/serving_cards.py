"""The honest no made ready for a page: which office or supplier, through which function, and from which words."""

from __future__ import annotations

from dataclasses import dataclass

from raccordo.catalogue import Catalogue
from raccordo_graph import Serving
from raccordo_ui.formats import local, quoted
from raccordo_ui.language import address

SERVICES = 2  # named; more would be guessing
WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NoLaboratory:
    """Why no laboratory: the services asked for, the words that say so, and the functions with their pages."""

    services: tuple[str, ...]
    words: tuple[str, ...]
    functions: tuple[tuple[str, str], ...]


def no_laboratory(picture: Catalogue, serving: Serving, language: str) -> NoLaboratory | None:
    """What a page says instead of laboratories; None when a laboratory may serve."""
    if serving.laboratory:
        return None
    services = serving.services[:SERVICES]
    words = dict.fromkeys(word for service in services for word in service.words)
    return NoLaboratory(
        services=tuple(local(service, "label", language) for service in services),
        words=tuple(quoted(word, language) for word in words)[:WORDS],
        functions=tuple(
            (local(picture.functions[letter], "short", language), address(language, f"/funzioni/{letter}"))
            for letter in serving.functions
            if letter in picture.functions
        ),
    )
