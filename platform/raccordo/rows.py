"""Bringing the rows of a model to a wanted state, touching only those that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tortoise.models import Model

Key = tuple[Any, ...]
Values = Mapping[str, Any]
BATCH = 500


@dataclass(slots=True)
class Difference:
    """What was done: `changed` gives for each key the columns that differed, as (before, after).

    `kept` are rows that differ and were left alone, because people changed them.
    """

    added: list[Key] = field(default_factory=list)
    changed: dict[Key, dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    removed: list[Key] = field(default_factory=list)
    kept: list[Key] = field(default_factory=list)
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def touched(self) -> set[Any]:
        """The first part of every key that was written: of links, whose they are."""
        return {key[0] for key in (*self.added, *self.changed, *self.removed)}


async def bring(
    model: type[Model],
    key: Sequence[str],
    wanted: Iterable[Values],
    *,
    defaults: Values | None = None,
    always: Values | None = None,
    keeps: Callable[[Values], bool] | None = None,
    removes: Callable[[Values], bool] | None = None,
    unique: str = "",
) -> Difference:
    """Add and change rows of `model` until every wanted one is there; returns what differed.

    A wanted row names only the columns that it decides. `defaults` complete the new rows, `always` is
    written with every added or changed row and is no difference by itself. `keeps` spares an existing row,
    `removes` takes away one that is not wanted. `unique` names a text column without repetitions, whose
    values may change places. Call it while writing.
    """
    existing = {tuple(row[name] for name in key): row for row in await model.all().values()}
    difference = Difference()
    new: list[Model] = []
    seen = set()
    for values in wanted:
        place = tuple(values[name] for name in key)
        seen.add(place)
        if (before := existing.get(place)) is None:
            difference.added.append(place)
            new.append(model(**{**(defaults or {}), **values, **(always or {})}))
            continue
        _compare(difference, place, before, values, keeps)
    for place, row in existing.items():
        if place not in seen and removes and removes(row):
            difference.removed.append(place)
    await _apply(model, key, difference, always or {}, unique)
    await model.bulk_create(new, batch_size=BATCH)
    return difference


def _compare(
    difference: Difference, place: Key, before: Values, values: Values, keeps: Callable[[Values], bool] | None
) -> None:
    columns = {name: (before[name], value) for name, value in values.items() if before[name] != value}
    if not columns:
        difference.unchanged += 1
    elif keeps and keeps(before):
        difference.kept.append(place)
    else:
        difference.changed[place] = columns


async def _apply(
    model: type[Model], key: Sequence[str], difference: Difference, always: Values, unique: str
) -> None:
    def row(place: Key) -> Any:
        return model.filter(**dict(zip(key, place, strict=True)))

    for place in difference.removed:
        await row(place).delete()
    for number, (place, columns) in enumerate(difference.changed.items()):
        if unique in columns:
            await row(place).update(**{unique: f"#{number:03x}"})
    for place, columns in difference.changed.items():
        await row(place).update(**{name: after for name, (_, after) in columns.items()}, **always)


async def bring_links(
    model: type[Model], owner: str, target: str, wanted: Mapping[Any, Sequence[Any]]
) -> Difference:
    """Give every owner in `wanted` exactly its targets in their order; other owners stay as they are."""
    return await bring(
        model,
        (owner, target),
        [
            {owner: parent, target: child, "position": position}
            for parent, children in wanted.items()
            for position, child in enumerate(children)
        ],
        removes=lambda row: row[owner] in wanted,
    )
