"""Offers for the catalogue: read like a need's text, with what their authors chose and the fields of their kind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import raccordo_graph
from raccordo import models
from raccordo.catalogue_needs import likely
from raccordo.catalogue_reading import only, parts
from raccordo.models import OfferKind, OfferStatus
from raccordo.offer_kinds import KINDS
from raccordo.published_offers import Offer
from raccordo_graph import Place

if TYPE_CHECKING:
    from raccordo.catalogue import Catalogue


async def read_offers(catalogue: Catalogue, *, changed_after: int) -> dict[int, Offer]:
    """The offers of `catalogue`, with those that changed after that version read again."""
    rows = await models.Offer.filter(changed_in__gt=changed_after).order_by("number").values()
    found = dict(catalogue.offers)
    for row in rows:
        found.pop(row["number"], None)
        if row["status"] != OfferStatus.WITHDRAWN and row["laboratory_id"] in catalogue.laboratories:
            found[row["number"]] = _offer(catalogue, row)
    return dict(sorted(found.items()))


def _offer(catalogue: Catalogue, row: Mapping[str, Any]) -> Offer:
    kind, details = OfferKind(row["kind"]), json.loads(row["details"])
    themes = tuple(slug for slug in parts(row["themes"]) if slug in catalogue.themes)
    functions = tuple(letter for letter in parts(row["functions"]) if letter in catalogue.functions)
    understanding = raccordo_graph.understand(
        catalogue.index,
        words_of(kind, row["text"], details),
        title=row["title"],
        themes=themes,
        functions=functions,
    )
    return Offer(
        **only(
            row,
            "number title text title_en text_en radius_km opens_on closes_on published_at changed_at "
            "ended_because version",
        ),
        kind=kind,
        status=OfferStatus(row["status"]),
        laboratory=row["laboratory_id"],
        details=details,
        themes=themes or likely(understanding.themes),
        functions=functions or likely(understanding.functions),
        inferred=frozenset(
            name for name, chosen in (("functions", functions), ("themes", themes)) if not chosen
        ),
        understanding=understanding,
        place=_place(catalogue, row["laboratory_id"]),
    )


def words_of(kind: OfferKind, text: str, details: Mapping[str, Any]) -> str:
    """Everything of an offer that says what it is about: its text, and the fields of its kind that are read."""
    read = (str(details.get(one.name, "")) for one in KINDS[kind].fields if one.read)
    return "\n".join(part for part in (text, *read) if part)


def _place(catalogue: Catalogue, laboratory: str) -> Place | None:
    campus = catalogue.campuses.get(catalogue.laboratories[laboratory].campus or "")
    return campus.place if campus and campus.reachable else None
