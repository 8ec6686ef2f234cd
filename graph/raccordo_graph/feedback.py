"""What laboratories answered before: a need like this one that was not their field."""

from collections.abc import Mapping, Sequence

from raccordo_graph.factors import Factor
from raccordo_graph.index import Index
from raccordo_graph.similarity import similar
from raccordo_graph.understanding import Understanding

DECLINED_WEIGHT = 0.0
"""Told and not counted: nothing measured says yet how much a decline foretells the next one."""

ALIKE_ENOUGH = 0.5
"""A similarity below this is no reason worth telling."""


def declined_before(
    index: Index, need: Understanding, declined: Mapping[str, Sequence[Understanding]]
) -> dict[str, Factor]:
    """Return, by laboratory, the factor ``declined`` of those that said "not our field" to a need like `need`.

    `declined` gives, by slug, the needs that a laboratory declined for that reason. The value is the greatest
    similarity (of :mod:`raccordo_graph.similarity`, 0 to 1) to one of them, from `ALIKE_ENOUGH` up. With weight 0
    the contribution is 0: no ranking moves. An unknown laboratory raises :exc:`ValueError`.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> before, now = understand(index, "Asfalto rovinato"), understand(index, "Asfalto rovinato")
    >>> found = declined_before(index, now, {"bridges": [before], "waste": []})
    >>> {slug: (round(factor.value, 2), factor.contribution) for slug, factor in found.items()}
    {'bridges': (1.0, 0.0)}
    """
    index.refuse_unknown("laboratory", list(declined))
    found = {}
    for slug in sorted(declined):
        alike = similar(index, need, dict(enumerate(declined[slug])), limit=1)
        if alike and alike[0].similarity >= ALIKE_ENOUGH:
            value = alike[0].similarity
            found[slug] = Factor(
                name="declined",
                value=value,
                weight=DECLINED_WEIGHT,
                contribution=value * DECLINED_WEIGHT,
                known=True,
            )
    return found
