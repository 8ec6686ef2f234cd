"""The fields of the kinds of offers in the schema, taken from the one table of `raccordo.offer_kinds`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import strawberry

from raccordo.offer_fields import Field, Shape
from raccordo.offer_kinds import FIELDS, KINDS
from raccordo.schema.fields import described

C = TypeVar("C", bound=type)


def showing_details(read: Callable[[Any], Any]) -> Callable[[C], C]:
    """Give a type a field for each of the table; `read` finds an object's details, whatever their kind."""

    def decorate(cls: C) -> C:
        for one in FIELDS.values():
            cls.__annotations__[one.name] = _kind(one)
            setattr(cls, one.name, described(f"{_said(one)} Null for other kinds.", _resolver(read, one)))
        return cls

    return decorate


def taking_details(cls: C) -> C:
    """Give an input the same fields: each optional, because each kind has only its own."""
    for one in FIELDS.values():
        cls.__annotations__[one.name] = _kind(one)
        setattr(cls, one.name, strawberry.field(default=None, description=_said(one)))
    return cls


def given_details(asked: object) -> dict[str, str]:
    """What an input says in those fields, as the rules take it."""
    values = {name: getattr(asked, name) for name in FIELDS}
    return {name: str(value) for name, value in values.items() if value is not None}


def _resolver(read: Callable[[Any], Any], one: Field) -> Callable[..., object]:
    def resolver(root: strawberry.Parent[Any]) -> object:
        value = read(root).get(one.name)
        return int(value) if value and one.shape is Shape.WHOLE else value

    return resolver


def _kind(one: Field) -> Any:
    return int | None if one.shape is Shape.WHOLE else str | None


def _said(one: Field) -> str:
    kinds = ", ".join(kind.kind.value for kind in KINDS.values() if one in kind.fields)
    among = f": {', '.join(one.choices)}" if one.choices else ""
    day = ", as YYYY-MM-DD" if one.shape is Shape.DAY else ""
    return f"{one.told}{among}{day} (of {kinds})."
