"""The name of how territories are divided, for the snapshot id of a scenario."""

from hashlib import sha256

from raccordo_graph import (
    anchoring,
    exchanging,
    geography,
    ground,
    growing,
    objectives,
    partition,
    remedies,
    set_partitioning,
)
from raccordo_graph.version import numbers

FORMULAS = 1
"""Raise it when a formula or a way of searching changes; the numbers are read from the code."""

_NUMBERS = numbers(
    anchoring,
    exchanging,
    geography,
    ground,
    growing,
    objectives,
    partition,
    remedies,
    set_partitioning,
)

PARTITION_VERSION = f"{FORMULAS}-{sha256(repr(_NUMBERS).encode()).hexdigest()[:12]}"
"""The same for the same formulas and numbers, whatever the territory."""
