"""The graphs' facts, made from the same published values that pages show."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import raccordo_graph
from raccordo import lexicon, published
from raccordo_graph import Index, territory


def index_of(shelves: Mapping[str, Any]) -> Index:
    """The graph's index, built from the same published values that pages show."""
    with collecting_later():
        return Index.from_graph(raccordo_graph.build(_facts(shelves)))


@contextmanager
def collecting_later() -> Iterator[None]:
    """Let the garbage collector rest: an index holds no garbage, and looking through it costs a third of building it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def territory_of(shelves: Mapping[str, Any]) -> territory.Territory:
    """The graph of municipalities and shared borders, for who could manage something together."""
    return territory.build(
        (
            territory.Municipality(
                istat_code=town.istat_code,
                population=town.population,
                over_65=town.population_over_65,
                area_km2=town.area_km2,
                latitude=town.place.latitude,
                longitude=town.place.longitude,
                province=town.province,
                mountain_community=town.mountain_community,
            )
            for town in shelves["municipalities"].values()
        ),
        (
            territory.Border(first=code, second=border.neighbour, metres=border.metres)
            for code, borders in shelves["borders"].items()
            for border in borders
            if code < border.neighbour
        ),
    )


def _facts(shelves: Mapping[str, Any]) -> raccordo_graph.Facts:
    graph = raccordo_graph
    words = shelves["lexicon"]
    return graph.Facts(
        campuses=tuple(
            graph.Campus(
                code=campus.code,
                name=campus.name,
                latitude=campus.place.latitude,
                longitude=campus.place.longitude,
                reachable=campus.reachable,
            )
            for campus in shelves["campuses"].values()
        ),
        departments=tuple(
            graph.Department(**_fields(row, graph.Department)) for row in shelves["departments"].values()
        ),
        functions=tuple(
            graph.Function(**_fields(row, graph.Function)) for row in shelves["functions"].values()
        ),
        sectors=tuple(graph.Sector(**_fields(row, graph.Sector)) for row in shelves["sectors"].values()),
        themes=tuple(graph.Theme(**_fields(row, graph.Theme)) for row in shelves["themes"].values()),
        concepts=words.concepts,
        terms=words.terms,
        laboratories=tuple(
            graph.Laboratory(**_fields(row, graph.Laboratory) | _treated(row, words))
            for row in shelves["laboratories"].values()
        ),
        municipalities=tuple(
            graph.Municipality(
                istat_code=town.istat_code, latitude=town.place.latitude, longitude=town.place.longitude
            )
            for town in shelves["municipalities"].values()
        ),
    )


def _treated(laboratory: published.Laboratory, words: lexicon.Lexicon) -> dict[str, Any]:
    """The themes of its card, and the concepts of a laboratory as far as this catalogue's lexicon knows them; a service is no subject."""
    known = {concept.slug for concept in words.concepts if not concept.service}
    return {
        "themes": laboratory.card_themes,
        "concepts": tuple((slug, weight) for slug, weight in laboratory.concepts if slug in known),
        "unconfirmed": tuple(slug for slug in laboratory.unconfirmed if slug in known),
    }


def _fields(value: object, target: Any) -> dict[str, Any]:
    """The attributes of `value` that the dataclass `target` also has."""
    return {name: getattr(value, name) for name in target.__dataclass_fields__}
