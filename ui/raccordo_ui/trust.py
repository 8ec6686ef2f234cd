"""The page of how long an answer takes: computed, public, with its rule, and no ranking of anybody."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, trust
from raccordo.match_records import name_of
from raccordo_ui.render import render

QUERY = """{
  trust {
    laboratories { edges { node { name cases share medianDays } } }
    bodies { edges { node { name cases share medianDays } } }
  }
}"""


async def index(request: Request) -> Response:
    picture, figures = catalogue.current(), await trust.figures()
    laboratories = [
        (picture.laboratories[slug].name, f"/laboratori/{slug}", one)
        for slug, one in figures.laboratories.items()
        if slug in picture.laboratories
    ]
    bodies = [(name_of(body), one) for body, one in figures.bodies.items()]
    view = {
        "laboratories": sorted(laboratories, key=lambda row: row[:2]),
        "bodies": sorted(bodies, key=lambda row: row[0]),
        "least": trust.LEAST,
        "waiting": trust.WAITING.days,
        "query": QUERY,
    }
    return render(request, "trust/index.html", view)


routes = [Route("/fiducia", index, name="trust")]
