"""The few classes into which figures are put, on maps and in filters: at most five, each with a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from raccordo.language import Sentence


@dataclass(frozen=True, slots=True)
class Class:
    """Values from `least` up to, not including, `below`; None means without end. `key` stands in addresses."""

    key: str
    label: Sentence
    least: float
    below: float | None


SIZES = (
    Class("fino-a-1000", Sentence("fino a 1.000 abitanti"), 0, 1_001),
    Class("fino-a-3000", Sentence("da 1.001 a 3.000"), 1_001, 3_001),
    Class("fino-a-5000", Sentence("da 3.001 a 5.000"), 3_001, 5_001),
    Class("fino-a-15000", Sentence("da 5.001 a 15.000"), 5_001, 15_001),
    Class("oltre-15000", Sentence("più di 15.000"), 15_001, None),
)
AGES = (
    Class("20", Sentence("meno del 20%"), 0.0, 0.20),
    Class("23", Sentence("dal 20% al 23%"), 0.20, 0.23),
    Class("26", Sentence("dal 23% al 26%"), 0.23, 0.26),
    Class("30", Sentence("dal 26% al 30%"), 0.26, 0.30),
    Class("oltre", Sentence("il 30% o più"), 0.30, None),
)
NEED_COUNTS = (
    Class("0", Sentence("nessun bisogno"), 0, 1),
    Class("1", Sentence("un bisogno"), 1, 2),
    Class("2", Sentence("due bisogni"), 2, 3),
    Class("4", Sentence("tre o quattro"), 3, 5),
    Class("oltre", Sentence("cinque o più"), 5, None),
)


def class_of(value: float, classes: Sequence[Class]) -> int:
    """The position of the class that holds a value.

    >>> class_of(1000, SIZES), class_of(1001, SIZES), class_of(2e6, SIZES)
    (0, 1, 4)
    """
    return next(place for place, one in enumerate(classes) if one.below is None or value < one.below)
