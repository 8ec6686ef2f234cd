"""Published needs for the catalogue: what was chosen, and what the text lets one infer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING, Any

import raccordo_graph
from raccordo import initiatives, models, published
from raccordo.catalogue_reading import links, only, parts
from raccordo.models import BodyKind, NeedStatus
from raccordo.published import Axis
from raccordo_graph import Place
from raccordo_graph.intents import intents
from raccordo_graph.understanding import Topic

if TYPE_CHECKING:
    from raccordo.catalogue import Catalogue

EXCERPT = 240  # characters of a description that lists carry
LIKELY = 2  # inferred themes or functions that a need is listed under


async def read_needs(catalogue: Catalogue, *, changed_after: int) -> dict[int, published.Need]:
    """The needs of `catalogue`, with those that changed after that version read again."""
    rows = (
        await models.Need.filter(changed_in__gt=changed_after)
        .order_by("number")
        .values(*models.Need._meta.db_fields, "owner__kind", "owner__code")
    )
    numbers = [row["number"] for row in rows]
    functions = await links(models.NeedFunction, "need_id", "function_id", need_id__in=numbers)
    themes = await links(models.NeedTheme, "need_id", "theme_id", need_id__in=numbers)
    found = dict(catalogue.needs)
    for row in rows:
        number = row["number"]
        found.pop(number, None)
        if row["status"] == NeedStatus.PUBLISHED:
            found[number] = _need(catalogue, row, functions.get(number, ()), themes.get(number, ()))
    return dict(sorted(found.items()))


def _need(
    catalogue: Catalogue, row: Mapping[str, Any], functions: tuple[str, ...], themes: tuple[str, ...]
) -> published.Need:
    whole = raccordo_graph.understand(
        catalogue.index, row["description"], title=row["title"], themes=themes, functions=functions
    )
    understanding = replace(
        without(catalogue, whole, parts(row["rejected"])),
        wanted=initiatives.wanted(row["intent"], row["starts"]),
    )
    chosen_axes = tuple(axis for axis in Axis if row[axis.value.lower()])
    shown_themes = themes or likely(understanding.themes)
    owner = catalogue.body(BodyKind(row["owner__kind"]), row["owner__code"])
    return published.Need(
        **only(
            row,
            "number external_id title status example funding deadline intent amount starts summary_en deadline_note "
            "municipal_profile associable evidence source published_at changed_at version",
        ),
        owner_kind=BodyKind(row["owner__kind"]),
        owner_code=row["owner__code"],
        sites=parts(row["sites"]),
        rejected=parts(row["rejected"]),
        instruments=_instruments(row),
        excerpt=_excerpt(row["description"]),
        functions=functions or likely(understanding.functions),
        themes=shown_themes,
        axes=chosen_axes or axes_of(catalogue, shown_themes),
        inferred=frozenset(
            name
            for name, chosen in (("functions", functions), ("themes", themes), ("axes", chosen_axes))
            if not chosen
        ),
        understanding=understanding,
        place=place_of(catalogue, parts(row["sites"]), owner) or Place(latitude=0.0, longitude=0.0),
    )


def _instruments(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The kind of initiative that the owner chose, else those that the text asks for."""
    if row["intent"]:
        return (row["intent"],)
    return tuple(one.kind for one in intents(f"{row['title']}\n{row['description']}"))


def place_of(
    catalogue: Catalogue, sites: Sequence[str], owner: published.TerritorialBody | None
) -> Place | None:
    """Where a need is: amid the places that its writer confirmed, else where its owner is.

    The middle is that of latitudes and longitudes, near enough within a region.
    """
    known = [place for key in sites if (place := site(catalogue, key))]
    if not known:
        return owner.place if owner else None
    return Place(
        latitude=fmean(one.place.latitude for one in known),
        longitude=fmean(one.place.longitude for one in known),
    )


def site(catalogue: Catalogue, key: str) -> published.TerritorialBody | None:
    """The municipality (by ISTAT code) or mountain community (by slug) that a need names as its place, if it is there."""
    return catalogue.body(BodyKind.MUNICIPALITY, key) or catalogue.mountain_communities.get(key)


def without(
    catalogue: Catalogue, understanding: raccordo_graph.Understanding, rejected: Iterable[str]
) -> raccordo_graph.Understanding:
    """What is understood of a text, less the suggestions that its writer set aside."""
    set_aside = [value.partition(":") for value in rejected]
    themes = frozenset(key for kind, _, key in set_aside if kind == "theme")
    functions = frozenset(key for kind, _, key in set_aside if kind == "function")
    return raccordo_graph.without(catalogue.index, understanding, themes=themes, functions=functions)


def axes_of(catalogue: Catalogue, themes: Iterable[str]) -> tuple[Axis, ...]:
    """The sustainability axes that the first of the themes touches, in the order of the enum."""
    found = {axis for slug in tuple(themes)[:1] for axis in catalogue.themes[slug].axes}
    return tuple(axis for axis in Axis if axis in found)


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= EXCERPT else flat[:EXCERPT].rsplit(" ", 1)[0] + "…"


def likely(topics: Iterable[Topic]) -> tuple[str, ...]:
    """The themes or functions under which a need is listed until a person chooses."""
    return tuple(topic.key for topic in topics)[:LIKELY]
