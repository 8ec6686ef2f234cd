"""The question of a scenario as the address says it: plain GET parameters, the same in the form and in every link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from json import dumps
from typing import TypeVar

from raccordo import legal_rules
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.refusals import FieldRefusal, Refused
from raccordo.scenario_input import DEFAULT_WEIGHTS, REGION, WRONG, ScenarioInput, small
from raccordo.whole_numbers import whole
from raccordo_graph.objectives import Objective
from raccordo_graph.thresholds import Threshold
from raccordo_ui.forms import Problems
from raccordo_ui.provinces import full_name

V = TypeVar("V")

SECOND = "_2"  # ends the names of the second scenario's parameters, where two are compared
SHARED = ("zona", "funzione", "data")
CHOICE = Sentence("Serve una delle scelte dell’elenco.")

WEIGHTS: Mapping[str, tuple[Objective, Sentence, Sentence]] = {
    "numero": (
        Objective.NUMBER,
        Sentence("Tanti gruppi"),
        Sentence("Ogni gruppo grande quanto serve e non di più."),
    ),
    "equilibrio": (
        Objective.BALANCE,
        Sentence("Equilibrio"),
        Sentence("Nessun gruppo molto più grande degli altri."),
    ),
    "vicinanza": (
        Objective.COMPACTNESS,
        Sentence("Vicinanza"),
        Sentence("Membri vicini al centro del gruppo, in linea d’aria."),
    ),
    "somiglianza": (
        Objective.SIMILARITY,
        Sentence("Somiglianza"),
        Sentence("Comuni simili per abitanti, età e densità."),
    ),
    "comunita": (
        Objective.COMMUNITY,
        Sentence("Stessa comunità montana"),
        Sentence("Chi è già nella stessa comunità resta insieme."),
    ),
    "bisogni": (
        Objective.NEEDS,
        Sentence("Bisogni simili"),
        Sentence("Chi ha scritto bisogni sugli stessi temi della funzione sta insieme."),
    ),
}
NUMBERS = {"soglia": "people", "soglia_montana": "in_mountains", "fino_a": "up_to", "seme": "seed"}
FIELDS = {
    "zona": "area",
    "funzione": "function",
    "data": "on",
    **NUMBERS,
    "quadruplo": "four_times",
    **{name: objective.value.lower() for name, (objective, _, _) in WEIGHTS.items()},
}
"""By parameter, the field that a refusal is about."""

FOUR_TIMES = {"": None, "si": True, "no": False}
DEFAULTS: Mapping[str, str] = {
    "soglia": "",
    "soglia_montana": "",
    "quadruplo": "",
    "fino_a": str(small()),
    "seme": "1",
    **{name: str(DEFAULT_WEIGHTS[objective]) for name, (objective, _, _) in WEIGHTS.items()},
}
"""By parameter, what is meant when it is left out; the empty text is what the law of the day says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightField:
    """A weight as the form shows it."""

    name: str
    label: str
    hint: str


def shown(values: Mapping[str, str], suffix: str = "") -> dict[str, str]:
    """What the fields of the form hold: what was typed, or what is meant when nothing is."""
    given = {name: values.get(name if name in SHARED else name + suffix, "") for name in FIELDS}
    meant = {"data": today().isoformat(), **DEFAULTS}
    return {name: value or meant.get(name, "") for name, value in given.items()}


def law(fields: Mapping[str, str]) -> Threshold:
    """The threshold of the law on the day that the form holds, or today where that is no day."""
    try:
        return legal_rules.threshold(date.fromisoformat(fields["data"].strip()))
    except ValueError:
        return legal_rules.threshold(today())


def read(values: Mapping[str, str], suffix: str = "") -> ScenarioInput:
    """The question; raises Refused for what is no number or no day. What is left out has its default."""
    fields, problems = shown(values, suffix), list[FieldRefusal]()

    def number(name: str) -> int | None:
        sentence = Sentence("Serve un numero intero.")
        return _read(name, fields[name], _number, sentence, problems) if fields[name] else None

    day = Sentence("Serve un giorno, scritto come 2026-11-24.")
    asked = ScenarioInput(
        area=fields["zona"].strip(),
        function=fields["funzione"].strip(),
        on=_read("data", fields["data"], date.fromisoformat, day, problems) or today(),
        people=number("soglia"),
        in_mountains=number("soglia_montana"),
        four_times=_read("quadruplo", fields["quadruplo"], _whether, CHOICE, problems),
        up_to=number("fino_a") or 0,
        weights={objective: number(name) or 0 for name, (objective, _, _) in WEIGHTS.items()},
        seed=number("seme") or 0,
    )
    if problems:
        raise Refused("invalid", WRONG, problems)
    return asked


def _read(
    name: str, text: str, reads: Callable[[str], V], sentence: Sentence, problems: list[FieldRefusal]
) -> V | None:
    try:
        return reads(text.strip())
    except ValueError:
        problems.append(FieldRefusal(FIELDS[name], "unreadable", sentence))
        return None


def _number(text: str) -> int:
    found = whole(text)
    if found is None:
        raise ValueError(text)
    return found


def _whether(text: str) -> bool | None:
    if text not in FOUR_TIMES:
        raise ValueError(text)
    return FOUR_TIMES[text]


def summed_up(problems: Problems, named: Mapping[str, str], language: str) -> Problems:
    """What stands above the form: a sentence, and links to the fields; a field's own sentence is not said twice."""
    sentence = WRONG.say(language) if problems.sentence in named.values() else problems.sentence
    return Problems(sentence, named)


def parameters(asked: ScenarioInput, suffix: str = "") -> dict[str, object]:
    """The question as parameters of an address; what is the default is left out."""
    chosen = next(text for text, meant in FOUR_TIMES.items() if meant is asked.four_times)
    values: dict[str, object] = {
        "soglia": "" if asked.people is None else asked.people,
        "soglia_montana": "" if asked.in_mountains is None else asked.in_mountains,
        "quadruplo": chosen,
        "fino_a": asked.up_to,
        "seme": asked.seed,
        **{name: asked.weights.get(objective, 0) for name, (objective, _, _) in WEIGHTS.items()},
    }
    changed = {name + suffix: str(value) for name, value in values.items() if str(value) != DEFAULTS[name]}
    place = {"zona": asked.area, "funzione": asked.function, "data": asked.on.isoformat()}
    return {**place, **changed}


def in_graphql(asked: ScenarioInput) -> str:
    """The question as a program writes it in a query; every value was understood before, none is free text."""
    weights = ", ".join(f"{one.value.lower()}: {weight}" for one, weight in asked.weights.items())
    values = {
        "area": asked.area,
        "function": asked.function,
        "on": asked.on.isoformat(),
        "people": asked.people,
        "inMountains": asked.in_mountains,
        "fourTimes": asked.four_times,
        "upTo": asked.up_to,
        "seed": asked.seed,
    }
    return ", ".join(
        [*(f"{name}: {dumps(value)}" for name, value in values.items()), f"weights: {{{weights}}}"]
    )


def areas(picture: Catalogue, language: str) -> list[tuple[str, str]]:
    """Every area that can be asked for."""
    region = (REGION, Sentence("Tutta la Lombardia (in sottofondo)").say(language))
    provinces = [(code, full_name(one, language)) for code, one in picture.provinces.items()]
    return [region, *provinces, *((slug, one.name) for slug, one in picture.mountain_communities.items())]


def area_name(picture: Catalogue, code: str, language: str) -> str:
    """What the area is called; the code itself when there is none."""
    if code == REGION:
        return "Lombardia" if language == "it" else "Lombardy"
    return dict(areas(picture, language)).get(code, code)


def weight_fields(language: str) -> tuple[WeightField, ...]:
    """The weights in the order of the form."""
    return tuple(
        WeightField(name=name, label=label.say(language), hint=hint.say(language))
        for name, (_, label, hint) in WEIGHTS.items()
    )
