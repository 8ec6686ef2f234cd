"""Whether a laboratory should serve a need at all, or an office, a supplier or a form would."""

from collections.abc import Iterator
from dataclasses import dataclass

from raccordo_graph.index import Index
from raccordo_graph.understanding import Understanding

SERVED_BY_OTHERS = 0.25
"""From this share of services in what a text says, no laboratory should serve it."""


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
    the text or more, the answer is no. Whoever chose a theme has answered the question: then it is yes. Nothing else
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
    share = sum(service.share for service in services)
    chosen = any(topic.chosen for topic in need.themes)
    return Serving(
        laboratory=chosen or share < SERVED_BY_OTHERS,
        share=share,
        services=services,
        functions=_functions(index, services[0].key) if services else (),
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
