"""Why an offer fits, in one sentence of each language: what both texts say first, then the way between them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from raccordo_graph.sentences import in_running_text

if TYPE_CHECKING:
    from raccordo_graph.knowledge import Knowledge

TOLD_TOPICS = 2
"""Themes, or where there is none concepts, in one sentence."""

TOLD_WORDS = 3
"""Words in one sentence, as the need writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a sentence tells: slugs of themes and concepts, words of the need, how many more needs fit, kilometres."""

    themes: tuple[str, ...]
    concepts: tuple[str, ...]
    words: tuple[str, ...]
    more: int
    km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPhrases:
    """The phrases of one language; pairs are singular and plural, `label` the graph's attribute that speaks it."""

    label: str
    speaks: str
    conjunction: str
    words: tuple[str, str]
    only_words: tuple[str, str]
    more: tuple[str, str]
    far: str
    nearest: str
    nothing: str
    quotes: str


ITALIAN = OfferPhrases(
    label="label_it",
    speaks="Parla di {}, come il bisogno",
    conjunction=" e di ",
    words=("parola in comune: {}", "parole in comune: {}"),
    only_words=("Parola in comune: {}", "Parole in comune: {}"),
    more=("c’entra un altro bisogno dello stesso ente", "c’entrano altri {} bisogni dello stesso ente"),
    far="il laboratorio è a {} km in linea d’aria",
    nearest="meno di 1",
    nothing="Nessun bisogno pubblicato c’entra con l’offerta",
    quotes="«{}»",
)
ENGLISH = OfferPhrases(
    label="label_en",
    speaks="Speaks of {}, as the need does",
    conjunction=" and ",
    words=("word in common: {}", "words in common: {}"),
    only_words=("Word in common: {}", "Words in common: {}"),
    more=("another need of the same body is about it too", "{} more needs of the same body are about it too"),
    far="the laboratory is {} km away as the crow flies",
    nearest="less than 1",
    nothing="No published need has to do with the offer",
    quotes="“{}”",
)


def sentence(phrases: OfferPhrases, graph: "Knowledge", said: Said) -> str:
    """Return the reasons as one sentence.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import VALLEY
    >>> said = Said(themes=("frane",), concepts=(), words=("torrente",), more=1, km=11.6)
    >>> sentence(ITALIAN, build(VALLEY), said)  # doctest: +ELLIPSIS
    'Parla di frane e alluvioni, come il bisogno; parola in comune: «torrente»; c’entra un altro bisogno ... 12 km ...'
    """
    labels = _labels(phrases, graph, said)
    quoted = [phrases.quotes.format(word) for word in said.words[:TOLD_WORDS]]
    clauses = [phrases.speaks.format(phrases.conjunction.join(labels))] if labels else []
    if quoted:
        forms = phrases.words if labels else phrases.only_words
        clauses.append(forms[len(quoted) > 1].format(", ".join(quoted)))
    if not clauses:
        clauses.append(phrases.nothing)
    if said.more:
        clauses.append(phrases.more[said.more > 1].format(said.more))
    if said.km is not None:
        clauses.append(phrases.far.format(phrases.nearest if said.km < 1 else round(said.km)))
    return "; ".join(clauses) + "."


def _labels(phrases: OfferPhrases, graph: "Knowledge", said: Said) -> list[str]:
    """The themes of both, else the concepts of both, as the graph names them."""
    topics = [("theme", slug) for slug in said.themes] or [("concept", slug) for slug in said.concepts]
    return [in_running_text(graph.nodes[topic][phrases.label]) for topic in topics[:TOLD_TOPICS]]
