"""The first proposal: groups grown one after the other from the municipalities that have the fewest ways out."""

from raccordo_graph.ground import Ground, Group, bits


def grown(ground: Ground) -> tuple[list[Group], Group]:
    """Return groups that all are groups (`Ground.price`), and the set of those whom no group could take.

    Each group begins at the corner with the fewest free neighbours and takes the neighbour that fits best until it
    reaches the threshold. Who is left over joins the neighbouring group that loses least; where that would tear the
    threshold, neighbouring groups join as well, until it is reached or nobody is left.
    """
    free, groups, over = ground.whole(), [], 0
    while free:
        group = _one(ground, free)
        free &= ~group
        if ground.price(group) is None:
            over |= group
        else:
            groups.append(group)
    return _gathered(ground, groups, over)


def _one(ground: Ground, free: Group) -> Group:
    group = 1 << min(bits(free), key=lambda at: ((ground.around[at] & free).bit_count(), at))
    while ground.price(group) is None:
        edge = ground.beside(group) & free & ~group
        if not edge:
            return group
        group |= 1 << min(bits(edge), key=lambda at: (_apart(ground, group, at), at))
    return group


def _apart(ground: Ground, group: Group, at: int) -> float:
    """How far a municipality is from the members of a group, in kilometres squared."""
    towns, own = ground.members(group), ground.towns[at]
    east = sum(town.east for town in towns) / len(towns) - own.east
    north = sum(town.north for town in towns) / len(towns) - own.north
    return east * east + north * north


def _gathered(ground: Ground, groups: list[Group], over: Group) -> tuple[list[Group], Group]:
    waiting, alone = ground.pieces(over), 0
    while waiting:
        part = waiting.pop(0)
        beside = [group for group in groups if ground.beside(part) & group]
        joined = _cheapest(ground, part, beside)
        taken = [] if joined is None else [group for group in groups if group & joined]
        if joined is None:
            joined, taken = _together(ground, part, groups)
        if ground.price(joined) is None:
            alone |= part
            continue
        groups = [group for group in groups if group not in taken] + [joined]
        waiting, alone = (
            [*waiting, *ground.pieces(alone & ground.beside(joined))],
            alone & ~ground.beside(joined),
        )
    return sorted(groups), alone


def _cheapest(ground: Ground, part: Group, beside: list[Group]) -> Group | None:
    priced = [
        (price - (ground.price(group) or 0.0), group)
        for group in beside
        if (price := ground.price(group | part)) is not None
    ]
    return min(priced)[1] | part if priced else None


def _together(ground: Ground, part: Group, groups: list[Group]) -> tuple[Group, list[Group]]:
    """The part with as many of the neighbouring groups as it takes."""
    joined, taken = part, list[Group]()
    while ground.price(joined) is None:
        beside = [group for group in groups if group not in taken and ground.beside(joined) & group]
        if not beside:
            break
        nearest = min(beside, key=lambda group: (ground.population(group), group))
        joined, taken = joined | nearest, [*taken, nearest]
    return joined, taken
