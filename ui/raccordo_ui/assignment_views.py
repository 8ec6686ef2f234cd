"""Plans as their pages show them: bars of loads, lines, and figures of two scenarios side by side."""

from __future__ import annotations

from dataclasses import dataclass, fields

from starlette.requests import Request

from raccordo.assignment_reading import Load, PlanLine
from raccordo.assignment_scenario import Scenario, ScenarioInput
from raccordo.assignments import StoredPlan
from raccordo.language import Sentence
from raccordo_ui.formats import number, percentage
from raccordo_ui.language import to


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A laboratory's load against its places; both widths are parts of 100, and at least one fills it."""

    load: Load
    filled: float
    places: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line of a plan with the pages that it leads to."""

    line: PlanLine
    need_href: str
    laboratory_href: str


FIGURES: tuple[tuple[str, Sentence], ...] = (
    ("needs", Sentence("Bisogni")),
    ("given", Sentence("Abbinamenti dati")),
    ("unserved", Sentence("Bisogni senza laboratorio")),
    ("places", Sentence("Posti offerti")),
    ("total", Sentence("Punteggio in tutto")),
    ("share", Sentence("Parte del massimo possibile")),
    ("worst", Sentence("Il servito peggio")),
    ("bound", Sentence("Il servito peggio: al massimo")),
)
SETTINGS: dict[str, Sentence] = {
    "least_each": Sentence("Laboratori per bisogno, almeno"),
    "most_each": Sentence("Laboratori per bisogno, al più"),
    "assumed_places": Sentence("Posti supposti dove sono da chiedere"),
    "least_band": Sentence("Abbinamenti ammessi"),
    "examples": Sentence("Anche gli esempi"),
    "size_share": Sentence("Per ogni classe di abitanti, serviti bene almeno (%)"),
    "mountain_share": Sentence("In montagna, serviti bene almeno (%)"),
    "province_share": Sentence("In ogni provincia, serviti bene almeno (%)"),
    "floor_fit": Sentence("Servito bene vuol dire un punteggio di almeno (centesimi)"),
    "tolerance": Sentence("Parte del totale a cui si rinuncia per il servito peggio (%)"),
    "seed": Sentence("Seme per i pari merito"),
    "quotas": Sentence("Posti per laboratorio"),
    "demands": Sentence("Laboratori per bisogno"),
    "floors": Sentence("Bisogni serviti bene per gruppo"),
    "let_go": Sentence("Vincoli a mano non considerati"),
}


def bars(loads: list[Load]) -> list[Bar]:
    """The loads on one scale."""
    longest = max((max(load.needs, load.most) for load in loads), default=1) or 1
    return [
        Bar(
            load=load, filled=round(100 * load.needs / longest, 1), places=round(100 * load.most / longest, 1)
        )
        for load in loads
    ]


def lines_in_words(request: Request, lines: list[PlanLine]) -> list[LineView]:
    return [
        LineView(
            line=line,
            need_href=to(request, f"/bisogni/{line.need}") if line.need_title else "",
            laboratory_href=to(request, f"/laboratori/{line.laboratory}"),
        )
        for line in lines
    ]


def compared(one: StoredPlan, other: StoredPlan, language: str) -> list[tuple[str, str, str]]:
    """The figures of two plans: what they measure, and both values; a dash where there is no plan."""
    rows = []
    for name, title in FIGURES:
        values = [
            _shown(getattr(found, name), name, language) if found else "—"
            for found in (one.figures, other.figures)
        ]
        rows.append((title.say(language), values[0], values[1]))
    return rows


def _shown(value: float, name: str, language: str) -> str:
    if name == "share":
        return percentage(value, language, 2)
    return number(value, language, 3) if isinstance(value, float) else number(value, language)


def changed_settings(one: Scenario, other: Scenario, language: str) -> list[tuple[str, str, str]]:
    """What was asked for differently: the setting, and both values."""
    before, after = one.typed(), other.typed()
    found = []
    for field in fields(ScenarioInput):
        was, is_now = getattr(before, field.name), getattr(after, field.name)
        if field.name != "name" and was != is_now:
            found.append((SETTINGS[field.name].say(language), was or "—", is_now or "—"))
    return found
