"""The filters of the list of needs: how an address says them, and what can be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from starlette.datastructures import QueryParams

from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.need_search import NeedFilter, NeedOrder
from raccordo.published import Axis
from raccordo.refusals import refused
from raccordo_ui.formats import local
from raccordo_ui.need_cards import AXES

T = TypeVar("T")

ORDERS = {
    "scadenza": (NeedOrder.DEADLINE, Sentence("per scadenza")),
    "titolo": (NeedOrder.TITLE, Sentence("per titolo")),
    "abitanti": (NeedOrder.POPULATION, Sentence("dagli enti più piccoli")),
}
AXIS_NAMES = {"ambientale": Axis.ENVIRONMENTAL, "sociale": Axis.SOCIAL, "economico": Axis.ECONOMIC}
EXAMPLES = {"si": True, "no": False}
UNKNOWN = Sentence("«{value}» non è fra le scelte possibili.")


def filter_of(query: QueryParams) -> NeedFilter:
    """The filter that an address asks for; raises Refused for a value that is no choice."""
    return NeedFilter(
        text=query.get("testo", ""),
        function=query.get("funzione") or None,
        theme=query.get("tema") or None,
        axis=_chosen(query, "asse", AXIS_NAMES),
        province=query.get("provincia") or None,
        mountain_community=query.get("comunita") or None,
        example=_chosen(query, "esempi", EXAMPLES),
        order=_chosen(query, "ordine", {name: order for name, (order, _) in ORDERS.items()})
        or NeedOrder.NEWEST,
    )


def _chosen(query: QueryParams, name: str, choices: Mapping[str, T]) -> T | None:
    value = query.get(name, "")
    if value and value not in choices:
        raise refused(name, "unknown", Sentence(UNKNOWN.text, {"value": value[:40]}))
    return choices.get(value)


def filter_choices(picture: Catalogue, language: str) -> dict[str, list[tuple[str, str]]]:
    """What each filter can be, as pairs of value and text."""
    return {
        "funzione": [(row.letter, local(row, "short", language)) for row in picture.functions.values()],
        "tema": [(row.slug, local(row, "label", language)) for row in picture.themes.values()],
        "asse": [(name, AXES[axis].say(language)) for name, axis in AXIS_NAMES.items()],
        "provincia": [(row.istat_code, row.name) for row in picture.provinces.values()],
        "comunita": [(row.slug, row.name) for row in picture.mountain_communities.values()],
        "esempi": [
            ("no", Sentence("solo richieste di enti").say(language)),
            ("si", Sentence("solo esempi").say(language)),
        ],
        "ordine": [(name, sentence.say(language)) for name, (_, sentence) in ORDERS.items()],
    }
