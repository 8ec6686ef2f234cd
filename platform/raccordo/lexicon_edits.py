"""What a coordinator does to the lexicon: add, change and remove terms, one by one or as a file; everybody reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from raccordo import audit, catalogue, database
from raccordo import lexicon as shipped_lexicon
from raccordo.catalogue import Catalogue
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.lexicon_overlay import PREFIX, SEPARATOR, key_of
from raccordo.models import LexiconTerm
from raccordo.people import Actor
from raccordo.refusals import FieldRefusal, NotFound, Refused, Stale
from raccordo.rights import NOTHING, allows, demand
from raccordo.written_text import has_controls
from raccordo_graph import Concept, Term
from raccordo_graph.lexicon import stems_of
from raccordo_graph.text import fold

LONGEST = 120  # characters of a way of saying something
MOST_VARIANTS = 30
MOST_CONCEPTS = 8
LANGUAGES = ("it", "en")
SHOWN = 100
ONLY_COORDINATORS = Sentence("Il lessico lo cambia chi coordina, dopo il secondo fattore.")


Edits = Mapping[tuple[str, str], LexiconTerm]  # by term and language


@dataclass(frozen=True, slots=True, kw_only=True)
class TermInput:
    """A term as typed: variants and concepts one by one."""

    term: str = ""
    language: str = "it"
    variants: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A term in force with its concepts; `version` is 0 while it is as it ships, `removed` keeps it away."""

    term: str
    language: str
    variants: tuple[str, ...]
    concepts: tuple[Concept, ...]
    edited: bool
    removed: bool
    version: int
    changed_at: datetime | None

    @property
    def themes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(slug for concept in self.concepts for slug in concept.themes))

    @property
    def functions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for concept in self.concepts for key in concept.functions))


def concepts_of(current: Catalogue) -> dict[str, Concept]:
    """The concepts that a term can be given, by slug; what corrections taught is no choice."""
    taught = tuple(PREFIX.values())
    found = {
        concept.slug: concept for concept in current.lexicon.concepts if not concept.slug.startswith(taught)
    }
    return dict(sorted(found.items(), key=lambda one: one[1].label_it.casefold()))


async def edits() -> Edits:
    """What coordinators changed, by term and language."""
    return {
        key_of(row.term, row.language): row for row in await LexiconTerm.all().order_by("term", "language")
    }


async def search(current: Catalogue, text: str, *, edited_only: bool = False) -> list[Entry]:
    """The terms that have these words in one of their ways of writing or a concept's name, and what was removed."""
    return chosen(current, await edits(), text, edited_only=edited_only)


def chosen(current: Catalogue, changed: Edits, text: str = "", *, edited_only: bool = False) -> list[Entry]:
    """The same with what coordinators changed already read."""
    wanted, known = fold(text).split(), {concept.slug: concept for concept in current.lexicon.concepts}
    found = [
        _entry(known, term, changed.get(key_of(term.term, term.language))) for term in current.lexicon.terms
    ]
    found += [_removed(row) for row in changed.values() if row.removed]
    kept = [one for one in found if (one.edited or not edited_only) and _says(one, wanted)]
    return sorted(kept, key=lambda one: (not _exactly(one, text), one.term.casefold(), one.language))


async def find(current: Catalogue, term: str, language: str) -> Entry:
    """One term, in force or removed; raises NotFound."""
    changed = (await edits()).get(key_of(term, language))
    if changed is not None and changed.removed:
        return _removed(changed)
    for one in current.lexicon.terms:
        if key_of(one.term, one.language) == key_of(term, language):
            return _entry({concept.slug: concept for concept in current.lexicon.concepts}, one, changed)
    raise NotFound("unknown_term", Sentence("Nel lessico non c’è questa voce."))


def may_edit(actor: Actor) -> bool:
    return allows(actor, "save", "lexicon_term", NOTHING)


async def save(actor: Actor, wanted: TermInput, version: int) -> Entry:
    """Add a term or replace it whole; `version` is the one seen (0: new or as shipped). Raises Refused or Stale."""
    demand(actor, "save", "lexicon_term", NOTHING, ONLY_COORDINATORS)
    checked = check(catalogue.current(), wanted)
    return await _put(actor, checked, version, removed=False)


async def remove(actor: Actor, term: str, language: str, version: int) -> Entry:
    """Take a term away, for good: no later release brings it back. Saving it again does."""
    demand(actor, "remove", "lexicon_term", NOTHING, ONLY_COORDINATORS)
    known = await find(catalogue.current(), term, language)
    kept = TermInput(
        term=known.term,
        language=known.language,
        variants=known.variants,
        concepts=tuple(one.slug for one in known.concepts),
    )
    return await _put(actor, kept, version, removed=True)


async def _put(actor: Actor, wanted: TermInput, version: int, *, removed: bool) -> Entry:
    async def work(writing: Writing) -> None:
        row = await LexiconTerm.get_or_none(term=wanted.term, language=wanted.language)
        if (row.version if row else 0) != version:
            sentence = Sentence("Qualcuno ha cambiato la voce nel frattempo: ecco com’è adesso.")
            raise Stale(sentence, await find(catalogue.current(), wanted.term, wanted.language))
        await put(writing, actor, wanted, row, removed=removed)

    await database.write(work)
    return await find(await catalogue.catch_up(), wanted.term, wanted.language)


async def put(
    writing: Writing, actor: Actor, wanted: TermInput, row: LexiconTerm | None, *, removed: bool
) -> None:
    """Write one term over `row`; the caller has checked rights, version and input."""
    columns: dict[str, Any] = {
        "variants": SEPARATOR.join(wanted.variants),
        "concepts": SEPARATOR.join(wanted.concepts),
        "removed": removed,
        "changed_at": datetime.now(UTC),
        "version": (row.version if row else 0) + 1,
    }
    await LexiconTerm.update_or_create(term=wanted.term, language=wanted.language, defaults=columns)
    details = {"term": wanted.term, "language": wanted.language, "concepts": list(wanted.concepts)}
    await audit.record(
        writing,
        actor,
        "remove_term" if removed else "save_term",
        "lexicon",
        details | {"version": columns["version"]},
    )
    writing.publishes = writing.reference = True


def check(current: Catalogue, wanted: TermInput) -> TermInput:
    """The term made storable: folded white space, each variant once; raises Refused with a sentence for each field."""
    term, language = _flat(wanted.term), wanted.language.lower()
    variants = tuple(one for one in dict.fromkeys(map(_flat, wanted.variants)) if one and one != term)
    concepts = tuple(dict.fromkeys(one.strip() for one in wanted.concepts if one.strip()))
    problems = [*_wrong_words("term", (term,), language), *_wrong_words("variants", variants, language)]
    if language not in LANGUAGES:
        problems.append(
            FieldRefusal("language", "unknown", Sentence("La lingua è italiano (it) o inglese (en)."))
        )
    if len(variants) > MOST_VARIANTS:
        sentence = Sentence(
            "Al massimo {most} varianti: le altre possono essere voci a sé.", {"most": MOST_VARIANTS}
        )
        problems.append(FieldRefusal("variants", "too_many", sentence))
    problems += _wrong_concepts(concepts_of(current), concepts)
    if problems:
        raise Refused(
            "invalid", Sentence("La voce non si può ancora salvare: ecco che cosa correggere."), problems
        )
    return TermInput(term=term, language=language, variants=variants, concepts=concepts)


def _wrong_words(field: str, said: Iterable[str], language: str) -> list[FieldRefusal]:
    problems = []
    for one in said:
        if len(one) > LONGEST or has_controls(one) or SEPARATOR in one:
            sentence = Sentence(
                "Al massimo {most} caratteri, senza la barra | e senza caratteri di controllo.",
                {"most": LONGEST},
            )
            problems.append(FieldRefusal(field, "wrong_shape", sentence))
        elif not stems_of(one, "en" if language == "en" else "it"):
            sentence = Sentence(
                "«{value}» non dice nulla da sé: serve almeno una parola piena.", {"value": one[:40]}
            )
            problems.append(FieldRefusal(field, "empty", sentence))
    return problems[:1]


def _wrong_concepts(known: Mapping[str, Concept], concepts: tuple[str, ...]) -> list[FieldRefusal]:
    unknown = next((slug for slug in concepts if slug not in known), None)
    if unknown is not None:
        sentence = Sentence("Il concetto «{key}» non esiste.", {"key": unknown[:40]})
        return [FieldRefusal("concepts", "unknown", sentence)]
    if not concepts:
        return [
            FieldRefusal("concepts", "missing", Sentence("Serve almeno un concetto: che cosa vuol dire."))
        ]
    if len(concepts) > MOST_CONCEPTS:
        sentence = Sentence(
            "Al massimo {most} concetti: una voce che li dice tutti non ne dice nessuno.",
            {"most": MOST_CONCEPTS},
        )
        return [FieldRefusal("concepts", "too_many", sentence)]
    return []


def _flat(text: str) -> str:
    return " ".join(text.split())


def _entry(known: Mapping[str, Concept], term: Term, row: LexiconTerm | None) -> Entry:
    return Entry(
        term=term.term,
        language=term.language,
        variants=term.variants,
        concepts=tuple(known[slug] for slug in term.concepts if slug in known),
        edited=row is not None,
        removed=False,
        version=row.version if row else 0,
        changed_at=row.changed_at if row else None,
    )


def _removed(row: LexiconTerm) -> Entry:
    known = {concept.slug: concept for concept in shipped_lexicon.shipped().concepts}
    slugs = [slug for slug in row.concepts.split(SEPARATOR) if slug in known]
    return Entry(
        term=row.term,
        language=row.language,
        variants=tuple(one for one in row.variants.split(SEPARATOR) if one),
        concepts=tuple(known[slug] for slug in slugs),
        edited=True,
        removed=True,
        version=row.version,
        changed_at=row.changed_at,
    )


def _says(one: Entry, wanted: list[str]) -> bool:
    if not wanted:
        return True
    said = fold(" ".join((one.term, *one.variants, *(concept.label_it for concept in one.concepts))))
    return all(word in said for word in wanted)


def _exactly(one: Entry, text: str) -> bool:
    return fold(text) in {fold(written) for written in (one.term, *one.variants)}
