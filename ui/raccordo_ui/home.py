"""The first page: one question, the region beside four numbers, and what was asked last."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, need_search
from raccordo.need_search import NeedFilter
from raccordo_ui.drawings import region_map
from raccordo_ui.render import render

QUERY = """{
  municipalities { totalCount }
  laboratories { totalCount }
  needs(first: 5) { totalCount edges { node { number title owner { name } } } }
}"""

LATEST = 5


async def home(request: Request) -> Response:
    picture = catalogue.current()
    view = {
        "municipalities": len(picture.municipalities),
        "population": picture.population,
        "laboratories": len(picture.laboratories),
        "needs": len(picture.needs),
        "examples": sum(need.example for need in picture.needs.values()),
        "latest": [
            (need, picture.owner(need)) for need in need_search.select(picture, NeedFilter())[:LATEST]
        ],
        "map": region_map(picture),
        "query": QUERY,
    }
    return render(request, "home/show.html", view)


routes = [Route("/", home, name="home")]
