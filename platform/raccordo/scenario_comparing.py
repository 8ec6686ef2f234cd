"""Two scenarios of the same area side by side: which groups stay, and which become others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from raccordo import scenarios
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.refusals import refused
from raccordo.scenario_input import ScenarioInput
from raccordo.scenarios import Scenario
from raccordo_graph.partition import ScenarioGroup

TOO_LARGE = Sentence(
    "Si confrontano due scenari di una provincia o di una comunità montana, non di tutta la regione."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Groups of the first scenario that become groups of the second by exchanging members with nobody else.

    `moved` are the municipalities that would have other company; `joined` and `left` those that have a group in one of
    the two only.
    """

    first: tuple[ScenarioGroup, ...]
    second: tuple[ScenarioGroup, ...]
    moved: tuple[str, ...]
    joined: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What both scenarios suggest, and the changes between them, in the order of their first member."""

    first: Scenario
    second: Scenario
    same: tuple[ScenarioGroup, ...]
    changes: tuple[Change, ...]


async def side(catalogue: Catalogue, asked: ScenarioInput) -> Scenario:
    """One of two scenarios to compare; raises Refused, also for the whole region."""
    if asked.is_region:
        raise refused("area", "too_large", TOO_LARGE)
    return await scenarios.scenario(catalogue, asked)


def compare(first: Scenario, second: Scenario) -> Comparison:
    """Compare two scenarios; raises Refused when they are about different areas."""
    if first.asked.area != second.asked.area:
        raise refused("area", "different", Sentence("Si confrontano due scenari della stessa zona."))
    one, other = first.partition.groups, second.partition.groups
    kept = {group.members for group in one} & {group.members for group in other}
    return Comparison(
        first=first,
        second=second,
        same=tuple(group for group in one if group.members in kept),
        changes=_changes(
            [group for group in one if group.members not in kept],
            [group for group in other if group.members not in kept],
        ),
    )


def _changes(one: Sequence[ScenarioGroup], other: Sequence[ScenarioGroup]) -> tuple[Change, ...]:
    """Connected parts of the overlap between the two lists of groups."""
    waiting = [(side, group) for side, groups in enumerate((one, other)) for group in groups]
    found = []
    while waiting:
        part, codes = [waiting.pop(0)], set[str]()
        codes |= set(part[0][1].members)
        while touching := [pair for pair in waiting if codes & set(pair[1].members)]:
            part += touching
            waiting = [pair for pair in waiting if pair not in touching]
            codes |= {code for _, group in touching for code in group.members}
        found.append(_change([g for side, g in part if side == 0], [g for side, g in part if side == 1]))
    return tuple(sorted(found, key=lambda change: min((*change.first, *change.second), key=_first).members))


def _first(group: ScenarioGroup) -> tuple[str, ...]:
    return group.members


def _change(one: Sequence[ScenarioGroup], other: Sequence[ScenarioGroup]) -> Change:
    before = {code: set(group.members) for group in one for code in group.members}
    after = {code: set(group.members) for group in other for code in group.members}
    return Change(
        first=tuple(sorted(one, key=_first)),
        second=tuple(sorted(other, key=_first)),
        moved=tuple(sorted(code for code in before.keys() & after.keys() if before[code] != after[code])),
        joined=tuple(sorted(after.keys() - before.keys())),
        left=tuple(sorted(before.keys() - after.keys())),
    )
