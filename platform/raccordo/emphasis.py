"""Three understandable steps of how much a laboratory treats a concept, and the one that takes it away."""

from __future__ import annotations

from collections.abc import Mapping

from raccordo.models import Emphasis

WEIGHTS: Mapping[Emphasis, float] = {
    Emphasis.TRADE: 1.0,
    Emphasis.DONE: 0.6,
    Emphasis.EDGE: 0.3,
    Emphasis.NOT_OURS: 0.0,
}


def nearest(weight: float) -> Emphasis:
    """The step that a weight between 0 and 1 comes nearest to; only nothing at all is NOT_OURS."""
    if weight == 0:
        return Emphasis.NOT_OURS
    steps = (Emphasis.TRADE, Emphasis.DONE, Emphasis.EDGE)
    return min(steps, key=lambda step: abs(WEIGHTS[step] - weight))
