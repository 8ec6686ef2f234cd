"""Sharing a cost on a page: a form that changes nothing, its shares to the cent, and the formula in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raccordo import catalogue, cost_sharing
from raccordo.association_input import INVALID
from raccordo.cost_sharing import CostInput
from raccordo.published import Municipality
from raccordo.refusals import FieldRefusal, Refused
from raccordo.typed_towns import members_of, split
from raccordo_graph.cost_sharing import Share
from raccordo_ui.errors import status_of
from raccordo_ui.forms import Problems, problems_of
from raccordo_ui.language import language_of
from raccordo_ui.render import render


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
    language = language_of(request)
    try:
        towns = _towns(typed)
    except Refused as refusal:
        view: dict[str, object] = {"costs": None, "typed": typed, "problems": problems_of(refusal, language)}
        return render(request, "associations/costs.html", view, status=status_of(refusal))
    costs = view_of(request, towns) if towns else None
    view = {"costs": costs, "typed": typed, "problems": Problems()}
    wrong = costs is not None and bool(costs.problems)
    return render(request, "associations/costs.html", view, status=422 if wrong else 200)


def _towns(typed: str) -> tuple[Municipality, ...]:
    wrong: list[FieldRefusal] = []
    found = members_of(catalogue.current(), split([typed]), wrong, field="comuni", fewest=0)
    if wrong:
        raise Refused("invalid", INVALID, wrong)
    return found


routes = [Route("/gestioni-associate/riparto", show, name="cost_sharing")]
