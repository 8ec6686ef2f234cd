"""The lexicon: which concepts every word may mean, between the municipality's everyday words and research."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log, log2
from typing import NamedTuple

from raccordo_graph.facts import Facts, Term
from raccordo_graph.text import Language, stemmed
from raccordo_graph.vocabulary import Field


class Meaning(NamedTuple):
    """A concept that a stem may mean, how strongly, and the shortest form of the lexicon that says so.

    `alone` when that form is a single word: such a word means the concept to a reader, too.
    """

    concept: str
    weight: float
    written: str
    alone: bool


class Heard(NamedTuple):
    """How loudly a text says a concept, and the word of the text that means it most clearly.

    It is `clear` when that word means the concept alone, outside any phrase.
    """

    loudness: float
    written: str
    clear: bool = True


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The `meanings` of every stem of the lexicon, in alphabetical order.

    A form of `k` different stems lends each of them ``1 / k``; a stem counts what its shortest form lends it, times
    ``ln(1 + N / sum of what it lends)``: of `N` concepts, it says little when it may mean many of them. A phrase is
    heard whole when all its words are there, and half when half of them are.

    >>> from raccordo_graph.facts import Concept, Term
    >>> facts = Facts(
    ...     concepts=(Concept(slug="bridges", label_it="Ponti", label_en="Bridges"),),
    ...     terms=(Term(term="il ponte balla", variants=("viadotto",), concepts=("bridges",)),),
    ... )
    >>> [(stem, round(found[0].weight, 2)) for stem, found in Lexicon.of(facts).meanings.items()]
    [('ball', 0.55), ('pont', 0.55), ('viadott', 0.69)]
    """

    meanings: Mapping[str, tuple[Meaning, ...]]

    @classmethod
    def of(cls, facts: Facts) -> "Lexicon":
        """Read the terms of `facts`."""
        lent: dict[str, dict[str, tuple[float, str]]] = defaultdict(dict)
        for term in facts.terms:
            for written, stems in forms(term):
                for key in stems:
                    for concept in term.concepts:
                        best = lent[key].get(concept, (0.0, ""))
                        lent[key][concept] = max(best, (1 / len(stems), written), key=lambda one: one[0])
        return cls({key: _meanings(lent[key], len(facts.concepts)) for key in sorted(lent)})

    def heard_in(self, fields: Iterable[Field]) -> dict[str, Heard]:
        """Return the concepts that the texts say, by slug.

        A stem said `n` times (weighted by field) counts ``log2(1 + n)`` times its weight.
        """
        counts: dict[str, float] = defaultdict(float)
        written: dict[str, str] = {}
        for field in fields:
            for key, word in stemmed(field.text, field.language):
                counts[key] += field.weight
                written.setdefault(key, word)
        loudness: dict[str, float] = defaultdict(float)
        loudest: dict[str, tuple[bool, float, str]] = {}
        for key in sorted(counts):
            for meaning in self.meanings.get(key, ()):
                said = log2(1 + counts[key]) * meaning.weight
                loudness[meaning.concept] += said
                told = (meaning.alone, meaning.weight, written[key])
                loudest[meaning.concept] = max(loudest.get(meaning.concept, told), told)
        return {
            concept: Heard(loudness[concept], loudest[concept][2], loudest[concept][0])
            for concept in sorted(loudness)
        }


def forms(term: Term) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every way of writing `term`, with its different stems; a form of stop words alone is left out.

    >>> list(forms(Term(term="buche", variants=("buca in strada",))))
    [('buche', ('buch',)), ('buca in strada', ('buc', 'strad'))]
    """
    for written in (term.term, *term.variants):
        stems = stems_of(written, term.language)
        if stems:
            yield written, stems


def stems_of(text: str, language: Language) -> tuple[str, ...]:
    """Return the different stems of `text`, in its order."""
    return tuple(dict.fromkeys(word.stem for word in stemmed(text, language)))


def _meanings(lent: Mapping[str, tuple[float, str]], concepts: int) -> tuple[Meaning, ...]:
    rarity = log(1 + concepts / sum(share for share, _ in lent.values()))
    return tuple(
        Meaning(concept, share * rarity, written, share == 1)
        for concept, (share, written) in sorted(lent.items())
    )
