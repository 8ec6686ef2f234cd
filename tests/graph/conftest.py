"""A small valley that can be checked by eye, and the facts that ship with the product."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import networkx as nx
import pytest

from raccordo_graph import (
    Campus,
    Department,
    Facts,
    Function,
    Index,
    Laboratory,
    Municipality,
    Sector,
    Theme,
    build,
)

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "ranking.py"


def _function(letter: str, short_it: str, short_en: str, *services: str) -> Function:
    return Function(
        letter=letter,
        text_it=short_it,
        text_en=short_en,
        short_it=short_it,
        short_en=short_en,
        services_it=services,
    )


CAMPUSES = (
    Campus(code="LC", name="Polo territoriale di Lecco", latitude=45.8505, longitude=9.3985),
    Campus(code="MI", name="Milano Leonardo (Città Studi)", latitude=45.4781, longitude=9.2270),
    Campus(code="SH", name="Shanghai", latitude=31.283, longitude=121.501, reachable=False),
)

FUNCTIONS = (
    _function("a", "Amministrazione", "Administration", "ragioneria"),
    _function("b", "Servizi pubblici", "Public services", "strade"),
    _function("e", "Protezione civile", "Civil protection", "allertamento"),
    _function("f", "Rifiuti", "Waste", "raccolta"),
)

THEMES = (
    Theme(
        slug="strade-ponti",
        label_it="Strade e ponti",
        label_en="Roads and bridges",
        keywords_it=("viadotti", "asfalto", "buche"),
        functions=("b",),
        departments=("DICA",),
    ),
    Theme(
        slug="frane",
        label_it="Frane e alluvioni",
        label_en="Landslides and floods",
        keywords_it=("torrenti", "smottamento"),
        functions=("b", "e"),
        departments=("DICA",),
    ),
    Theme(
        slug="rifiuti",
        label_it="Rifiuti",
        label_en="Waste",
        keywords_it=("spazzatura", "cassonetti"),
        functions=("f",),
        sectors=("green-deal",),
    ),
    Theme(slug="cloud", label_it="PA digitale", label_en="Digital PA", functions=("a",)),
)

LABORATORIES = (
    Laboratory(
        slug="bridges",
        name="Prove sui ponti",
        department="DICA",
        campus="LC",
        card_it="Misura le vibrazioni dei ponti.",
        card_en="Measures how bridges vibrate.",
        themes=("strade-ponti",),
    ),
    Laboratory(
        slug="both",
        name="Geotecnica",
        department="DICA",
        campus="MI",
        card_it="Studia i versanti sopra le strade.",
        themes=("strade-ponti", "frane"),
        free_places=2,
    ),
    Laboratory(
        slug="slopes",
        name="Versanti",
        department="DICA",
        campus="MI",
        card_it="Prevede le frane dopo la pioggia.",
        themes=("frane",),
    ),
    Laboratory(
        slug="waste",
        name="Materiali",
        department="DICA",
        keywords_it=("rifiuti", "riciclo"),
        themes=("rifiuti",),
        sectors=("green-deal",),
    ),
    Laboratory(slug="space", name="Satelliti", department="DAER", campus="SH", card_it="Guarda le stelle."),
)


@pytest.fixture(scope="session")
def valley() -> Facts:
    """Four themes and five laboratories; one holds two themes, one none, one has no known campus."""
    return Facts(
        campuses=CAMPUSES,
        departments=(
            Department(acronym="DICA", name_it="Ingegneria", name_en="Engineering"),
            Department(acronym="DAER", name_it="Scienze aerospaziali", name_en="Aerospace"),
        ),
        functions=FUNCTIONS,
        sectors=(Sector(slug="green-deal", label_it="Green deal", label_en="Green deal"),),
        themes=THEMES,
        laboratories=LABORATORIES,
        municipalities=(
            Municipality(istat_code="097042", latitude=45.8566, longitude=9.3977),
            Municipality(istat_code="097065", latitude=45.9522, longitude=9.4427),
        ),
    )


@pytest.fixture(scope="session")
def graph(valley: Facts) -> nx.DiGraph[tuple[str, str]]:
    return build(valley)


@pytest.fixture(scope="session")
def index(graph: nx.DiGraph[tuple[str, str]]) -> Index:
    return Index.from_graph(graph)


@pytest.fixture(scope="session")
def real_facts() -> Facts:
    """The reference data, read as the benchmark reads it."""
    spec = importlib.util.spec_from_file_location("ranking_benchmark", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    facts: Facts = benchmark.real_facts()
    return facts


@pytest.fixture(scope="session")
def real_index(real_facts: Facts) -> Index:
    return Index.from_graph(build(real_facts))
