"""The name of how scores are computed, for the snapshot id that a municipal council can cite."""

from hashlib import sha256
from types import ModuleType

from raccordo_graph import (
    abstention,
    arrays,
    asking,
    bands,
    concepts,
    duplicates,
    factors,
    facts,
    feedback,
    geography,
    hearing,
    index,
    initiatives,
    knowledge,
    negation,
    ranking,
    reasons,
    resemblance,
    restating,
    sentences,
    similarity,
    stopwords,
    studying,
    text,
    understanding,
    vocabulary,
    walk,
)

FORMULAS = 6
"""Raise it when a formula changes; the numbers in the formulas are read from the code."""


def numbers(*modules: ModuleType) -> list[tuple[str, str, str]]:
    """Return every constant number, row of values, table or set of words of `modules`: module, name and value as text.

    >>> [(name, value) for _, name, value in numbers(concepts)][-2:]
    [('SPEAKS_OF', '0.5'), ('UNSTATED', '0.3')]
    """
    return sorted(
        (module.__name__, name, repr(sorted(value) if isinstance(value, frozenset) else value))
        for module in modules
        for name, value in vars(module).items()
        if name.isupper()
        and isinstance(value, int | float | tuple | dict | frozenset)
        and not isinstance(value, bool)
    )


_NUMBERS = numbers(
    abstention,
    arrays,
    asking,
    bands,
    concepts,
    duplicates,
    facts,
    factors,
    feedback,
    geography,
    hearing,
    index,
    initiatives,
    knowledge,
    negation,
    ranking,
    reasons,
    resemblance,
    restating,
    sentences,
    similarity,
    stopwords,
    studying,
    text,
    understanding,
    vocabulary,
    walk,
)

CODE_VERSION = f"{FORMULAS}-{sha256(repr(_NUMBERS).encode()).hexdigest()[:12]}"
"""The same for the same formulas and numbers, whatever the facts."""
