"""The map of Lombardy: the region, then one province, coloured by the figure that the address names."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, laboratories
from raccordo.models import BodyKind
from raccordo_ui.choices import chosen
from raccordo_ui.choropleth import SCALES, Measure, choropleth, province_map
from raccordo_ui.language import language_of
from raccordo_ui.paging import with_query
from raccordo_ui.provinces import full_name, province_rows
from raccordo_ui.render import render

QUERY = """{
  provinces(first: 12) {
    edges { node { istatCode name population needs { totalCount } municipalities { totalCount } } }
  }
}"""

MEASURES = {"": Measure.NEEDS, "popolazione": Measure.POPULATION, "anziani": Measure.OVER_65}


async def show(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    measure = chosen(request, "mostra", MEASURES)
    code = request.query_params.get("provincia", "")
    province = laboratories.province(picture, code) if code else None
    view = {
        "map": province_map(picture, province, measure, language)
        if province
        else choropleth(picture, measure, language),
        "measure": measure,
        "shown": request.query_params.get("mostra", ""),
        "measures": [
            (one, SCALES[one].name.say(language), with_query(request, mostra=key))
            for key, one in MEASURES.items()
        ],
        "province": province,
        "name": full_name(province, language) if province else "",
        "provinces": province_rows(picture),
        "elsewhere": sum(need.owner_kind is not BodyKind.MUNICIPALITY for need in picture.needs.values()),
        "query": QUERY,
    }
    return render(request, "maps/show.html", view)


routes = [Route("/mappa", show, name="map")]
