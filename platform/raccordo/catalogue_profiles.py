"""What laboratories say of themselves, for the catalogue: the graph's links follow it without being built anew."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import raccordo_graph
from raccordo.catalogue_reading import parts
from raccordo.emphasis import WEIGHTS
from raccordo.models import Emphasis, LaboratoryConcept, LaboratoryProfile

if TYPE_CHECKING:
    from raccordo.catalogue import Catalogue
    from raccordo.published import Laboratory


async def with_profiles(picture: Catalogue) -> Catalogue:
    """The same picture with the profiles of now. A concept that the lexicon lost waits in the database."""
    stated: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in await LaboratoryConcept.all().order_by("laboratory_id", "concept").values():
        stated[row["laboratory_id"]].append((row["concept"], WEIGHTS[Emphasis(row["emphasis"])]))
    terms = {row["laboratory_id"]: row for row in await LaboratoryProfile.all().values()}
    changed: dict[str, Laboratory] = {}
    for slug, before in picture.laboratories.items():
        said = terms.get(slug, {"languages": "", "radius_km": None})
        after = replace(
            before,
            stated=tuple(stated.get(slug, ())),
            languages=parts(said["languages"]),
            radius_km=said["radius_km"],
        )
        if after != before:
            changed[slug] = after
    return _said(picture, changed) if changed else picture


def _said(picture: Catalogue, rows: dict[str, Laboratory]) -> Catalogue:
    known = picture.index.graph
    index = raccordo_graph.restated(
        picture.index,
        {
            slug: {key: weight for key, weight in row.stated if ("concept", key) in known}
            for slug, row in rows.items()
        },
        {slug: row.radius_km for slug, row in rows.items()},
    )
    laboratories = {slug: rows.get(slug, row) for slug, row in picture.laboratories.items()}
    return replace(picture, laboratories=laboratories, index=index)
