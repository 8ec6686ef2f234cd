"""Free places for the catalogue: what a laboratory declared, less the partnerships under way."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from raccordo.models import Laboratory, Partnership

if TYPE_CHECKING:
    from raccordo.catalogue import Catalogue


async def with_free_places(picture: Catalogue) -> Catalogue:
    """The same picture with the free places of now; rankings read them from its index."""
    declared = await Laboratory.filter(free_places__not_isnull=True).values_list("slug", "free_places")
    taken = Counter(await Partnership.filter(ended_at=None).values_list("match__laboratory_id", flat=True))
    free = {slug: max(0, places - taken[slug]) for slug, places in declared}
    if all(row.free_places == free.get(slug) for slug, row in picture.laboratories.items()):
        return picture
    rows = {slug: replace(row, free_places=free.get(slug)) for slug, row in picture.laboratories.items()}
    return replace(picture, laboratories=rows, index=picture.index.with_free_places(free))
