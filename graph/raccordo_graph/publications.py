"""What laboratories and professors have written, as a graph of profiles, documents and terms."""

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
class Document:
    """Something that was published, in English. The same `key` in two profiles is the same document."""

    key: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A laboratory or a professor, by key, with what it has published."""

    key: str
    documents: tuple[Document, ...]


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


def rarity(documents: int, holders: int) -> float:
    """Return the idf of a term that `holders` of `documents` use: ``1 + ln((1 + documents) / (1 + holders))``.

    >>> rarity(9, 9), round(rarity(9, 0), 2)
    (1.0, 3.3)
    """
    return 1 + log((1 + documents) / (1 + holders))


def archive(profiles: Iterable[Profile]) -> "Archive":
    """Return the graph of `profiles`: the same graph for the same profiles in any order.

    Edges join a profile to its documents (weight 1) and a document to its terms: `count` is how often it says the
    term, `weight` the TF-IDF ``ln(1 + count) * idf`` scaled to length 1, `written` how the document writes it. A
    document without a word, and a profile without a document, are left out: nothing is known of them. Two texts
    under one key raise :exc:`ValueError`.

    >>> bridges = Document(key="d1", title="Vibration of bridges")
    >>> graph = archive([Profile(key="lab", documents=(bridges,))])
    >>> sorted(graph.adj["document", "d1"])
    [('profile', 'lab'), ('term', 'bridg'), ('term', 'vibrat')]
    """
    documents: dict[str, Document] = {}
    owners: dict[str, set[str]] = defaultdict(set)
    for profile in profiles:
        for document in profile.documents:
            if documents.setdefault(document.key, document) != document:
                raise ValueError(f"two documents have the key {document.key!r}")
            owners[document.key].add(profile.key)
    read = {key: Terms.of(documents[key].title, documents[key].text) for key in sorted(documents)}
    read = {key: terms for key, terms in read.items() if terms.counts}
    holders = Counter(term for terms in read.values() for term in terms.counts)
    graph: Archive = nx.Graph()
    for term in sorted(holders):
        graph.add_node(("term", term), idf=rarity(len(read), holders[term]), holders=holders[term])
    for key, terms in read.items():
        graph.add_node(("document", key), title=documents[key].title)
        graph.add_edges_from(
            (("profile", owner), ("document", key), {"weight": 1.0}) for owner in sorted(owners[key])
        )
        _add_terms(graph, key, terms)
    return graph


def _add_terms(graph: "Archive", key: str, terms: Terms) -> None:
    raw = {term: log(1 + count) * graph.nodes["term", term]["idf"] for term, count in terms.counts.items()}
    length = sqrt(sum(weight * weight for weight in raw.values()))
    for term, weight in raw.items():
        graph.add_edge(
            ("document", key),
            ("term", term),
            weight=weight / length,
            count=terms.counts[term],
            written=terms.written[term],
        )
