"""The words of every laboratory, theme and function, with what each word is worth."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import NamedTuple

from raccordo_graph.facts import Facts, Function, Laboratory, Theme
from raccordo_graph.text import Language, stemmed

Described = tuple[str, str]
"""The node that a text describes: family and key."""


class Field(NamedTuple):
    """One text about a thing; each of its words counts `weight` times."""

    text: str
    language: Language
    weight: float


class Entry(NamedTuple):
    """A word as one thing uses it: its `weight` there (0 to 1) and how the thing's own text writes it."""

    stem: str
    weight: float
    written: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every stem's `idf`, and the `entries` of every described node, both in alphabetical order.

    A word that occurs `n` times (weighted by field) counts ``ln(1 + n) * idf``, and the words of one thing are
    scaled to length 1. With `N` laboratories and themes, of which `df` use the word,
    ``idf = 1 + ln((1 + N) / (1 + df))``: what every card says is worth little.
    Source: G. Salton, C. Buckley, *Term-weighting approaches in automatic text retrieval*, 1988.

    >>> roads = Theme(slug="strade", label_it="Strade e ponti", label_en="Roads and bridges")
    >>> vocabulary = Vocabulary.of(Facts(themes=(roads,)))
    >>> [(entry.stem, round(entry.weight, 2), entry.written) for entry in vocabulary.entries["theme", "strade"]]
    [('bridg', 0.38, 'bridges'), ('pont', 0.6, 'ponti'), ('road', 0.38, 'Roads'), ('strad', 0.6, 'Strade')]
    """

    idf: Mapping[str, float]
    entries: Mapping[Described, tuple[Entry, ...]]

    @classmethod
    def of(cls, facts: Facts) -> "Vocabulary":
        """Read all texts of `facts`."""
        texts = {node: _Text.of(fields) for node, fields in _described(facts)}
        measured = [text for (family, _), text in texts.items() if family != "function"]
        holders = Counter(stem for text in measured for stem in text.counts)
        stems = sorted({stem for text in texts.values() for stem in text.counts})
        idf = {stem: 1 + log((1 + len(measured)) / (1 + holders[stem])) for stem in stems}
        return cls(idf, {node: texts[node].entries(idf) for node in sorted(texts)})

    def cosines(self, rows: str, columns: str) -> Iterator[tuple[Described, Described, float]]:
        """Yield the cosine of the texts of every row and column (families of nodes) that share a word."""
        uses: dict[str, list[tuple[Described, float]]] = defaultdict(list)
        for node, entries in self.entries.items():
            if node[0] == columns:
                for entry in entries:
                    uses[entry.stem].append((node, entry.weight))
        for node, entries in self.entries.items():
            if node[0] == rows:
                found: dict[Described, float] = defaultdict(float)
                for entry in entries:
                    for other, weight in uses[entry.stem]:
                        found[other] += entry.weight * weight
                yield from ((node, other, cosine) for other, cosine in sorted(found.items()))


@dataclass(frozen=True, slots=True)
class _Text:
    counts: Mapping[str, float]
    written: Mapping[str, str]

    @classmethod
    def of(cls, fields: Iterable[Field]) -> "_Text":
        counts: dict[str, float] = defaultdict(float)
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for field in fields:
            for key, written in stemmed(field.text, field.language):
                counts[key] += field.weight
                forms[key][written] += 1
        return cls(counts, {key: _usual(written) for key, written in forms.items()})

    def entries(self, idf: Mapping[str, float]) -> tuple[Entry, ...]:
        raw = {stem: log(1 + self.counts[stem]) * idf[stem] for stem in sorted(self.counts)}
        length = sqrt(sum(weight * weight for weight in raw.values()))
        return tuple(Entry(stem, weight / length, self.written[stem]) for stem, weight in raw.items())


def _usual(forms: Counter[str]) -> str:
    """Return the form written most often; of equals the shortest, then small letters, then the alphabet's first."""
    return min(forms, key=lambda form: (-forms[form], len(form), form.swapcase()))


def _described(facts: Facts) -> Iterator[tuple[Described, Iterator[Field]]]:
    for laboratory in facts.laboratories:
        yield ("laboratory", laboratory.slug), told_by(laboratory)
    for theme in facts.themes:
        yield ("theme", theme.slug), _of_theme(theme)
    for function in facts.functions:
        yield ("function", function.letter), _of_function(function)


# A need is Italian and short: Italian texts and chosen keywords say more about it than long English prose.


def told_by(laboratory: Laboratory) -> Iterator[Field]:
    """Yield the texts of a laboratory, each with its language and weight."""
    yield Field(laboratory.name, "it", 1.0)
    yield Field(laboratory.topic_en, "en", 1.0)
    yield from (Field(keyword, "it", 2.0) for keyword in laboratory.keywords_it)
    yield from (Field(keyword, "en", 1.0) for keyword in laboratory.keywords_en)
    yield Field(laboratory.card_it, "it", 1.0)
    yield Field(laboratory.card_en, "en", 0.5)


def _of_theme(theme: Theme) -> Iterator[Field]:
    yield Field(theme.label_it, "it", 2.0)
    yield Field(theme.label_en, "en", 1.0)
    yield from (Field(keyword, "it", 2.0) for keyword in theme.keywords_it)
    yield from (Field(keyword, "en", 1.0) for keyword in theme.keywords_en)
    yield Field(theme.description_it, "it", 1.0)
    yield Field(theme.description_en, "en", 0.5)


def _of_function(function: Function) -> Iterator[Field]:
    yield Field(function.text_it, "it", 1.0)
    yield Field(function.text_en, "en", 0.5)
    yield Field(function.short_it, "it", 2.0)
    yield Field(function.short_en, "en", 1.0)
    yield from (Field(service, "it", 2.0) for service in function.services_it)
    yield from (Field(service, "en", 1.0) for service in function.services_en)
