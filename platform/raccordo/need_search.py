"""Lists of needs: filtered and ordered, alike among neighbours, alike anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

import raccordo_graph
from raccordo.catalogue import Catalogue
from raccordo.days import day_of
from raccordo.language import Sentence
from raccordo.models import BodyKind
from raccordo.municipalities import find, folded, searched
from raccordo.published import Axis, MountainCommunity, Municipality, Need, Province, UnionOfMunicipalities
from raccordo.refusals import refused

NEAR_ENOUGH = 0.15  # similarity from which two needs of neighbours are shown as the same
ALIKE_ENOUGH = 0.15


class NeedOrder(StrEnum):
    NEWEST = "NEWEST"
    DEADLINE = "DEADLINE"
    TITLE = "TITLE"
    POPULATION = "POPULATION"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFilter:
    """What a list of needs is narrowed to; None and the empty text mean no condition.

    `owner` is a body's kind and code; `province` and `mountain_community` take the needs of every body inside.
    """

    text: str = ""
    function: str | None = None
    theme: str | None = None
    axis: Axis | None = None
    province: str | None = None
    mountain_community: str | None = None
    owner: tuple[BodyKind, str] | None = None
    external_id: str | None = None
    example: bool | None = None
    order: NeedOrder = NeedOrder.NEWEST


class Facets(NamedTuple):
    """What a filter looks at in a need; `text` is folded, and empty where no filter has words."""

    functions: tuple[str, ...]
    themes: tuple[str, ...]
    axes: tuple[Axis, ...]
    owner: tuple[BodyKind, str]
    example: bool
    province: str
    mountain_community: str | None
    text: str
    external_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeNeed:
    """A need that resembles another: how much (0 to 1), what both share, and the border in between.

    `border_metres` is None when the two owners are no neighbours.
    """

    need: Need
    similarity: float
    shared_words: tuple[str, ...]
    shared_themes: tuple[str, ...]
    border_metres: int | None


def select(catalogue: Catalogue, wanted: NeedFilter) -> tuple[Need, ...]:
    """The published needs that satisfy the filter, in its order; raises Refused for unknown values."""
    check(catalogue, wanted)
    asked = replace(wanted, owner=_owner(catalogue, wanted.owner))
    words = searched(wanted.text)
    found = (
        need
        for need in catalogue.needs.values()
        if satisfies(facets_of(catalogue, need, text=bool(words)), asked, words)
    )
    return tuple(sorted(found, key=sort_key(catalogue, wanted.order)))


def check(catalogue: Catalogue, wanted: NeedFilter) -> None:
    """Raise Refused for a function, theme, province or mountain community that there is not."""
    shelves: dict[str, tuple[str | None, Mapping[str, object], Sentence]] = {
        "function": (wanted.function, catalogue.functions, Sentence("Questa funzione non esiste.")),
        "theme": (wanted.theme, catalogue.themes, Sentence("Questo tema non esiste.")),
        "province": (wanted.province, catalogue.provinces, Sentence("Questa provincia non esiste.")),
        "mountain_community": (
            wanted.mountain_community,
            catalogue.mountain_communities,
            Sentence("Questa comunità montana non esiste."),
        ),
    }
    for field, (value, shelf, sentence) in shelves.items():
        if value is not None and value not in shelf:
            raise refused(field, "unknown", sentence)


def _owner(catalogue: Catalogue, owner: tuple[BodyKind, str] | None) -> tuple[BodyKind, str] | None:
    """The body as it is today: a municipality that merged away stands for the one that continues it."""
    if owner is None:
        return None
    kind, code = owner
    if kind is BodyKind.MUNICIPALITY:
        return kind, find(catalogue, code).code
    if catalogue.body(kind, code) is None:
        raise refused("owner", "unknown", Sentence("Questo ente non esiste."))
    return owner


def facets_of(catalogue: Catalogue, need: Need, *, text: bool = True) -> Facets:
    """The need as filters see it; `text` False spares the words where no filter has any."""
    return Facets(
        functions=need.functions,
        themes=need.themes,
        axes=need.axes,
        owner=(need.owner_kind, need.owner_code),
        example=need.example,
        province=province_of(catalogue, need),
        mountain_community=_mountain_community(catalogue, need),
        text=_text(catalogue, need) if text else "",
        external_id=need.external_id,
    )


def satisfies(facets: Facets, wanted: NeedFilter, words: Sequence[str]) -> bool:
    """Whether a need satisfies a filter, whose `words` are those of its text, folded."""
    return (
        (wanted.function is None or wanted.function in facets.functions)
        and (wanted.theme is None or wanted.theme in facets.themes)
        and (wanted.axis is None or wanted.axis in facets.axes)
        and wanted.owner in (None, facets.owner)
        and wanted.external_id in (None, facets.external_id)
        and wanted.example in (None, facets.example)
        and wanted.province in (None, facets.province)
        and wanted.mountain_community in (None, facets.mountain_community)
        and all(word in facets.text for word in words)
    )


def province_of(catalogue: Catalogue, need: Need) -> str:
    """The province in which the owner lies; a union's is that of its first member."""
    owner = catalogue.owner(need)
    if isinstance(owner, Province):
        return owner.code
    if isinstance(owner, UnionOfMunicipalities):
        return catalogue.municipalities[owner.municipalities[0]].province if owner.municipalities else ""
    return owner.province


def _mountain_community(catalogue: Catalogue, need: Need) -> str | None:
    owner = catalogue.owner(need)
    if isinstance(owner, MountainCommunity):
        return owner.code
    return owner.mountain_community if isinstance(owner, Municipality) else None


def _text(catalogue: Catalogue, need: Need) -> str:
    written = (word.written for word in need.understanding.words)
    labels = (catalogue.themes[slug].label_it for slug in need.themes)
    return folded(" ".join((need.title, need.excerpt, catalogue.owner(need).name, *labels, *written)))


def sort_key(catalogue: Catalogue, order: NeedOrder):  # type: ignore[no-untyped-def]  # keys of several shapes
    if order is NeedOrder.DEADLINE:
        return lambda need: (need.deadline is None, need.deadline or day_of(need.published_at), need.number)
    if order is NeedOrder.TITLE:
        return lambda need: (folded(need.title), need.number)
    if order is NeedOrder.POPULATION:
        return lambda need: (catalogue.owner(need).population, need.number)
    return lambda need: (-need.published_at.timestamp(), -need.number)


def near(catalogue: Catalogue, need: Need) -> tuple[AlikeNeed, ...]:
    """The needs of neighbouring municipalities that resemble this one: with whom one could ask together."""
    owner = catalogue.owner(need)
    if not isinstance(owner, Municipality):
        return ()
    return near_text(catalogue, owner, need.understanding)


def near_text(
    catalogue: Catalogue, owner: Municipality, understanding: raccordo_graph.Understanding
) -> tuple[AlikeNeed, ...]:
    """The same for a text that is still being written, seen from the municipality of whoever writes."""
    metres = {border.neighbour: border.metres for border in catalogue.borders.get(owner.istat_code, ())}
    others = {
        number: other
        for number, other in catalogue.needs.items()
        if other.owner_kind is BodyKind.MUNICIPALITY and other.owner_code in metres
    }
    return _alike(catalogue, understanding, others, NEAR_ENOUGH, metres, limit=None)


def alike(catalogue: Catalogue, need: Need, limit: int = 5) -> tuple[AlikeNeed, ...]:
    """The needs of anybody else that resemble this one most."""
    others = {number: other for number, other in catalogue.needs.items() if number != need.number}
    return _alike(catalogue, need.understanding, others, ALIKE_ENOUGH, {}, limit)


def alike_text(
    catalogue: Catalogue, understanding: raccordo_graph.Understanding, limit: int = 5
) -> tuple[AlikeNeed, ...]:
    """The published needs that resemble a text that is still being written."""
    return _alike(catalogue, understanding, dict(catalogue.needs), ALIKE_ENOUGH, {}, limit)


def _alike(
    catalogue: Catalogue,
    understanding: raccordo_graph.Understanding,
    others: Mapping[int, Need],
    least: float,
    metres: Mapping[str, int],
    limit: int | None,
) -> tuple[AlikeNeed, ...]:
    found = raccordo_graph.similar(
        catalogue.index,
        understanding,
        {number: other.understanding for number, other in others.items()},
        limit,
    )
    return tuple(
        AlikeNeed(
            need=others[one.need],
            similarity=one.similarity,
            shared_words=one.shared_words,
            shared_themes=one.shared_themes,
            border_metres=metres.get(others[one.need].owner_code),
        )
        for one in found
        if one.similarity >= least
    )
