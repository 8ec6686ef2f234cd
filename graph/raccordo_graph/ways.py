"""The way of the walk from a need to a laboratory as a sentence, node by node, with the kind of the last link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from raccordo_graph.knowledge import Knowledge, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class WayPhrases:
    """The phrases of one language; `label` is the attribute of the graph's nodes that speaks it."""

    label: str
    from_word: str
    starts: Mapping[str, str]
    passes: Mapping[str, str]
    onward: str
    ends: Mapping[str, str]


ITALIAN_WAY = WayPhrases(
    label="label_it",
    from_word="Dalla parola «{}»",
    starts={
        "concept": "Dal concetto «{}»",
        "theme": "Dal tema «{}»",
        "function": "Dalla funzione «{}»",
    },
    passes={
        "concept": "al concetto «{}»",
        "theme": "al tema «{}»",
        "function": "alla funzione «{}»",
        "sector": "al settore «{}»",
        "department": "al dipartimento «{}»",
    },
    onward=", da lì ",
    ends={
        "treated_by": ", di cui parla la scheda del laboratorio.",
        "stated_by": ", di cui il laboratorio dice di occuparsi.",
        "suits": ", di cui il laboratorio può occuparsi per la sua disciplina: da confermare.",
        "studied_by": ", che il laboratorio dichiara tra i suoi temi.",
        "touched_by": ", che i testi del laboratorio toccano.",
        "pursued_by": ", in cui il laboratorio lavora.",
        "houses": ", a cui il laboratorio appartiene.",
    },
)

ENGLISH_WAY = WayPhrases(
    label="label_en",
    from_word="From the word “{}”",
    starts={
        "concept": "From the concept “{}”",
        "theme": "From the theme “{}”",
        "function": "From the function “{}”",
    },
    passes={
        "concept": "to the concept “{}”",
        "theme": "to the theme “{}”",
        "function": "to the function “{}”",
        "sector": "to the sector “{}”",
        "department": "to the department “{}”",
    },
    onward=", from there ",
    ends={
        "treated_by": ", which the laboratory’s card speaks of.",
        "stated_by": ", which the laboratory says it works on.",
        "suits": ", which the laboratory may work on because of its discipline: to be confirmed.",
        "studied_by": ", which the laboratory states among its themes.",
        "touched_by": ", which the laboratory’s texts touch.",
        "pursued_by": ", in which the laboratory works.",
        "houses": ", to which the laboratory belongs.",
    },
)


def way(
    phrases: WayPhrases, graph: "Knowledge", path: "Sequence[Node]", written: "Mapping[Node, str]"
) -> str:
    """Return `path` (from a word, term, concept, theme or function to a laboratory) as a sentence; of none, nothing.

    `written` gives the word of the need for the node of a word or term; a stem that nobody wrote is told as it is.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import VALLEY
    >>> path = ("word", "spazzatur"), ("theme", "rifiuti"), ("laboratory", "waste")
    >>> way(ENGLISH_WAY, build(VALLEY), path, {("word", "spazzatur"): "Spazzatura"})
    'From the word “Spazzatura” to the theme “Waste”, which the laboratory states among its themes.'
    """
    if not path:
        return ""
    first, *middle = path[:-1]
    if first[0] in ("word", "term"):
        start = phrases.from_word.format(written.get(first, first[1]))
    else:
        start = phrases.starts[first[0]].format(graph.nodes[first][phrases.label])
    passed = [phrases.passes[node[0]].format(graph.nodes[node][phrases.label]) for node in middle]
    told = f"{start} {phrases.onward.join(passed)}" if passed else start
    return told + phrases.ends[graph.edges[path[-2], path[-1]]["kind"]]
