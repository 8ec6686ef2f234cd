"""What all arrays share: how they are made from plain pairs, and how far their numbers are kept."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.sparse import csr_array

DECIMALS = 12
"""Kept of every solved or multiplied number, so that two processors write the same bytes."""


def rows(pairs: Sequence[Sequence[tuple[int, float]]], width: int) -> "csr_array":
    """Return a sparse array of `width` columns with one row for each sequence of (column, number) pairs.

    >>> rows([[(2, 0.5)], []], 3).toarray().tolist()
    [[0.0, 0.0, 0.5], [0.0, 0.0, 0.0]]
    """
    import numpy as np
    from scipy.sparse import csr_array

    flat = [pair for row in pairs for pair in row]
    columns = np.array([column for column, _ in flat], dtype=int)
    numbers = np.array([number for _, number in flat], dtype=float)
    return csr_array((numbers, columns, np.cumsum([0, *map(len, pairs)])), shape=(len(pairs), width))
