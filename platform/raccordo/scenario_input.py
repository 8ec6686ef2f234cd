"""What a scenario is asked with, and what is refused in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from raccordo import group_needs, legal_rules
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.published import MountainCommunity, Province
from raccordo.refusals import FieldRefusal, Refused
from raccordo.spoken import Amount, Day
from raccordo_graph.objectives import WEIGHTS, Objective
from raccordo_graph.thresholds import Threshold

REGION = "lombardia"
MOST_WEIGHT = 10
MOST_SEED = 999_999
MOST_PEOPLE = 10_000_000  # more than the region has
LEAST_PEOPLE = 100


WRONG = Sentence("Così non si può calcolare: c’è un dato da correggere.")


def small() -> int:
    """The residents up to which a municipality is small: those to which the duty spoke."""
    return legal_rules.named("c28").residents or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioInput:
    """The question: an area, a function, a day, a threshold, weights and a seed.

    `area` is the three digits of a province, the slug of a mountain community or `lombardia`; `up_to` the residents of
    the largest municipality that looks for company. `people`, `in_mountains` and `four_times` (whether four times the
    smallest member is enough) are what the law of the day says where they are None.
    """

    area: str
    function: str
    on: date
    people: int | None = None
    in_mountains: int | None = None
    four_times: bool | None = None
    up_to: int = field(default_factory=small)
    weights: Mapping[Objective, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    seed: int = 1

    @property
    def threshold(self) -> Threshold:
        """What a group should reach: as it is asked, and for the rest as the law of the day says."""
        law = legal_rules.threshold(self.on)
        times = legal_rules.named("lr22-8").times_smallest if self.four_times else None
        return Threshold(
            residents=law.residents if self.people is None else self.people,
            mountain_residents=law.mountain_residents if self.in_mountains is None else self.in_mountains,
            times_smallest=law.times_smallest if self.four_times is None else times,
        )

    @property
    def is_region(self) -> bool:
        return self.area == REGION


DEFAULT_WEIGHTS: Mapping[Objective, int] = {objective: round(weight) for objective, weight in WEIGHTS.items()}


def area_of(catalogue: Catalogue, code: str) -> Province | MountainCommunity | None:
    """The province or mountain community of that key."""
    return catalogue.provinces.get(code) or catalogue.mountain_communities.get(code)


def codes_of(catalogue: Catalogue, area: str) -> tuple[str, ...]:
    """Every municipality of the area; raises KeyError for an unknown one."""
    if area == REGION:
        return tuple(catalogue.municipalities)
    found = area_of(catalogue, area)
    if found is None:
        raise KeyError(area)
    return found.municipalities


def themes_of(catalogue: Catalogue, letter: str) -> dict[str, frozenset[str]]:
    """What the published needs of every municipality are about, as far as they are about the function."""
    asked = sorted(group_needs.of_towns(catalogue, letter).items())
    themes = {code: frozenset(theme for need in needs for theme in need.themes) for code, needs in asked}
    return {code: found for code, found in themes.items() if found}


def check(catalogue: Catalogue, asked: ScenarioInput) -> None:
    """Raise Refused with a sentence for every field that cannot be."""
    problems = [*_places(catalogue, asked), *_numbers(asked)]
    if problems:
        raise Refused("invalid", WRONG, problems)


def _places(catalogue: Catalogue, asked: ScenarioInput) -> list[FieldRefusal]:
    problems = []
    if not asked.area:
        sentence = Sentence("Manca la zona: una provincia, una comunità montana o tutta la Lombardia.")
        problems.append(FieldRefusal("area", "missing", sentence))
    elif not asked.is_region and area_of(catalogue, asked.area) is None:
        sentence = Sentence(
            "Nessuna provincia o comunità montana ha il codice «{code}»: per esempio 014 per Sondrio, o «lombardia».",
            {"code": asked.area[:40]},
        )
        problems.append(FieldRefusal("area", "unknown", sentence))
    if not asked.function:
        sentence = Sentence("Manca la funzione: che cosa si vorrebbe gestire insieme?")
        problems.append(FieldRefusal("function", "missing", sentence))
    elif asked.function not in catalogue.functions:
        sentence = Sentence(
            "Nessuna funzione fondamentale ha la lettera «{letter}»: vanno da a) a l-bis).",
            {"letter": asked.function[:10]},
        )
        problems.append(FieldRefusal("function", "unknown", sentence))
    if asked.people is None and legal_rules.threshold(asked.on).residents is None:
        sentence = Sentence(
            "Il {day} nessuna norma fissava una dimensione minima: serve un numero di abitanti.",
            {"day": Day(asked.on)},
        )
        problems.append(FieldRefusal("people", "missing", sentence))
    return problems


def _numbers(asked: ScenarioInput) -> list[FieldRefusal]:
    limits = {
        "people": (asked.people, LEAST_PEOPLE, MOST_PEOPLE),
        "in_mountains": (asked.in_mountains, LEAST_PEOPLE, MOST_PEOPLE),
        "up_to": (asked.up_to, LEAST_PEOPLE, MOST_PEOPLE),
        "seed": (asked.seed, 0, MOST_SEED),
        **{
            objective.value.lower(): (asked.weights.get(objective, 0), 0, MOST_WEIGHT)
            for objective in Objective
        },
    }
    problems = [
        FieldRefusal(
            name,
            "out_of_range",
            Sentence(
                "Serve un numero intero fra {least} e {most}.", {"least": Amount(least), "most": Amount(most)}
            ),
        )
        for name, (value, least, most) in limits.items()
        if value is not None and not least <= value <= most
    ]
    if not problems and not any(asked.weights.values()):
        sentence = Sentence("Con tutti i pesi a zero ogni gruppo vale un altro: ne serve almeno uno.")
        problems.append(FieldRefusal("number", "no_weight", sentence))
    return problems
