"""The shares of a cost among municipalities, from what somebody typed: the arithmetic is in `raccordo_graph`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from raccordo.association_input import INVALID
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.published import Municipality
from raccordo.refusals import FieldRefusal, Refused
from raccordo.typed_towns import members_of, split
from raccordo_graph.cost_sharing import Base, CannotShare, Share, Weights, share

MOST = 10**9  # euro, or units of use
SEPARATED = re.compile(
    r"[1-9]\d{0,2}(?:(?:\.\d{3})+(?:,\d{1,2})?|(?:,\d{3})+(?:\.\d{1,2})?)|\d+(?:[.,]\d{1,2})?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostInput:
    """As typed: the cost in euro, the weights of the three parts, the units of use of each municipality."""

    cost: str = ""
    population: str = ""
    area: str = ""
    use: str = ""
    used: Mapping[str, str] = field(default_factory=dict)


def towns(catalogue: Catalogue, typed: str) -> tuple[Municipality, ...]:
    """The municipalities whose names or codes were typed, each once; raises Refused about `members`."""
    wrong: list[FieldRefusal] = []
    found = members_of(catalogue, split([typed]), wrong, fewest=0)
    if wrong:
        raise Refused("invalid", INVALID, wrong)
    return found


def shared(members: Sequence[Municipality], wanted: CostInput) -> tuple[Share, ...]:
    """What each municipality pays, in the order of `members`; without any weight, by population.

    Raises Refused with a sentence for each field: `cost`, `population`, `area`, `use`, `use_` and a code.
    """
    wrong: list[FieldRefusal] = []
    cost = _amount("cost", wanted.cost, wrong)
    weights = Weights(
        population=_amount("population", wanted.population, wrong),
        area=_amount("area", wanted.area, wrong),
        use=_amount("use", wanted.use, wrong),
    )
    if not (weights.population or weights.area or weights.use):
        weights = Weights(population=1.0)
    bases = [
        Base(
            town.istat_code,
            population=town.population,
            area=town.area_km2,
            use=_amount(f"use_{town.istat_code}", wanted.used.get(town.istat_code, ""), wrong),
        )
        for town in members
    ]
    if not wanted.cost.strip():
        wrong.append(FieldRefusal("cost", "missing", Sentence("Manca il costo di un anno, in euro.")))
    if not wrong:
        try:
            return share(round(cost * 100), bases, weights)
        except CannotShare:
            sentence = Sentence(
                "L’uso conta, ma nessun comune ha una cifra: ne serve almeno una sopra lo zero."
            )
            wrong.append(FieldRefusal("use", "nothing_used", sentence))
    raise Refused(
        "invalid", Sentence("Il riparto non si può ancora calcolare: ecco che cosa correggere."), wrong
    )


def _amount(name: str, typed: str, wrong: list[FieldRefusal]) -> float:
    """A number with at most two decimals; a point or a comma before three digits separates thousands."""
    text = typed.replace("€", "").replace(" ", "").replace("\u00a0", "")
    if not text:
        return 0.0
    if not SEPARATED.fullmatch(text) or len(text) > 20:
        sentence = Sentence("«{value}» non è una cifra: per esempio 12.000,50.", {"value": typed[:30]})
        wrong.append(FieldRefusal(name, "not_a_number", sentence))
        return 0.0
    whole, decimals = text, ""
    if found := re.search(r"[.,](\d{1,2})$", text):
        whole, decimals = text[: found.start()], found[1]
    value = float(f"{re.sub(r'[.,]', '', whole)}.{decimals or 0}")
    if value > MOST:
        wrong.append(
            FieldRefusal(name, "too_large", Sentence("La cifra è troppo grande: il massimo è un miliardo."))
        )
    return value
