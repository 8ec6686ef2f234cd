"""The lexicon in force: the one that ships, what coordinators changed of it, and what corrections taught it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import raccordo_graph
from raccordo import lexicon
from raccordo.catalogue_reading import parts
from raccordo.lexicon import Lexicon
from raccordo.models import Correction, Lesson, LexiconTerm, TopicKind
from raccordo_graph.text import Language, fold

ENOUGH = 3  # bodies whose corrections teach a word a topic
MOST_LEARNED = 300  # lessons in force: the lexicon stays what people wrote, with a little that it learned
SEPARATOR = "|"
PREFIX = {TopicKind.THEME: "appreso-tema-", TopicKind.FUNCTION: "appreso-funzione-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessoned:
    """A word of the lexicon that bodies take for another topic: how many say so, and what a coordinator decided.

    `taught` is None while nobody decided; then it is in force from `ENOUGH` bodies on.
    """

    kind: TopicKind
    stem: str
    word: str
    proposed: tuple[str, ...]
    chosen: str
    bodies: int
    taught: bool | None
    version: int
    decided_at: datetime | None

    @property
    def in_force(self) -> bool:
        return self.bodies >= ENOUGH if self.taught is None else self.taught


async def read(shelves: Mapping[str, Any]) -> Lexicon:
    """The lexicon in force, as far as it leads to what these shelves hold."""
    edits = await LexiconTerm.all().order_by("term", "language")
    removed = {fold(row.term) for row in edits if row.removed and row.language == "it"}
    lessons = [one for one in await lessons_of() if one.in_force and one.word not in removed]
    edited = with_edits(lexicon.shipped(), edits)
    learned = with_lessons(edited, lessons[:MOST_LEARNED], shelves)
    return lexicon.within(learned, shelves["themes"], shelves["functions"])


def with_edits(base: Lexicon, edits: Iterable[LexiconTerm]) -> Lexicon:
    """The lexicon with terms added, changed and removed; the same object when nothing was."""
    rows = list(edits)
    if not rows:
        return base
    known = {concept.slug for concept in base.concepts}
    terms = {key_of(term.term, term.language): term for term in base.terms}
    for row in rows:
        language: Language = "en" if row.language == "en" else "it"
        term = raccordo_graph.Term(
            term=row.term,
            variants=parts(row.variants),
            language=language,
            concepts=tuple(slug for slug in parts(row.concepts) if slug in known),
        )
        terms.pop(key_of(row.term, language), None)
        if not row.removed and term.concepts:
            terms[key_of(row.term, language)] = term
    said = [(row.term, row.language, row.variants, row.concepts, row.removed) for row in rows]
    return replace(base, digest=_digest(base.digest, said), terms=tuple(terms.values()))


def is_taught(concept: str) -> bool:
    """Whether a concept stands for a topic that corrections taught: no word of the lexicon, and nobody's to state."""
    return concept.startswith(tuple(PREFIX.values()))


def with_lessons(base: Lexicon, lessons: Iterable[Lessoned], shelves: Mapping[str, Any]) -> Lexicon:
    """The lexicon in which each word of a lesson may also mean the topic that people chose.

    A topic becomes one more concept beside the others of the word: the word says no more than it did, and its other
    meanings stay.
    """
    rows = [one for one in lessons if one.chosen in _shelf(shelves, one.kind)]
    if not rows:
        return base
    concepts = {PREFIX[one.kind] + one.chosen: _concept(one, shelves) for one in rows}
    terms = {key_of(term.term, term.language): term for term in base.terms}
    written = {fold(term.term): term.term for term in base.terms if term.language == "it"}
    for one in rows:
        slug, key = PREFIX[one.kind] + one.chosen, key_of(written.get(one.word, one.word), "it")
        known = terms.get(key)
        if known is None:
            terms[key] = raccordo_graph.Term(term=one.word, concepts=(slug,))
        elif slug not in known.concepts:
            terms[key] = replace(known, concepts=(*known.concepts, slug))
    said = sorted((one.kind.value, one.word, one.chosen) for one in rows)
    return replace(
        base,
        digest=_digest(base.digest, said),
        concepts=(*base.concepts, *(concepts[slug] for slug in sorted(concepts))),
        terms=tuple(terms.values()),
    )


async def lessons_of(stems: Collection[str] | None = None) -> list[Lessoned]:
    """Every correction and decision by word and topic, or those of these stems alone, those of most bodies first.

    Their words are the lexicon's: everybody may read them.
    """
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    only: dict[str, Any] = {} if stems is None else {"stem__in": sorted(stems)}
    taught = {(row.kind, row.stem, row.chosen): row for row in await Lesson.filter(**only)}
    rows = Correction.filter(kind__in=list(PREFIX), **only).order_by("id")
    for kind, stem, word, proposed, chosen, body in await rows.values_list(
        "kind", "stem", "word", "proposed", "chosen", "body_id"
    ):
        one = found.setdefault((kind, stem, chosen), {"word": word, "proposed": {}, "bodies": set()})
        one["proposed"][proposed] = None
        one["bodies"].add(body)
    for key, row in taught.items():
        found.setdefault(key, {"word": row.word, "proposed": {}, "bodies": set()})
    lessons = [
        Lessoned(
            kind=TopicKind(key[0]),
            stem=key[1],
            word=one["word"],
            proposed=tuple(proposed for proposed in one["proposed"] if proposed),
            chosen=key[2],
            bodies=len(one["bodies"]),
            taught=taught[key].taught if key in taught else None,
            version=taught[key].version if key in taught else 0,
            decided_at=taught[key].changed_at if key in taught else None,
        )
        for key, one in found.items()
    ]
    return sorted(lessons, key=lambda one: (-one.bodies, one.word, one.kind.value, one.chosen))


def key_of(term: str, language: str) -> tuple[str, str]:
    return term, language.lower()


def _shelf(shelves: Mapping[str, Any], kind: TopicKind) -> Mapping[str, Any]:
    shelf: Mapping[str, Any] = shelves["themes" if kind is TopicKind.THEME else "functions"]
    return shelf


def _concept(one: Lessoned, shelves: Mapping[str, Any]) -> raccordo_graph.Concept:
    topic, theme = _shelf(shelves, one.kind)[one.chosen], one.kind is TopicKind.THEME
    return raccordo_graph.Concept(
        slug=PREFIX[one.kind] + one.chosen,
        label_it=topic.label_it if theme else topic.short_it,
        label_en=topic.label_en if theme else topic.short_en,
        themes=(one.chosen,) if theme else (),
        functions=() if theme else (one.chosen,),
    )


def _digest(before: str, said: object) -> str:
    return hashlib.sha256(f"{before}\n{said!r}".encode()).hexdigest()[:16]
