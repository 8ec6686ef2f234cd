"""Concepts that the titles of a laboratory's publications speak of: proposals, which nothing counts until confirmed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from raccordo_graph.index import Index
from raccordo_graph.understanding import understand

LEAST_SHARE = 0.1
"""A title proposes a concept from this share of what it says."""

MOST = 12
"""Proposals at a time: a person reads them one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedConcept:
    """A concept, in how many titles it is said, the title that says it loudest and its word there."""

    key: str
    label_it: str
    label_en: str
    titles: int
    title: str
    written: str


def proposed(index: Index, laboratory: str, titles: Sequence[str]) -> tuple[ProposedConcept, ...]:
    """Return the concepts of `titles` that `laboratory` is not linked to yet and has not refused, best first.

    Best is the sum of the shares over the titles; equal sums go by key.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import SPEAKING_VALLEY
    >>> index = Index.from_graph(build(SPEAKING_VALLEY))
    >>> [(one.key, one.titles, one.written) for one in proposed(index, "space", ["Il torrente", "Le stelle"])]
    [('streams', 1, 'torrente')]
    """
    index.refuse_unknown("laboratory", [laboratory])
    known = {*index.inferred_of(laboratory), *stated_of(index, laboratory)}
    shares: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    for title in dict.fromkeys(titles):
        for topic in understand(index, title).concepts:
            service = index.graph.nodes["concept", topic.key]["service"]
            if topic.weight >= LEAST_SHARE and topic.key not in known and not service:
                shares[topic.key].append((topic.weight, title, topic.words[0] if topic.words else ""))
    best = sorted(shares, key=lambda key: (-round(sum(share for share, *_ in shares[key]), 9), key))[:MOST]
    return tuple(_proposal(index, key, shares[key]) for key in best)


def stated_of(index: Index, laboratory: str) -> frozenset[str]:
    """Return the concepts that `laboratory` states anything about, those that are not its own too."""
    return frozenset(index.graph.nodes["laboratory", laboratory]["stated"])


def _proposal(index: Index, key: str, told: list[tuple[float, str, str]]) -> ProposedConcept:
    node = index.graph.nodes["concept", key]
    _, title, written = max(told, key=lambda one: one[0])
    return ProposedConcept(
        key=key,
        label_it=node["label_it"],
        label_en=node["label_en"],
        titles=len(told),
        title=title,
        written=written,
    )
