"""What laboratories treat, as a file says it: what a person stated on a page is never changed by it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from raccordo import lexicon, models
from raccordo.cells import choice
from raccordo.language import Sentence
from raccordo.models import Emphasis
from raccordo.profile_writing import raise_versions
from raccordo.reference_tables import slug
from raccordo.rows import bring
from raccordo.tables import Column, Table

if TYPE_CHECKING:
    from raccordo.importing.arrival import Arrival, Outcome

TABLE = Table(
    columns=(
        Column("laboratory", slug),
        Column("concept", slug),
        Column("emphasis", choice(Emphasis)),
    ),
    key=("laboratory", "concept"),
)
NO_LABORATORY = Sentence("questo laboratorio non c'è: correggere la sigla, o importarlo prima")
NO_CONCEPT = Sentence("questo concetto non è nel lessico, o è un servizio: sceglierne uno di concepts.csv")


def concepts() -> frozenset[str]:
    """The concepts that a laboratory can state: services are studied by nobody."""
    return frozenset(one.slug for one in lexicon.shipped().concepts if not one.service)


async def bring_in(arrival: Arrival) -> Outcome:
    """Add or change what files stated; a statement that a person made stays as it is, and counts as equal."""
    laboratories = set(await models.Laboratory.all().values_list("slug", flat=True))
    known = concepts()
    for row in arrival.rows:
        if row["laboratory"] not in laboratories:
            arrival.problem(row, "laboratory", NO_LABORATORY)
        if row["concept"] not in known:
            arrival.problem(row, "concept", NO_CONCEPT)
    arrival.problems.refuse_any()
    stated = await bring(
        models.LaboratoryConcept,
        ["laboratory_id", "concept"],
        [
            {"laboratory_id": row["laboratory"], "concept": row["concept"], "emphasis": row["emphasis"]}
            for row in arrival.rows
        ],
        defaults={"imported": True},
        always={"stated_at": datetime.now(UTC)},
        keeps=lambda row: not row["imported"],
    )
    await raise_versions(stated.touched)
    return arrival.outcome(stated)
