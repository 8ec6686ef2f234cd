"""The table of the kinds of offers for the documents."""

from __future__ import annotations

from raccordo.offer_fields import Field, Shape
from raccordo.offer_kinds import KINDS


def markdown(language: str) -> str:
    """A row for each kind and field; `told` is English, as every document is."""
    rows = [
        f"| {kind.label.say(language)} | {one.name} | {one.shape.value}{_bounds(one)} | {_required(one)} | {one.told} |"
        for kind in KINDS.values()
        for one in kind.fields
    ]
    head = ["| Kind | Field | Holds | Required | What it is |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *rows]) + "\n"


def _bounds(one: Field) -> str:
    if one.choices:
        return f": {', '.join(one.choices)}"
    if one.shape is Shape.WHOLE:
        return f", 1 to {one.most}"
    return f", {one.most} characters" if one.shape in (Shape.LINE, Shape.TEXT) else ""


def _required(one: Field) -> str:
    return "yes" if one.missing else "no"
