"""Whether a laboratory should serve a need at all, or an office, a supplier or a form would."""

from collections.abc import Iterator
from dataclasses import dataclass

from raccordo_graph.index import Index
from raccordo_graph.understanding import Understanding

SERVED_BY_OTHERS = 0.17
"""From this share of services in what a text says, no laboratory should serve it."""

SEEKS = (0.13, 3)
"""How much more share of services each phrase allows that wants to understand or decide, and how many phrases count."""

RECURS = (0.2, 2)
"""The same for phrases that tell what recurs or concerns many. `python tools/fit_abstention.py` prints all three numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service that a text asks for (a concept of the lexicon), its share, and the words that say it."""

    key: str
    label_it: str
    label_en: str
    share: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Whether laboratories serve a need; `share` is how much of it asks for a service (0 to 1), `services` which.

    `services` go from the loudest; `functions` (letters) are those that the loudest falls to, the nearest first.
    """

    laboratory: bool
    share: float
    services: tuple[Service, ...]
    functions: tuple[str, ...]


def serves(index: Index, need: Understanding) -> Serving:
    """Return whether a laboratory should serve `need`.

    The concepts of the lexicon share out what a text says (:mod:`raccordo_graph.hearing`). Some of them are services:
    a repair, a form, an opening hour, a refund, a complaint, a purchase, staff. When these have `SERVED_BY_OTHERS` of
    the text or more, the answer is no; a text that wants to understand or decide something, or tells what recurs
    (:mod:`raccordo_graph.asking`), may hold more of them. Whoever chose a theme has answered the question: then it is yes. Nothing else
    counts, neither how well the best laboratory fits nor who or how large it is.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import SPEAKING_VALLEY
    >>> index = Index.from_graph(build(SPEAKING_VALLEY))
    >>> broken = serves(index, understand(index, "Una lampadina bruciata, un guasto"))
    >>> broken.laboratory, broken.services[0].key, broken.services[0].words[0], broken.functions
    (False, 'repair', 'guasto', ('b',))
    >>> serves(index, understand(index, "Il torrente esce")).laboratory
    True
    """
    services = tuple(_services(index, need))
    chosen = any(topic.chosen for topic in need.themes)
    return Serving(
        laboratory=chosen or need.services < bound(need),
        share=need.services,
        services=services,
        functions=_functions(index, services[0].key) if services else (),
    )


def bound(need: Understanding) -> float:
    """Return the share of services from which no laboratory should serve `need`."""
    return SERVED_BY_OTHERS + sum(
        weight * min(len(phrases), most)
        for (weight, most), phrases in zip((SEEKS, RECURS), need.asking, strict=True)
    )


def _services(index: Index, need: Understanding) -> Iterator[Service]:
    for topic in need.concepts:
        concept = index.graph.nodes.get(("concept", topic.key), {})
        if concept.get("service"):
            yield Service(
                key=topic.key,
                label_it=concept["label_it"],
                label_en=concept["label_en"],
                share=topic.weight,
                words=topic.words,
            )


def _functions(index: Index, concept: str) -> tuple[str, ...]:
    ends = index.graph.adj["concept", concept].items()
    near = sorted((-edge["weight"], key) for (family, key), edge in ends if family == "function")
    return tuple(key for _, key in near)
