"""What laboratories say of themselves, for the catalogue: the graph's links follow it without being built anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import raccordo_graph
from raccordo.catalogue_reading import parts
from raccordo.emphasis import WEIGHTS
from raccordo.models import Emphasis, LaboratoryConcept, LaboratoryProfile, LaboratoryStatedTheme

if TYPE_CHECKING:
    from raccordo.catalogue import Catalogue
    from raccordo.published import Laboratory


async def with_profiles(picture: Catalogue) -> Catalogue:
    """The same picture with the profiles of now. A concept or theme that the reference data lost waits in the database."""
    stated: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in await LaboratoryConcept.all().order_by("laboratory_id", "concept").values():
        stated[row["laboratory_id"]].append((row["concept"], WEIGHTS[Emphasis(row["emphasis"])]))
    themes: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for row in await LaboratoryStatedTheme.all().order_by("laboratory_id", "theme").values():
        if row["theme"] in picture.themes:
            themes[row["laboratory_id"]].append((row["theme"], row["treated"]))
    terms = {row["laboratory_id"]: row for row in await LaboratoryProfile.all().values()}
    changed: dict[str, Laboratory] = {}
    for slug, before in picture.laboratories.items():
        said = terms.get(slug, {"languages": "", "radius_km": None})
        after = replace(
            before,
            stated=tuple(stated.get(slug, ())),
            stated_themes=tuple(themes.get(slug, ())),
            themes=worked_on(before.card_themes, dict(themes.get(slug, ()))),
            languages=parts(said["languages"]),
            radius_km=said["radius_km"],
        )
        if after != before:
            changed[slug] = after
    return _said(picture, changed) if changed else picture


def worked_on(card: tuple[str, ...], own: Mapping[str, bool]) -> tuple[str, ...]:
    """The themes of a laboratory: those of its card that it did not take away, then those that it added."""
    added = (slug for slug, treated in own.items() if treated and slug not in card)
    return (*(slug for slug in card if own.get(slug, True)), *added)


def _said(picture: Catalogue, rows: dict[str, Laboratory]) -> Catalogue:
    known = picture.index.graph
    index = raccordo_graph.restated(
        picture.index,
        {
            slug: {key: weight for key, weight in row.stated if ("concept", key) in known}
            for slug, row in rows.items()
        },
        {slug: row.radius_km for slug, row in rows.items()},
        {slug: dict(row.stated_themes) for slug, row in rows.items()},
    )
    laboratories = {slug: rows.get(slug, row) for slug, row in picture.laboratories.items()}
    return replace(picture, laboratories=laboratories, index=index)
