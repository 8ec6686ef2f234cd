"""The groups that an equity floor protects: size classes, the mountains, each province."""

from __future__ import annotations

from collections.abc import Mapping

from raccordo.assignment_scenario import Scenario
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.published import MountainCommunity, Municipality, Need, Province, TerritorialBody

SMALL, MIDDLE = 1_000, 5_000  # inhabitants, the upper ends of the first two classes
MOUNTAIN = "mountain"


def groups_of(owner: TerritorialBody) -> tuple[str, ...]:
    """The keys of the groups that a need of `owner` belongs to; only a municipality has a size class."""
    if isinstance(owner, Municipality):
        size = "small" if owner.population <= SMALL else "middle" if owner.population <= MIDDLE else "large"
        mountain = (MOUNTAIN,) if owner.mountain_community else ()
        return (f"size:{size}", *mountain, f"province:{owner.province}")
    if isinstance(owner, MountainCommunity):
        return (MOUNTAIN, f"province:{owner.province}")
    return (f"province:{owner.istat_code}",) if isinstance(owner, Province) else ()


def members(picture: Catalogue, needs: list[Need]) -> Mapping[str, list[int]]:
    """The numbers of the needs of each group, both in order."""
    found: dict[str, list[int]] = {}
    for need in needs:
        for key in groups_of(picture.owner(need)):
            found.setdefault(key, []).append(need.number)
    return dict(sorted(found.items()))


def asked(scenario: Scenario, key: str, size: int) -> int:
    """How many needs of a group of `size` a scenario wants served well; what is written for the group wins."""
    shares = {
        "size": scenario.size_share,
        MOUNTAIN: scenario.mountain_share,
        "province": scenario.province_share,
    }
    by_share = -(-size * shares[key.partition(":")[0]] // 100)  # rounded up
    return min(size, scenario.floors.get(key, by_share))


def name_of(picture: Catalogue, key: str) -> Sentence:
    """A group in words."""
    kind, _, code = key.partition(":")
    if kind == "province" and code in picture.provinces:
        return Sentence("provincia: {name}", {"name": picture.provinces[code].name})
    return _NAMES.get(key, Sentence("{key}", {"key": key}))


_NAMES: Mapping[str, Sentence] = {
    "size:small": Sentence("comuni fino a 1.000 abitanti"),
    "size:middle": Sentence("comuni da 1.001 a 5.000 abitanti"),
    "size:large": Sentence("comuni con più di 5.000 abitanti"),
    MOUNTAIN: Sentence("montagna"),
}
