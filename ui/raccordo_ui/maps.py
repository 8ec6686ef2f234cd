"""The map of Lombardy: the region, then one province, coloured by the figure that the address names."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, laboratories
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.models import BodyKind
from raccordo.published import Province
from raccordo.refusals import refused
from raccordo_ui.choropleth import SCALES, Measure, choropleth, need_counts
from raccordo_ui.language import language_of
from raccordo_ui.paging import with_query
from raccordo_ui.render import render

QUERY = """{
  provinces(first: 12) {
    edges { node { istatCode name population needs { totalCount } municipalities { totalCount } } }
  }
}"""

E = TypeVar("E", bound=StrEnum)


async def show(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    measure = chosen(request, "mostra", Measure, Measure.NEEDS)
    code = request.query_params.get("provincia", "")
    province = laboratories.province(picture, code) if code else None
    view = {
        "map": choropleth(picture, measure, language, province),
        "measure": measure,
        "measures": [
            (one, scale.name.say(language), with_query(request, mostra="" if one is Measure.NEEDS else one))
            for one, scale in SCALES.items()
        ],
        "province": province,
        "provinces": _rows(picture),
        "elsewhere": sum(need.owner_kind is not BodyKind.MUNICIPALITY for need in picture.needs.values()),
        "query": QUERY,
    }
    return render(request, "maps/show.html", view)


def chosen(request: Request, name: str, kind: type[E], default: E) -> E:
    """One of a few values in the address; raises Refused for any other."""
    value = request.query_params.get(name, "") or default
    if value not in set(kind):
        raise refused(
            name,
            "unknown",
            Sentence(
                "«{value}» non è tra le scelte: {choices}.", {"value": value[:40], "choices": ", ".join(kind)}
            ),
        )
    return kind(value)


def _rows(picture: Catalogue) -> list[Mapping[str, object]]:
    counts = need_counts(picture)
    return [
        _row(picture, province, sum(counts[code] for code in province.municipalities))
        for province in picture.provinces.values()
    ]


def _row(picture: Catalogue, province: Province, needs: int) -> Mapping[str, object]:
    towns = [picture.municipalities[code] for code in province.municipalities]
    return {
        "province": province,
        "municipalities": len(towns),
        "needs": needs,
        "share_over_65": sum(town.population_over_65 for town in towns) / province.population,
    }


routes = [Route("/mappa", show, name="map")]
