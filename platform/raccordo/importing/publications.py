"""Publications of laboratories from a file: titles, years and DOIs, which propose concepts and change no ranking."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from raccordo import models
from raccordo.cells import text, whole
from raccordo.importing.profiles import NO_LABORATORY
from raccordo.language import Sentence
from raccordo.profile_writing import raise_versions
from raccordo.publication_files import FIRST_YEAR, LAST_YEAR, MOST, bare_doi, key_of
from raccordo.reference_tables import slug
from raccordo.rows import bring
from raccordo.tables import Column, Table

if TYPE_CHECKING:
    from raccordo.importing.arrival import Arrival, Outcome
    from raccordo.tables import Row

TABLE = Table(
    columns=(
        Column("laboratory", slug),
        Column("title", text(400)),
        Column("year", whole(FIRST_YEAR, LAST_YEAR), empty=None, optional=True),
        Column("doi", text(200), empty="", optional=True),
    ),
    key=("laboratory", "title"),
)
TOO_MANY = Sentence("Un laboratorio tiene al massimo {most} pubblicazioni.")


async def bring_in(arrival: Arrival) -> Outcome:
    """Add or change publications; one is known again by its DOI, else by its title."""
    laboratories = set(await models.Laboratory.all().values_list("slug", flat=True))
    for row in arrival.rows:
        if row["laboratory"] not in laboratories:
            arrival.problem(row, "laboratory", NO_LABORATORY)
    arrival.problems.refuse_any()
    held: dict[str, set[str]] = defaultdict(set)
    for laboratory, key in await models.LaboratoryPublication.all().values_list("laboratory_id", "key"):
        held[str(laboratory)].add(str(key))
    wanted = {}
    for row in arrival.rows:
        values = {name: value for name, value in row.values.items() if name != "laboratory"}
        if "doi" in values:
            values["doi"] = bare_doi(values["doi"])
        key = key_of(row["title"], row.values.get("doi", ""))
        _hold(arrival, row, held[row["laboratory"]], key)
        wanted[row["laboratory"], key] = {"laboratory_id": row["laboratory"], "key": key, **values}
    arrival.problems.refuse_any()
    found = await bring(models.LaboratoryPublication, ["laboratory_id", "key"], wanted.values())
    await raise_versions(found.touched)
    return arrival.outcome(found)


def _hold(arrival: Arrival, row: Row, held: set[str], key: str) -> None:
    """Count a publication among those of its laboratory; a problem where it is new and one too many."""
    if key not in held and len(held) >= MOST:
        arrival.problem(row, "laboratory", Sentence(TOO_MANY.text, {"most": MOST}))
    held.add(key)
