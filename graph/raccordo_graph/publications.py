"""What laboratories and professors have written, as a graph of profiles, publications and terms."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

import networkx as nx

from raccordo_graph.text import stem, words

if TYPE_CHECKING:
    from raccordo_graph.knowledge import Node

    Archive = nx.Graph[Node]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Something that was published, in English. The same `key` in two profiles is the same publication."""

    key: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A laboratory or a professor, by key, with what it has published."""

    key: str
    publications: tuple[Publication, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """How often each English stem occurs in a text, and how the text first writes it."""

    counts: Mapping[str, int]
    written: Mapping[str, str]

    @classmethod
    def of(cls, *texts: str) -> "Terms":
        """Read `texts` as one.

        >>> Terms.of("Bridges of steel", "A steel bridge").counts
        {'bridg': 2, 'steel': 2}
        """
        counts: Counter[str] = Counter()
        written: dict[str, str] = {}
        for text in texts:
            for word in words(text):
                key = stem(word.folded, "en")
                counts[key] += 1
                written.setdefault(key, word.written)
        return cls(dict(sorted(counts.items())), written)


def rarity(publications: int, holders: int) -> float:
    """Return the idf of a term that `holders` of `publications` use: ``1 + ln((1 + publications) / (1 + holders))``.

    >>> rarity(9, 9), round(rarity(9, 0), 2)
    (1.0, 3.3)
    """
    return 1 + log((1 + publications) / (1 + holders))


def archive(profiles: Iterable[Profile]) -> "Archive":
    """Return the graph of `profiles`: the same graph for the same profiles in any order.

    Edges join a profile to its publications (weight 1) and a publication to its terms: `count` is how often it says the
    term, `weight` the TF-IDF ``ln(1 + count) * idf`` scaled to length 1, `written` how the publication writes it. A
    publication without a word, and a profile without a publication, are left out: nothing is known of them. Two texts
    under one key raise :exc:`ValueError`.

    >>> bridges = Publication(key="d1", title="Vibration of bridges")
    >>> graph = archive([Profile(key="lab", publications=(bridges,))])
    >>> sorted(graph.adj["publication", "d1"])
    [('profile', 'lab'), ('term', 'bridg'), ('term', 'vibrat')]
    """
    publications: dict[str, Publication] = {}
    owners: dict[str, set[str]] = defaultdict(set)
    for profile in profiles:
        for publication in profile.publications:
            if publications.setdefault(publication.key, publication) != publication:
                raise ValueError(f"two publications have the key {publication.key!r}")
            owners[publication.key].add(profile.key)
    read = {key: Terms.of(publications[key].title, publications[key].text) for key in sorted(publications)}
    read = {key: terms for key, terms in read.items() if terms.counts}
    holders = Counter(term for terms in read.values() for term in terms.counts)
    graph: Archive = nx.Graph()
    for term in sorted(holders):
        graph.add_node(("term", term), idf=rarity(len(read), holders[term]), holders=holders[term])
    for key, terms in read.items():
        graph.add_node(("publication", key), title=publications[key].title)
        graph.add_edges_from(
            (("profile", owner), ("publication", key), {"weight": 1.0}) for owner in sorted(owners[key])
        )
        _add_terms(graph, key, terms)
    return graph


def _add_terms(graph: "Archive", key: str, terms: Terms) -> None:
    raw = {term: log(1 + count) * graph.nodes["term", term]["idf"] for term, count in terms.counts.items()}
    length = sqrt(sum(weight * weight for weight in raw.values()))
    for term, weight in raw.items():
        graph.add_edge(
            ("publication", key),
            ("term", term),
            weight=weight / length,
            count=terms.counts[term],
            written=terms.written[term],
        )
