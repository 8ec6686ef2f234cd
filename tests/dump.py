"""Every row of every table, to prove that something changed nothing."""

from __future__ import annotations

from typing import Any

from tortoise.models import Model

from raccordo import models


async def dump() -> dict[str, list[dict[str, Any]]]:
    """The rows of each model by its name, in the order of their keys."""
    found = {}
    for name in models.__all__:
        model = getattr(models, name)
        if isinstance(model, type) and issubclass(model, Model):
            found[name] = [dict(row) for row in await model.all().order_by(model._meta.pk_attr).values()]
    return found
