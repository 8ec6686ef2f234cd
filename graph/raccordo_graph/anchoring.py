"""A larger neighbour for those who cannot reach the threshold among themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from raccordo_graph.territory import Territory, apart, border, neighbours, outline

OFFERED = 3
"""Anchors offered to one piece of land."""

BORDER, NEARNESS, COMMUNITY = 0.4, 0.4, 0.2
"""What counts for an anchor: shared border, closeness, the same mountain community; together 1."""

HALF_KM = 5.0
"""So far away closeness is one half."""


class Reason(StrEnum):
    """Why municipalities found no group."""

    ISLAND = "ISLAND"
    ALONE = "ALONE"
    TOO_FEW = "TOO_FEW"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A larger municipality next to those without a group: shared border in metres, distance in km, score 0 to 1."""

    code: str
    population: int
    metres: int
    kilometres: float
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranded:
    """Neighbours that reach no threshold together, why, and with whom they could.

    `anchors` are larger neighbours, best first, wherever they are; `beyond` are the other neighbours that are not part
    of the question, such as those of the next province, in the order of the codes.
    """

    members: tuple[str, ...]
    reason: Reason
    population: int
    needed: int
    anchors: tuple[Anchor, ...]
    beyond: tuple[str, ...]


def stranded(
    territory: Territory, members: Collection[str], asked: Collection[str], *, needed: int, least: int
) -> Stranded:
    """Return why `members` are without a group and whom they can turn to; `asked` are all who looked for one.

    An anchor is a neighbour with at least `least` residents that looks for no group itself.
    """
    own = tuple(sorted(members))
    around = [code for code in neighbours(territory, own) if code not in asked]
    larger = [code for code in around if territory.nodes[code]["population"] >= least]
    anchors = sorted(
        (_anchor(territory, own, code) for code in larger), key=lambda one: (-one.score, one.code)
    )
    return Stranded(
        members=own,
        reason=_reason(territory, own, asked),
        population=sum(territory.nodes[code]["population"] for code in own),
        needed=needed,
        anchors=tuple(anchors[:OFFERED]),
        beyond=tuple(code for code in around if code not in larger),
    )


def _reason(territory: Territory, own: tuple[str, ...], asked: Collection[str]) -> Reason:
    if not neighbours(territory, own):
        return Reason.ISLAND
    return Reason.ALONE if len(own) == 1 and not set(territory.adj[own[0]]) & set(asked) else Reason.TOO_FEW


def _anchor(territory: Territory, own: tuple[str, ...], code: str) -> Anchor:
    metres = sum(border(territory, one, code) for one in own)
    km = sum(apart(territory, one, code) for one in own) / len(own)
    communities = {territory.nodes[one]["mountain_community"] for one in (*own, code)}
    score = (
        BORDER * metres / sum(outline(territory, one) for one in own)
        + NEARNESS / (1 + km / HALF_KM)
        + COMMUNITY * (len(communities) == 1 and None not in communities)
    )
    return Anchor(
        code=code,
        population=territory.nodes[code]["population"],
        metres=metres,
        kilometres=km,
        score=round(score, 9),
    )
