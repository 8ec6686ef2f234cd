"""The filters of the list of needs: how an address says them, and what can be chosen."""

from __future__ import annotations

from dataclasses import replace

from starlette.datastructures import QueryParams

from raccordo import saved_searches
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.need_search import NeedFilter, NeedOrder
from raccordo.saved_searches import AXIS_NAMES, chosen
from raccordo_ui.formats import local
from raccordo_ui.need_cards import AXES

ORDERS = {
    "scadenza": (NeedOrder.DEADLINE, Sentence("per scadenza")),
    "titolo": (NeedOrder.TITLE, Sentence("per titolo")),
    "abitanti": (NeedOrder.POPULATION, Sentence("dagli enti più piccoli")),
}


def filter_of(query: QueryParams) -> NeedFilter:
    """The filter and the order that an address asks for; raises Refused for a value that is no choice."""
    order = chosen(query, "ordine", {name: order for name, (order, _) in ORDERS.items()})
    return replace(saved_searches.filter_of(query), order=order or NeedOrder.NEWEST)


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
