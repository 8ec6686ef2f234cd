"""The name of how scores are computed, for the snapshot id that a municipal council can cite."""

from hashlib import sha256
from types import ModuleType

from raccordo_graph import (
    abstention,
    bands,
    concepts,
    duplicates,
    factors,
    geography,
    hearing,
    knowledge,
    reasons,
    resemblance,
    similarity,
    text,
    understanding,
    vocabulary,
    walk,
)

FORMULAS = 2
"""Raise it when a formula changes; the numbers in the formulas are read from the code."""


def numbers(*modules: ModuleType) -> list[tuple[str, str, str]]:
    """Return every constant number, table or set of words of `modules`: module, name and value as text.

    >>> numbers(walk)
    [('raccordo_graph.walk', 'ALPHA', '0.5'), ('raccordo_graph.walk', 'DECIMALS', '12')]
    """
    return sorted(
        (module.__name__, name, repr(sorted(value) if isinstance(value, frozenset) else value))
        for module in modules
        for name, value in vars(module).items()
        if name.isupper()
        and isinstance(value, int | float | dict | frozenset)
        and not isinstance(value, bool)
    )


_NUMBERS = numbers(
    abstention,
    bands,
    concepts,
    duplicates,
    factors,
    geography,
    hearing,
    knowledge,
    reasons,
    resemblance,
    similarity,
    text,
    understanding,
    vocabulary,
    walk,
)

CODE_VERSION = f"{FORMULAS}-{sha256(repr(_NUMBERS).encode()).hexdigest()[:12]}"
"""The same for the same formulas and numbers, whatever the facts."""
