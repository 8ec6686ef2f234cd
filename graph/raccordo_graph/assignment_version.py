"""The name of how plans are computed, for the snapshot id of a plan."""

from hashlib import sha256

from raccordo_graph import (
    assignment,
    assignment_exchange,
    assignment_fairness,
    assignment_optimum,
    assignment_repairs,
    assignment_scores,
)
from raccordo_graph.version import numbers

FORMULAS = 2
"""Raise it when the way to a plan changes; the numbers are read from the code."""

_NUMBERS = numbers(
    assignment,
    assignment_exchange,
    assignment_fairness,
    assignment_optimum,
    assignment_repairs,
    assignment_scores,
)
PLAN_VERSION = f"{FORMULAS}-{sha256(repr(_NUMBERS).encode()).hexdigest()[:12]}"
"""The same for the same way and numbers."""
