"""What lists and forms offer to choose; a value of the address is read or refused, and a refusal stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from starlette.requests import Request

from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.refusals import Refused, refused
from raccordo_ui.formats import local
from raccordo_ui.forms import Problems, problems_of
from raccordo_ui.language import language_of
from raccordo_ui.paging import with_query

V = TypeVar("V")
ORDER = "ordine"


@dataclass(frozen=True, slots=True)
class SortLink:
    """Where a column's heading leads, and whether the table is in that order now."""

    href: str
    current: bool


def chosen(request: Request, name: str, choices: Mapping[str, V]) -> V:
    """What the value in the address means; the empty value may be a choice too. Raises Refused for any other."""
    value = request.query_params.get(name, "")
    if value in choices:
        return choices[value]
    raise refused(
        name, "unknown", Sentence("«{value}» non è fra le scelte possibili.", {"value": value[:40]})
    )


def function_choices(picture: Catalogue, language: str) -> list[tuple[str, str]]:
    """Every fundamental function, with its letter."""
    return [
        (letter, f"{letter}) {local(one, 'short', language)}") for letter, one in picture.functions.items()
    ]


def answered(request: Request, ask: Callable[[Request], tuple[V, ...]]) -> tuple[tuple[V, ...], Problems]:
    """What `ask` finds for the address; nothing, and the reasons, where it refuses one of the values."""
    try:
        return ask(request), Problems()
    except Refused as refusal:
        return (), problems_of(refusal, language_of(request))


def sort_links(request: Request, orders: Mapping[str, object]) -> dict[str, SortLink]:
    """For every order its link, with the filters as they are and from the first page."""
    asked = request.query_params.get(ORDER, "")
    return {key: SortLink(with_query(request, ordine=key, pagina=""), key == asked) for key in orders}
