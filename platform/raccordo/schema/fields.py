"""How a type of the schema is written down: a table of described fields over published values."""

from __future__ import annotations

from collections.abc import Callable
from enum import EnumMeta
from typing import Any, TypeVar, cast

import strawberry
from strawberry.extensions import FieldExtension

C = TypeVar("C", bound=type)
E = TypeVar("E", bound=EnumMeta)


def described(
    description: str,
    resolver: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    cost: int = 1,
    right: tuple[str, str] | None = None,
    extensions: tuple[FieldExtension, ...] = (),
) -> Any:
    """A field: an attribute of the published value of the same name, or what `resolver` makes of it.

    `cost` is what the limiter counts for resolving it once. `right` is the cell of `raccordo.rights` that
    whoever asks needs, (verb, what): every mutation names one, and so does every field that is not for all.
    """
    return strawberry.field(
        resolver=cast("Any", resolver),  # Strawberry's overloads want to know whether there is one
        name=name,
        description=description,
        metadata={"cost": cost, "right": right},
        extensions=list(extensions),
    )


def optional(description: str) -> Any:
    """A field of an input that may be left out; `said` tells which were not."""
    return strawberry.field(default=strawberry.UNSET, description=description)


def said(asked: object) -> dict[str, Any]:
    """The fields of an input that say something, by name."""
    given = vars(asked) if asked else {}
    return {
        name: value for name, value in given.items() if value is not strawberry.UNSET and value is not None
    }


def shows(source: type, description: str, *, right: tuple[str, str] | None = None) -> Callable[[C], C]:
    """A type whose objects are instances of `source`, resolved directly by attribute access.

    `right` is the cell of `raccordo.rights` that reading its objects needs; without one they are for all.
    """

    def decorate(cls: C) -> C:
        def is_type_of(value: object, _info: object) -> bool:
            return isinstance(value, source)

        cls.is_type_of = staticmethod(is_type_of)  # type: ignore[attr-defined]  # Strawberry's hook
        cls.read_right = right  # type: ignore[attr-defined]  # for the test that looks for types without a row
        cls.shown_from = source  # type: ignore[attr-defined]  # the same
        strawberry.type(cls, description=description)
        return cls

    return decorate


def interface(description: str) -> Callable[[C], C]:
    """An interface: published classes carry the names of the types that show them."""

    def decorate(cls: C) -> C:
        def resolve_type(value: object, _info: object, _abstract: object) -> str:
            return type(value).__name__

        cls.resolve_type = staticmethod(resolve_type)  # type: ignore[attr-defined]  # Strawberry's hook
        strawberry.interface(cls, description=description)
        return cls

    return decorate


def enumeration(cls: E, description: str, **values: str) -> E:
    """Put an enum of the platform into the schema, with a description of it and of each value."""
    strawberry.enum(cls, description=description)
    definition: Any = cls.__strawberry_definition__  # type: ignore[attr-defined]  # set the line above
    for value in definition.values:
        value.description = values[value.name]
    return cls
