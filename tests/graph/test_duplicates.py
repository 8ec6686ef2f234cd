"""The same need, in the same words or in others."""

from __future__ import annotations

import pytest

from raccordo_graph import Index, understand
from raccordo_graph.duplicates import agreement, same


def agreed(index: Index, one: str, other: str) -> float:
    there, back = (
        agreement(index, understand(index, first), understand(index, second))
        for first, second in ((one, other), (other, one))
    )
    assert there == back
    return there


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("torrente", "torrente", 1.0),
        ("torrente", "pioggia", 1.0),  # the same concept in other words
        ("torrente", "passerella", 0.0),  # another concept, another theme
        ("il torrente, la pioggia", "il torrente, la passerella", 0.0),  # a word in common proves nothing
        ("torrente", "il torrente e la passerella", 0.0),  # one word is no need told in short
        ("torrente pioggia argine", "torrente pioggia argine passerella", 1.0),  # three are
        ("", "torrente", 0.0),
        ("zzyzx", "zzyzx", 0.0),  # nothing that the lexicon knows
    ],
)
def test_what_is_not_in_common_decides(speaking: Index, one: str, other: str, expected: float) -> None:
    assert agreed(speaking, one, other) == expected


def test_the_same_object_and_another_need_are_two_needs(real_index: Index) -> None:
    needs = [
        understand(real_index, text)
        for text in ("Il ponte va ridipinto di verde", "Il ponte trema quando passano i camion")
    ]
    assert not same(real_index, *needs)
