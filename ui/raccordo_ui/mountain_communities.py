"""The pages of mountain communities, each with how far its list of members can be trusted."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, laboratories, need_search
from raccordo.language import Sentence
from raccordo.need_search import NeedFilter
from raccordo_ui.areas import area_of
from raccordo_ui.choropleth import Measure, group_map
from raccordo_ui.language import language_of, to
from raccordo_ui.need_cards import need_card
from raccordo_ui.provinces import full_name
from raccordo_ui.render import render
from raccordo_ui.spreadsheet import csv_file

LIST_QUERY = """{
  mountainCommunities(first: 25) { edges { node { slug name population province { name } } } }
}"""
QUERY = """{
  mountainCommunity(slug: "%s") {
    name
    population
    municipalities(first: 100) { totalCount edges { node { istatCode name population } } }
  }
}"""
EVIDENCE = {
    "list_verified": Sentence("Elenco dei comuni letto in una fonte."),
    "count_verified": Sentence("Numero dei comuni letto in una fonte; elenco ricordato."),
    "partly_verified": Sentence("Elenco dei comuni letto in parte, per il resto ricordato."),
    "recalled_validated": Sentence("Elenco dei comuni ricordato e verificato con i totali."),
}
COLUMNS = (
    Sentence("sigla"),
    Sentence("nome"),
    Sentence("provincia"),
    Sentence("sede"),
    Sentence("comuni"),
    Sentence("abitanti"),
    Sentence("bisogni"),
    Sentence("attendibilità"),
    Sentence("fonte"),
)


async def index(request: Request) -> Response:
    picture = catalogue.current()
    view = {
        "rows": [
            (one, picture.provinces[one.province], area_of(picture, one.municipalities))
            for one in picture.mountain_communities.values()
        ],
        "sheet": to(request, "/comunita-montane.csv"),
        "query": LIST_QUERY,
    }
    return render(request, "mountain_communities/index.html", view)


async def sheet(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    rows = (
        (
            one.slug,
            one.name,
            picture.provinces[one.province].name,
            picture.municipalities[one.seat_istat].name,
            len(one.municipalities),
            one.population,
            len(need_search.select(picture, NeedFilter(mountain_community=one.slug))),
            one.evidence,
            one.source,
        )
        for one in picture.mountain_communities.values()
    )
    return csv_file(request, "comunita-montane", [column.say(language) for column in COLUMNS], rows)


async def show(request: Request) -> Response:
    picture, language = catalogue.current(), language_of(request)
    community = laboratories.mountain_community(picture, request.path_params["slug"])
    needs = need_search.select(picture, NeedFilter(mountain_community=community.slug))
    evidence = EVIDENCE.get(community.evidence)
    view = {
        "community": community,
        "province": picture.provinces[community.province],
        "province_name": full_name(picture.provinces[community.province], language),
        "seat": picture.municipalities[community.seat_istat],
        "area": area_of(picture, community.municipalities),
        "map": group_map(picture, community.municipalities, Measure.NEEDS, language),
        "evidence": evidence.say(language) if evidence else community.evidence,
        "confirmed": community.evidence == "list_verified",
        "needs": [need_card(picture, need, language) for need in needs],
        "sheet": to(request, "/comuni.csv", comunita=community.slug),
        "query": QUERY % community.slug,
    }
    return render(request, "mountain_communities/show.html", view)


routes = [
    Route("/comunita-montane", index, name="mountain_communities"),
    Route("/comunita-montane.csv", sheet, name="mountain_communities_sheet"),
    Route("/comunita-montane/{slug}", show, name="mountain_community"),
]
