"""The best proposal that a pool of good groups allows: every municipality in exactly one of them (HiGHS)."""

from collections.abc import Sequence

from raccordo_graph.ground import Ground, Group, bits

POOL = 8
"""Groups kept in the pool for every municipality."""

NODES = 50
"""Nodes of branch and bound at most: a limit of nodes, not of time, gives the same answer on every machine."""

GAP = 1e-4
"""How far from the proven optimum of the pool the answer may stay, as a share."""


def chosen(ground: Ground, groups: Sequence[Group]) -> list[Group]:
    """Return the cheapest groups out of the pool that cover exactly those of `groups`; `groups` when none are cheaper.

    The pool is every group that `ground` has met, the most promising first: those that cost least beyond what their
    members pay today.
    """
    pool = _pool(ground, groups)
    found = _solved(pool, sorted({at for group in groups for at in bits(group)}))
    if not found or _price(ground, found) >= _price(ground, groups) - 1e-9:
        return sorted(groups)
    return found


def _price(ground: Ground, groups: Sequence[Group]) -> float:
    return sum(ground.price(group) or 0.0 for group in groups)


def _pool(ground: Ground, groups: Sequence[Group]) -> list[tuple[Group, float]]:
    covered = sum(groups)
    pays = {at: (ground.price(group) or 0.0) / group.bit_count() for group in groups for at in bits(group)}
    met = [
        (price - sum(pays[at] for at in bits(group)), group, price)
        for group, price in ground.known.items()
        if price is not None and not group & ~covered
    ]
    kept = sorted(met)[: POOL * len(pays)]
    inside = {group for _, group, _ in kept}
    return [(group, price) for _, group, price in kept] + [
        (group, ground.price(group) or 0.0) for group in sorted(groups) if group not in inside
    ]


def _solved(pool: list[tuple[Group, float]], places: list[int]) -> list[Group]:
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csc_array

    line = {at: row for row, at in enumerate(places)}
    rows = [line[at] for group, _ in pool for at in bits(group)]
    starts = np.concatenate(([0], np.cumsum([group.bit_count() for group, _ in pool])))
    table = csc_array((np.ones(len(rows)), rows, starts), shape=(len(places), len(pool)))
    answer = milp(
        np.array([price for _, price in pool]),
        integrality=np.ones(len(pool)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(table, 1, 1),
        options={"node_limit": NODES, "mip_rel_gap": GAP},
    )
    if answer.x is None:
        return []
    found = sorted(group for (group, _), share in zip(pool, answer.x, strict=True) if share > 0.5)
    return found if sum(group.bit_count() for group in found) == len(places) else []
