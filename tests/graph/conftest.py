"""The small valley, which can be checked by eye, and the facts that ship with the product."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import networkx as nx
import pytest

from raccordo_graph import Facts, Index, build
from raccordo_graph.valley import SPEAKING_VALLEY, VALLEY

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "ranking.py"


@pytest.fixture(scope="session")
def valley() -> Facts:
    return VALLEY


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


@pytest.fixture(scope="session")
def speaking() -> Index:
    """The small valley with a lexicon of three concepts, one of them a service."""
    return Index.from_graph(build(SPEAKING_VALLEY))
