"""Scenarios of associated management: an area divided into groups for a function. Suggested, never a duty."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from raccordo import associated_managements, computations, scenario_work
from raccordo.catalogue import Catalogue
from raccordo.catalogue_managements import ManagementRecord
from raccordo.computations import Calculation, Values
from raccordo.language import Sentence
from raccordo.people import Actor
from raccordo.refusals import Refused, refused
from raccordo.rights import NOTHING, demand
from raccordo.scenario_input import ScenarioInput, check, codes_of, themes_of
from raccordo.spoken import Amount
from raccordo_graph.partition import Partition, Way, partition, restored
from raccordo_graph.partition_version import PARTITION_VERSION
from raccordo_graph.remedies import remedy, within_reach
from raccordo_graph.territory import Territory

KEPT = 64  # scenarios in the cache
MOST_WAITING = 8  # for one that is computed while one waits
OUT_OF_REACH = Sentence(
    "Qui nessun gruppo di comuni confinanti arriva a {people} abitanti: con una soglia di {reachable} o meno sì, "
    "oppure con una zona più grande."
)
OUT_OF_REACH_BUT = Sentence(
    "Qui nessun gruppo di comuni confinanti arriva a {people} abitanti: con una soglia di {reachable} o meno sì, "
    "oppure ammettendo comuni fino a {up_to} abitanti."
)
SEPARATOR = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """An answered question; the same `snapshot_id` means the same groups.

    `area` are all municipalities of the area, `asked_for` those that look for company, `managed` the joint forms that
    members of the area have for the function on that day already.
    """

    snapshot_id: str
    asked: ScenarioInput
    area: tuple[str, ...]
    asked_for: tuple[str, ...]
    partition: Partition
    managed: Mapping[str, tuple[ManagementRecord, ...]]


_cache: OrderedDict[str, Partition] = OrderedDict()
_turn = asyncio.Lock()
_waiting = 0


def snapshot_id(catalogue: Catalogue, asked: ScenarioInput) -> str:
    """Names what a scenario was computed from: this database, its catalogue's version, the question and the code.

    The day counts by what the law asked on it: two days with the same threshold have the same groups.
    """
    weights = sorted((objective.value, weight) for objective, weight in asked.weights.items())
    question = [asked.area, asked.function, str(asked.threshold), asked.up_to, asked.seed, weights]
    parts = (catalogue.database_id, str(catalogue.version), PARTITION_VERSION, repr(question))
    return sha256(SEPARATOR.join(parts).encode()).hexdigest()[:16]


async def scenario(catalogue: Catalogue, asked: ScenarioInput) -> Scenario:
    """The groups for a province or a mountain community, computed while one waits.

    Raises Refused for what cannot be asked, for the region (`start`), and for a threshold that nobody can reach.
    """
    codes = _codes(catalogue, asked)
    if asked.is_region:
        raise refused(
            "area", "too_large", Sentence("Tutta la Lombardia si calcola in sottofondo, con il suo pulsante.")
        )
    name = snapshot_id(catalogue, asked)
    if name not in _cache:
        found = await _in_turn(catalogue, asked, codes, name)
        if not found.groups:
            await asyncio.to_thread(_demand_groups, catalogue, asked)
        _keep(name, found)
    return _scenario(catalogue, asked, codes, name, _kept(name))


async def _in_turn(
    catalogue: Catalogue, asked: ScenarioInput, codes: tuple[str, ...], name: str
) -> Partition:
    """One province at a time is computed in this process; raises Refused where many wait."""
    global _waiting  # how many wait in this process
    if _waiting >= MOST_WAITING:
        raise Refused(
            "busy", Sentence("Ci sono già molti calcoli in attesa: si può riprovare fra qualche minuto.")
        )
    _waiting += 1
    try:
        async with _turn:
            if name in _cache:  # somebody else asked the same meanwhile
                return _cache[name]
            return await asyncio.to_thread(_computed, catalogue, asked, codes)
    finally:
        _waiting -= 1


def _scenario(
    catalogue: Catalogue, asked: ScenarioInput, codes: tuple[str, ...], name: str, found: Partition
) -> Scenario:
    area = codes_of(catalogue, asked.area)
    managed = associated_managements.in_force(catalogue, asked.function, asked.on)
    return Scenario(
        snapshot_id=name,
        asked=asked,
        area=area,
        asked_for=codes,
        partition=found,
        managed={code: managed[code] for code in area if code in managed},
    )


def _keep(key: str, found: Partition) -> None:
    _cache[key] = found
    while len(_cache) > KEPT:
        _cache.popitem(last=False)


def _kept(key: str) -> Partition:
    _cache.move_to_end(key)
    return _cache[key]


async def answered(catalogue: Catalogue, asked: ScenarioInput) -> Scenario | None:
    """The scenario, or None for the region, which is computed in the background; raises Refused."""
    if not asked.is_region:
        return await scenario(catalogue, asked)
    check(catalogue, asked)
    return None


def _land(catalogue: Catalogue) -> Territory:
    """The territory without those that chose to be left out of suggestions: neither members nor anchors."""
    if not catalogue.opted_out:
        return catalogue.territory
    return catalogue.territory.subgraph(catalogue.territory.nodes - catalogue.opted_out)


def _computed(catalogue: Catalogue, asked: ScenarioInput, codes: tuple[str, ...]) -> Partition:
    return partition(
        _land(catalogue),
        codes,
        threshold=asked.threshold,
        weights=asked.weights,
        themes=themes_of(catalogue, asked.function),
        seed=asked.seed,
        way=Way.BEST,
    )


def _codes(catalogue: Catalogue, asked: ScenarioInput) -> tuple[str, ...]:
    """Who looks for company; raises Refused for what cannot be asked, and when fewer than two do."""
    check(catalogue, asked)
    area = _suggestible(catalogue, asked)
    codes = tuple(code for code in area if catalogue.municipalities[code].population <= asked.up_to)
    if len(area) < 2:
        raise refused(
            "area", "nobody", Sentence("Qui meno di due comuni si lasciano suggerire: serve un’altra zona.")
        )
    if len(codes) < 2:
        smallest = sorted(catalogue.municipalities[code].population for code in area)[1]
        raise refused(
            "up_to",
            "nobody",
            Sentence(
                "Qui meno di due comuni hanno al più {up_to} abitanti: serve un limite di almeno {least}.",
                {"up_to": asked.up_to, "least": smallest},
            ),
        )
    return codes


def _suggestible(catalogue: Catalogue, asked: ScenarioInput) -> tuple[str, ...]:
    """The area without those that chose to be left out of suggestions."""
    return tuple(code for code in codes_of(catalogue, asked.area) if code not in catalogue.opted_out)


def _demand_groups(catalogue: Catalogue, asked: ScenarioInput) -> None:
    """Say what would make the threshold possible; called when nobody reaches it."""
    area = _suggestible(catalogue, asked)
    mountain = all(catalogue.municipalities[code].mountain_community for code in area)
    people = asked.threshold.size(mountain=mountain) or 0
    found = remedy(_land(catalogue), area, people=people, up_to=asked.up_to)
    numbers = {"people": people, "reachable": found.reachable, "up_to": found.up_to}
    values = {name: Amount(number) for name, number in numbers.items() if number is not None}
    said = OUT_OF_REACH if found.up_to is None else OUT_OF_REACH_BUT
    field = "in_mountains" if mountain else "people"
    raise refused(field, "out_of_reach", Sentence(said.text, values))


def _demand_reach(catalogue: Catalogue, asked: ScenarioInput) -> None:
    area = _suggestible(catalogue, asked)
    if not within_reach(_land(catalogue), area, asked.threshold, up_to=asked.up_to):
        _demand_groups(catalogue, asked)


async def start(catalogue: Catalogue, actor: Actor, asked: ScenarioInput) -> str:
    """Ask for the scenario of the whole region, in the background; return its token. Raises Refused."""
    sentence = Sentence("Questo programma non può chiedere calcoli: al suo accesso manca la lettura.")
    demand(actor, "compute", "scenario", NOTHING, sentence)
    _codes(catalogue, asked)
    await asyncio.to_thread(_demand_reach, catalogue, asked)
    return await computations.start(
        scenario_work.KIND, scenario_work.written(asked), snapshot_id(catalogue, asked)
    )


async def computed(catalogue: Catalogue, token: str) -> tuple[Calculation, ScenarioInput, Scenario | None]:
    """A computation, what it was asked with, and the scenario when it is done; raises NotFound.

    Every group is checked again on the territory of today, once for each picture of it; one that no longer holds makes
    the result void.
    """
    found = await computations.find(token, scenario_work.KIND.name)
    asked = scenario_work.read(found.inputs)
    if not found.result:
        return found, asked, None
    codes = _codes(catalogue, asked)
    key = SEPARATOR.join((found.token, snapshot_id(catalogue, asked)))
    if key not in _cache:
        checked = await asyncio.to_thread(_restored, catalogue, asked, codes, found.result)
        if checked is None:
            return found, asked, None
        _keep(key, checked)
    return found, asked, _scenario(catalogue, asked, codes, str(found.result["snapshot_id"]), _kept(key))


def _restored(
    catalogue: Catalogue, asked: ScenarioInput, codes: tuple[str, ...], result: Values
) -> Partition | None:
    try:
        return restored(
            _land(catalogue),
            codes,
            [tuple(group) for group in result["groups"]],
            threshold=asked.threshold,
            weights=asked.weights,
            themes=themes_of(catalogue, asked.function),
        )
    except (KeyError, ValueError):
        return None
