"""Free places for the catalogue: what a laboratory declared, less the partnerships under way."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from raccordo import semester_places
from raccordo.models import Laboratory, Partnership
from raccordo_graph import Wanted

if TYPE_CHECKING:
    from raccordo.catalogue import Catalogue


async def with_free_places(picture: Catalogue) -> Catalogue:
    """The same picture with the free places of now, of any time and by semester; rankings read them from its index."""
    declared = await Laboratory.filter(free_places__not_isnull=True).values_list("slug", "free_places")
    taken = Counter(await Partnership.filter(ended_at=None).values_list("match__laboratory_id", flat=True))
    free = {slug: max(0, places - taken[slug]) for slug, places in declared}
    by_semester = await _by_semester(picture)
    same = all(row.free_places == free.get(slug) for slug, row in picture.laboratories.items())
    if same and by_semester == picture.index.semester_places:
        return picture
    rows = {slug: replace(row, free_places=free.get(slug)) for slug, row in picture.laboratories.items()}
    return replace(picture, laboratories=rows, index=picture.index.with_free_places(free, by_semester))


async def _by_semester(picture: Catalogue) -> dict[str, dict[Wanted, int]]:
    """What laboratories declared, by kind and semester; what was only taken is no statement."""
    found = {
        slug: {
            Wanted(kind=one.kind.value, semester=one.semester): one.free
            for one in places
            if one.free is not None
        }
        for slug, places in (await semester_places.of_laboratories()).items()
        if slug in picture.laboratories
    }
    return {slug: places for slug, places in found.items() if places}
