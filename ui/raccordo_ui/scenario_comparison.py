"""Two scenarios of one area side by side: figures, and the groups that differ in words."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.refusals import Refused
from raccordo.scenario_comparing import Change, Comparison, compare, side
from raccordo.scenario_input import ScenarioInput
from raccordo.scenarios import Scenario
from raccordo_graph.partition import ScenarioGroup
from raccordo_ui import scenario_asking as asking
from raccordo_ui.choices import function_choices
from raccordo_ui.formats import number
from raccordo_ui.forms import Problems, problems_of
from raccordo_ui.language import language_of, to
from raccordo_ui.paging import tidied
from raccordo_ui.render import render

MOVED = Sentence("Con altra compagnia: {names}.")
JOINED = Sentence("Trovano un gruppo solo nel secondo: {names}.")
LEFT = Sentence("Restano senza gruppo nel secondo: {names}.")
PATH = "/gestioni-associate/confronto"
QUERY = """{
  compareScenarios(first: {%s}, second: {%s}) {
    first { snapshotId figures { groups covered stranded } } second { snapshotId figures { groups covered stranded } }
    same(first: 10) { totalCount }
    changes(first: 25) { totalCount edges { node { moved { name } joined { name } left { name } } } }
  }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One change: the groups of either side as lists of names, and a sentence."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    said: str


async def show(request: Request) -> Response:
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    picture, language = catalogue.current(), language_of(request)
    sides, found = (Problems(), Problems()), None
    if "zona" in request.query_params:
        sides, answers = await _answers(request, picture)
        found = compare(answers[0], answers[1]) if answers else None
    named = {**_named(sides[1], asking.SECOND), **_named(sides[0])}
    worst = next((side for side in sides if side), Problems())
    view = {
        "first": asking.shown(request.query_params),
        "second": asking.shown(request.query_params, asking.SECOND),
        "problems": asking.summed_up(worst, named, language),
        "named": named,
        "named_second": _named(sides[1]),
        "areas": asking.areas(picture, language)[1:],
        "functions": function_choices(picture, language),
        "law": asking.law(asking.shown(request.query_params)),
        "weights": asking.weight_fields(language),
        "found": found,
        **(_result(request, picture, found) if found else {}),
    }
    return render(request, "scenarios/compare.html", view, status=422 if any(sides) else 200)


async def _answers(
    request: Request, picture: Catalogue
) -> tuple[tuple[Problems, Problems], tuple[Scenario, Scenario] | None]:
    """Both scenarios, or what is wrong with either."""
    problems, found = [], []
    for suffix in ("", asking.SECOND):
        try:
            found.append(await side(picture, asking.read(request.query_params, suffix)))
            problems.append(Problems())
        except Refused as refusal:
            problems.append(problems_of(refusal, language_of(request)))
    return (problems[0], problems[1]), (found[0], found[1]) if len(found) == 2 else None


def _named(problems: Problems, suffix: str = "") -> dict[str, str]:
    return {
        name if name in asking.SHARED else name + suffix: sentence
        for name, field in asking.FIELDS.items()
        if (sentence := problems.of(field))
    }


def _result(request: Request, picture: Catalogue, found: Comparison) -> dict[str, object]:
    language = language_of(request)
    return {
        "name": asking.area_name(picture, found.first.asked.area, language),
        "differences": _differences(found.first.asked, found.second.asked, language),
        "figures": _figures(found, language),
        "changes": [_row(picture, change, language) for change in found.changes],
        "query": QUERY % tuple(asking.in_graphql(one.asked) for one in (found.first, found.second)),
        "links": [
            to(request, "/gestioni-associate", **asking.parameters(one.asked))
            for one in (found.first, found.second)
        ],
    }


def _differences(one: ScenarioInput, other: ScenarioInput, language: str) -> list[tuple[str, str, str]]:
    """What the two questions do not share: name, first, second."""
    labels = {name: label.say(language) for name, (_, label, _) in asking.WEIGHTS.items()}
    labels |= {
        "soglia": Sentence("Abitanti che un gruppo deve avere").say(language),
        "soglia_montana": Sentence("Se tutti sono in comunità montane").say(language),
        "fino_a": Sentence("Cerca compagnia chi ha al più").say(language),
        "seme": Sentence("Variante").say(language),
        "quadruplo": Sentence("Basta anche il quadruplo del comune più piccolo").say(language),
    }
    first, second = (_meant(asked, language) for asked in (one, other))
    return [
        (label, first[name], second[name]) for name, label in labels.items() if first[name] != second[name]
    ]


def _meant(asked: ScenarioInput, language: str) -> dict[str, str]:
    """What a question comes to, by parameter, with the law of its day where nothing else is asked."""
    threshold = asked.threshold
    enough = Sentence("sì") if threshold.times_smallest else Sentence("no")
    return {
        **asking.shown({key: str(value) for key, value in asking.parameters(asked).items()}),
        "soglia": number(threshold.size(mountain=False) or 0, language),
        "soglia_montana": number(threshold.size(mountain=True) or 0, language),
        "quadruplo": enough.say(language),
    }


def _figures(found: Comparison, language: str) -> list[tuple[str, str, str]]:
    rows = {
        "groups": (Sentence("Gruppi"), 0),
        "covered": (Sentence("Comuni in un gruppo"), 0),
        "stranded": (Sentence("Comuni senza gruppo"), 0),
        "smallest": (Sentence("Abitanti del gruppo più piccolo"), 0),
        "largest": (Sentence("Abitanti del gruppo più grande"), 0),
        "kilometres": (Sentence("Chilometri dal centro, in media"), 1),
        "heterogeneity": (Sentence("Differenza fra i membri (scarto medio)"), 2),
    }
    one, other = found.first.partition.figures, found.second.partition.figures
    return [
        (
            label.say(language),
            number(getattr(one, name), language, digits),
            number(getattr(other, name), language, digits),
        )
        for name, (label, digits) in rows.items()
    ]


def _row(picture: Catalogue, change: Change, language: str) -> ChangeRow:
    def names(codes: tuple[str, ...]) -> str:
        return ", ".join(picture.municipalities[code].name for code in codes)

    def groups(side: tuple[ScenarioGroup, ...]) -> tuple[str, ...]:
        return tuple(names(one.members) for one in side)

    said = [
        Sentence(one.text, {"names": names(codes)}).say(language)
        for one, codes in (
            (MOVED, change.moved),
            (JOINED, change.joined),
            (LEFT, change.left),
        )
        if codes
    ]
    return ChangeRow(first=groups(change.first), second=groups(change.second), said=" ".join(said))


routes = [Route(PATH, show, name="compare_scenarios")]
