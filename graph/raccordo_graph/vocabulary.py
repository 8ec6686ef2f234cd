"""The words of every laboratory, theme, function and sector, with what each word is worth."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import NamedTuple

from raccordo_graph.facts import Facts, Function, Laboratory, Sector, Theme
from raccordo_graph.text import Language, stem, words


class Field(NamedTuple):
    """One text of a thing: its words count `weight` times each."""

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
    """Every stem's `idf`, and of every described node its `entries`, both in alphabetical order.

    A word counts ``ln(1 + n) * idf`` where `n` is its occurrences weighted by field, and the words of one thing
    are scaled to length 1 (the usual TF-IDF of G. Salton, C. Buckley, *Term-weighting approaches in automatic
    text retrieval*, 1988). ``idf = ln((1 + N) / (1 + df))`` + 1 over the `N` laboratories and themes, so that
    what every card says is worth little.
    """

    idf: Mapping[str, float]
    entries: Mapping[tuple[str, str], tuple[Entry, ...]]

    @classmethod
    def of(cls, facts: Facts) -> "Vocabulary":
        """Read all texts of `facts`."""
        described: dict[tuple[str, str], _Text] = {}
        for laboratory in facts.laboratories:
            described["laboratory", laboratory.slug] = _Text.of(_laboratory(laboratory))
        for theme in facts.themes:
            described["theme", theme.slug] = _Text.of(_theme(theme))
        for function in facts.functions:
            described["function", function.letter] = _Text.of(_function(function))
        for sector in facts.sectors:
            described["sector", sector.slug] = _Text.of(_sector(sector))
        idf = _idf([text for node, text in described.items() if node[0] in ("laboratory", "theme")])
        rarest = max(idf.values(), default=1.0)
        stems = sorted({stem for text in described.values() for stem in text.counts})
        idf = {stem: idf.get(stem, rarest) for stem in stems}
        return cls(idf, {node: described[node].entries(idf) for node in sorted(described)})


@dataclass(frozen=True, slots=True)
class _Text:
    counts: Counter[str]
    written: Mapping[str, str]

    @classmethod
    def of(cls, fields: Iterator[Field]) -> "_Text":
        counts: Counter[str] = Counter()
        forms: dict[str, Counter[str]] = {}
        for field in fields:
            for word in words(field.text):
                key = stem(word.folded, field.language)
                counts[key] += field.weight  # type: ignore[assignment]  # a Counter adds fractions as well
                forms.setdefault(key, Counter())[word.written] += 1
        # The form written most often stands for the word; of equals, the shortest, then the first of the alphabet.
        return cls(
            counts,
            {key: min(of, key=lambda form: (-of[form], len(form), form)) for key, of in forms.items()},
        )

    def entries(self, idf: Mapping[str, float]) -> tuple[Entry, ...]:
        raw = {stem: log(1 + self.counts[stem]) * idf[stem] for stem in sorted(self.counts)}
        length = sqrt(sum(weight * weight for weight in raw.values()))
        return tuple(Entry(stem, weight / length, self.written[stem]) for stem, weight in raw.items())


def _idf(texts: list[_Text]) -> dict[str, float]:
    holders = Counter(stem for text in texts for stem in text.counts)
    return {stem: log((1 + len(texts)) / (1 + df)) + 1 for stem, df in holders.items()}


def _laboratory(laboratory: Laboratory) -> Iterator[Field]:
    yield Field(laboratory.name, "it", 1.0)
    yield Field(laboratory.topic_en, "en", 1.0)
    yield from (Field(keyword, "it", 2.0) for keyword in laboratory.keywords_it)
    yield from (Field(keyword, "en", 1.0) for keyword in laboratory.keywords_en)
    yield Field(laboratory.card_it, "it", 1.0)
    yield Field(laboratory.card_en, "en", 0.5)


def _theme(theme: Theme) -> Iterator[Field]:
    yield Field(theme.label_it, "it", 2.0)
    yield Field(theme.label_en, "en", 1.0)
    yield from (Field(keyword, "it", 2.0) for keyword in theme.keywords_it)
    yield from (Field(keyword, "en", 1.0) for keyword in theme.keywords_en)
    yield Field(theme.description_it, "it", 1.0)
    yield Field(theme.description_en, "en", 0.5)


def _function(function: Function) -> Iterator[Field]:
    yield Field(function.text_it, "it", 1.0)
    yield Field(function.text_en, "en", 0.5)
    yield Field(function.short_it, "it", 2.0)
    yield Field(function.short_en, "en", 1.0)
    yield from (Field(service, "it", 2.0) for service in function.services_it)
    yield from (Field(service, "en", 1.0) for service in function.services_en)


def _sector(sector: Sector) -> Iterator[Field]:
    yield Field(sector.label_it, "it", 1.0)
    yield Field(sector.label_en, "en", 1.0)
