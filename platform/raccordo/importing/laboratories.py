"""Laboratories from a file with the columns of the shipped one: new ones are added, none is taken away."""

from __future__ import annotations

from tortoise.expressions import F

from raccordo import models
from raccordo.importing.arrival import Arrival, Outcome, keys_of
from raccordo.loading import laboratory, laboratory_links
from raccordo.reference_files import check_pointers
from raccordo.reference_tables import LABORATORIES
from raccordo.rows import bring

TABLE = LABORATORIES


async def bring_in(arrival: Arrival) -> Outcome:
    """Add or change laboratories; a column that the file lacks changes nothing."""
    check_pointers(arrival.file, TABLE, arrival.rows, await keys_of(), arrival.problems)
    arrival.problems.refuse_any()
    rows = await bring(
        models.Laboratory,
        ["slug"],
        [laboratory(row) for row in arrival.rows],
        # Above 1 from its first day: a later load of the shipped data leaves it alone.
        defaults={"version": 2},
    )
    themes, sectors = await laboratory_links(arrival.rows)
    outcome = arrival.outcome(rows, {"themes": themes, "sectors": sectors})
    await models.Laboratory.filter(slug__in=list(outcome.changed)).update(version=F("version") + 1)
    return outcome
