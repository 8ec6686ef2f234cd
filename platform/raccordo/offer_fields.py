"""What a kind of offer is made of: its name, its fields, and what each field holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from raccordo.language import Sentence
from raccordo.models import OfferKind


class Shape(Enum):
    """What a field holds, and so how it is asked for and checked."""

    LINE = "line"
    TEXT = "text"
    WHOLE = "whole number"
    DAY = "day"
    CHOICE = "choice"
    SCHOOL = "school"  # the acronym of one of the Politecnico's


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a kind. `most` counts characters, or is the largest number; `told` is its description in English.

    What is `read` is understood with the text of the offer, to find the needs that fit.
    """

    name: str
    shape: Shape
    label: Sentence
    told: str
    hint: Sentence | None = None
    missing: Sentence | None = None
    most: int = 200
    choices: Mapping[str, Sentence] = field(default_factory=dict)
    read: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind: `slug` in addresses, `asks` says in one line what it is for."""

    kind: OfferKind
    slug: str
    label: Sentence
    asks: Sentence
    fields: tuple[Field, ...]
