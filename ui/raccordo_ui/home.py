"""The first page: one question, the region beside four numbers, and what was asked last."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, need_search
from raccordo.need_search import NeedFilter
from raccordo_ui.drawings import region_map
from raccordo_ui.language import language_of
from raccordo_ui.need_cards import need_card
from raccordo_ui.render import render

QUERY = """{
  municipalities { totalCount }
  laboratories { totalCount }
  needs(first: 5) { totalCount edges { node { number title owner { name } } } }
}"""

LATEST = 5


async def home(request: Request) -> Response:
    picture = catalogue.current()
    latest = need_search.select(picture, NeedFilter())[:LATEST]
    view = {
        "municipalities": len(picture.municipalities),
        "population": picture.population,
        "laboratories": len(picture.laboratories),
        "needs": len(picture.needs),
        "examples": sum(need.example for need in picture.needs.values()),
        "latest": [need_card(picture, need, language_of(request)) for need in latest],
        "map": region_map(picture),
        "query": QUERY,
    }
    return render(request, "home/show.html", view)


routes = [Route("/", home, name="home")]
