"""Sharing a cost on a page: a form that changes nothing, its shares to the cent, and the formula in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from json import dumps

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, cost_sharing
from raccordo.cost_sharing import CostInput
from raccordo.published import Municipality
from raccordo.refusals import Refused
from raccordo_graph.cost_sharing import Share
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Problems, problems_of
from raccordo_ui.language import language_of
from raccordo_ui.render import render

QUERY = """{
  costSharing(%s) {
    total shares { municipality { istatCode name } euro share }
  }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """What one municipality pays, with the figures it is computed from."""

    town: Municipality
    used: str
    paid: float | None
    share: Share | None

    @property
    def each(self) -> float:
        """Euro for each inhabitant."""
        return (self.paid or 0.0) / max(1, self.town.population)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostView:
    """The form as typed and, where it can be computed, the shares."""

    asked: bool
    wanted: CostInput
    rows: tuple[CostRow, ...]
    total: float
    problems: Problems

    @property
    def computed(self) -> bool:
        return any(row.share for row in self.rows)


def view_of(request: Request, towns: Sequence[Municipality]) -> CostView:
    """The calculator for these municipalities, with what the address asks for."""
    asked, language = request.query_params, language_of(request)
    wanted = CostInput(
        cost=asked.get("costo", ""),
        population=asked.get("abitanti", ""),
        area=asked.get("superficie", ""),
        use=asked.get("uso", ""),
        used={town.istat_code: asked.get(f"uso_{town.istat_code}", "") for town in towns},
    )
    if "costo" not in asked or not towns:
        return _view(towns, CostInput(population="1"), (), Problems(), asked=False)
    try:
        return _view(towns, wanted, cost_sharing.shared(towns, wanted), Problems(), asked=True)
    except Refused as refusal:
        return _view(towns, wanted, (), problems_of(refusal, language), asked=True)


def _view(
    towns: Sequence[Municipality],
    wanted: CostInput,
    shares: Sequence[Share],
    problems: Problems,
    *,
    asked: bool,
) -> CostView:
    by_code = {one.key: one for one in shares}
    rows = tuple(
        CostRow(
            town=town,
            used=wanted.used.get(town.istat_code, ""),
            share=by_code.get(town.istat_code),
            paid=by_code[town.istat_code].cents / 100 if town.istat_code in by_code else None,
        )
        for town in towns
    )
    total = sum(one.cents for one in shares) / 100
    return CostView(asked=asked, wanted=wanted, rows=rows, total=total, problems=problems)


async def show(request: Request) -> Response:
    """Any group of municipalities, named in the address."""
    typed = request.query_params.get("comuni", "")
    view: dict[str, object] = {"costs": None, "typed": typed, "problems": Problems(), "query": ""}
    try:
        towns = cost_sharing.towns(catalogue.current(), typed)
    except Refused as refusal:
        problems = problems_of(refusal, language_of(request))
        view["problems"] = Problems(problems.sentence, {"comuni": problems.of("members")})
        return render(request, "associations/costs.html", view, status=status_of(refusal))
    costs = view_of(request, towns) if towns else None
    view |= {"costs": costs, "query": _query(costs)}
    wrong = costs is not None and bool(costs.problems)
    return render(request, "associations/costs.html", view, status=422 if wrong else 200)


def _query(costs: CostView | None) -> str:
    """What a program asks for the same shares, everything as typed; nothing where nothing could be computed."""
    if costs is None or not costs.computed:
        return ""
    typed = {"cost": costs.wanted.cost, "population": costs.wanted.population, "area": costs.wanted.area}
    values = {name: dumps(value) for name, value in (typed | {"use": costs.wanted.use}).items() if value}
    members = ", ".join(dumps(row.town.istat_code) for row in costs.rows)
    used = ", ".join(
        f"{{municipality: {dumps(row.town.istat_code)}, use: {dumps(row.used)}}}"
        for row in costs.rows
        if row.used
    )
    asked = {"members": f"[{members}]"} | values | ({"used": f"[{used}]"} if used else {})
    return QUERY % ", ".join(f"{name}: {value}" for name, value in asked.items())


routes = [Route("/gestioni-associate/riparto", show, name="cost_sharing")]
