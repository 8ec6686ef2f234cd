"""The lexicon in force, what coordinators change of it, and what corrections and unknown words say about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, TypeAlias

import strawberry
from strawberry import UNSET

from raccordo import corrections, lexicon_edits, lexicon_files, lexicon_overlay, published, unknown_words
from raccordo.lexicon_edits import Entry, TermInput
from raccordo.lexicon_files import Imported
from raccordo.lexicon_overlay import Lessoned
from raccordo.models import TopicKind
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo.schema.links import AFunction, ATheme
from raccordo.schema.listings import picked
from raccordo.schema.refusals import Refusal
from raccordo.unknown_words import Unknown
from raccordo_graph import Concept as GraphConcept

SEARCHING = 20  # what searching the lexicon costs in the limiter's count
IMPORTING = 200

enumeration(
    TopicKind,
    "What was corrected.",
    THEME="A theme.",
    FUNCTION="A fundamental function.",
    INTENT="What is looked for.",
)


def _themes(root: strawberry.Parent[GraphConcept], info: Info) -> list[published.Theme]:
    return picked(info.context.catalogue.themes, root.themes)


def _functions(root: strawberry.Parent[GraphConcept], info: Info) -> list[published.FundamentalFunction]:
    return picked(info.context.catalogue.functions, root.functions)


@shows(GraphConcept, "What everyday words and research words meet in.")
class LexiconConcept:
    slug: str = described("Its key.")
    label_it: str = described("Its name in Italian.")
    label_en: str = described("Its name in English.")
    service: bool = described("True for a service of an office or a supplier, which no laboratory studies.")
    themes: list[ATheme] = described("The themes it leads to, the nearest first.", _themes)
    functions: list[AFunction] = described("The functions it leads to, the nearest first.", _functions)


@shows(Entry, "A term of the lexicon: a way of saying something, its variants, and what it may mean.")
class LexiconTerm:
    term: str = described("The word or phrase.")
    language: str = described("`it` or `en`.")
    variants: list[str] = described("Other ways of writing it.")
    concepts: list[LexiconConcept] = described("What it may mean.")
    edited: bool = described("True when a coordinator added, changed or removed it.")
    removed: bool = described("True when it is kept away; then it is heard nowhere.")
    version: int = described("To pass back with the next change; 0 while it is as it ships.")
    changed_at: datetime | None = described(
        "When a coordinator last changed it; null while it is as it ships."
    )


@shows(Lessoned, "A word of the lexicon that bodies took for something else than it proposed.")
class Lesson:
    kind: TopicKind = described("What was corrected.")
    stem: str = described("Its key: the stem of the word.")
    word: str = described("The word, as the lexicon writes it; nothing of a text is kept.")
    proposed: list[str] = described("What the word proposed: slugs or letters.")
    chosen: str = described("What was chosen instead: a slug or a letter.")
    bodies: int = described("How many different bodies corrected it so; from three on it is learned.")
    taught: bool | None = described("What a coordinator decided; null while corrections decide.")
    in_force: bool = described("Whether the word also means the topic today.")
    version: int = described("To pass back with a decision.")
    decided_at: datetime | None = described("When a coordinator decided; null while corrections decide.")


@shows(Unknown, "A word that the lexicon does not know.", right=("read", "unknown_word"))
class UnknownWord:
    word: str = described("The word alone; no text is kept.")
    bodies: int = described("How many different bodies published it: at least three.")
    last: date = described("When last.")


@shows(Imported, "What a file changed in the lexicon, or would.", right=("import", "lexicon_term"))
class ImportedLexicon:
    added: list[str] = described("Terms that there were not.")
    changed: list[str] = described("Terms that say something else now.")
    removed: list[str] = described("Terms taken away.")
    unchanged: int = described("Rows that said the same already.")
    dry_run: bool = described("True when nothing was written.")


@strawberry.type(description="A word that is set aside.")
class IgnoredWord:
    word: str = described("The word.")


Text: TypeAlias = Annotated[str, strawberry.argument(description="Words to look for; all terms without.")]
Term: TypeAlias = Annotated[str, strawberry.argument(description="The word or phrase.")]
Tongue: TypeAlias = Annotated[str, strawberry.argument(description="`it` or `en`.")]
Variants: TypeAlias = Annotated[list[str], strawberry.argument(description="Other ways of writing it.")]
Concepts: TypeAlias = Annotated[
    list[str], strawberry.argument(description="Slugs of the concepts it may mean.")
]
Version: TypeAlias = Annotated[
    int,
    strawberry.argument(description="The version that was seen; 0 for a term that is new or as it ships."),
]
Content: TypeAlias = Annotated[str, strawberry.argument(description="The CSV, as the export writes it.")]
DryRun: TypeAlias = Annotated[bool, strawberry.argument(description="Say what would change, write nothing.")]
Kind: TypeAlias = Annotated[TopicKind, strawberry.argument(description="What was corrected.")]
Stem: TypeAlias = Annotated[str, strawberry.argument(description="The stem of the word.")]
Chosen: TypeAlias = Annotated[str, strawberry.argument(description="The slug or letter that was chosen.")]
Taught: TypeAlias = Annotated[
    bool, strawberry.argument(description="True to confirm, false to undo for good.")
]
Word: TypeAlias = Annotated[str, strawberry.argument(description="The word.")]

SaveTermResult: TypeAlias = Annotated[
    LexiconTerm | Refusal,
    strawberry.union("SaveTermResult", description="The term as it is now, or why not."),
]
RemoveTermResult: TypeAlias = Annotated[
    LexiconTerm | Refusal,
    strawberry.union("RemoveTermResult", description="The term, kept away, or why not."),
]
ImportLexiconResult: TypeAlias = Annotated[
    ImportedLexicon | Refusal,
    strawberry.union("ImportLexiconResult", description="What changed, or why nothing was taken."),
]
DecideLessonResult: TypeAlias = Annotated[
    Lesson | Refusal,
    strawberry.union("DecideLessonResult", description="The lesson as it is now, or why not."),
]
IgnoreWordResult: TypeAlias = Annotated[
    IgnoredWord | Refusal,
    strawberry.union("IgnoreWordResult", description="The word, set aside, or why not."),
]


async def _terms(info: Info, text: Text = "") -> Listing[Entry]:
    found = await lexicon_edits.search(info.context.catalogue, text)
    return Listing("lexicon", sorted(found, key=_place), _place)


def _place(one: Entry) -> tuple[str, str]:
    return one.term, one.language


async def _lessons(_info: Info) -> Listing[Lessoned]:
    return Listing(
        "lessons",
        await lexicon_overlay.lessons_of(),
        lambda one: (-one.bodies, one.word, one.kind.value, one.chosen),
    )


async def _unknown(info: Info) -> Listing[Unknown]:
    found = await unknown_words.listed(info.context.actor)
    return Listing("unknown_words", found, lambda one: (-one.bodies, one.word))


def _version(info: Info) -> str:
    return info.context.catalogue.lexicon.digest


@strawberry.type
class LexiconQuery:
    lexicon_terms: Connection[LexiconTerm] = listed(
        "The terms of the lexicon in force, and those that were removed.", _terms, cost=SEARCHING
    )
    lexicon_version: str = described("The name of the lexicon in force; part of every snapshot id.", _version)
    lessons: Connection[Lesson] = listed(
        "The words that bodies corrected, those of most bodies first.", _lessons
    )
    unknown_words: Connection[UnknownWord] = listed(
        "Words of published needs that the lexicon does not know; for coordinators.", _unknown
    )


async def _save(
    info: Info,
    term: Term,
    concepts: Concepts,
    language: Tongue = "it",
    variants: Variants = UNSET,
    version: Version = 0,
) -> Any:
    wanted = TermInput(term=term, language=language, variants=tuple(variants or ()), concepts=tuple(concepts))
    return await answer(info, lambda: lexicon_edits.save(info.context.actor, wanted, version))


async def _remove(info: Info, term: Term, language: Tongue = "it", version: Version = 0) -> Any:
    return await answer(info, lambda: lexicon_edits.remove(info.context.actor, term, language, version))


async def _import(info: Info, content: Content, dry_run: DryRun = True) -> Any:
    return await answer(
        info, lambda: lexicon_files.bring_in_text(info.context.actor, content, dry_run=dry_run)
    )


async def _decide(
    info: Info, kind: Kind, stem: Stem, chosen: Chosen, taught: Taught, version: Version = 0
) -> Any:
    return await answer(
        info,
        lambda: corrections.decide(info.context.actor, kind.value, stem, chosen, version, taught=taught),
    )


async def _ignore(info: Info, word: Word) -> Any:
    async def verb() -> IgnoredWord:
        return IgnoredWord(word=await unknown_words.ignore(info.context.actor, word))

    return await answer(info, verb)


@strawberry.type
class LexiconMutation:
    save_lexicon_term: SaveTermResult = described(
        "Add a term to the lexicon, or replace it; only coordinators.",
        _save,
        cost=WRITING,
        right=("save", "lexicon_term"),
    )
    remove_lexicon_term: RemoveTermResult = described(
        "Take a term away for good: no later release brings it back.",
        _remove,
        cost=WRITING,
        right=("remove", "lexicon_term"),
    )
    import_lexicon: ImportLexiconResult = described(
        "Take the rows of a CSV, all or none; rehearses unless told otherwise.",
        _import,
        cost=IMPORTING,
        right=("import", "lexicon_term"),
    )
    decide_lesson: DecideLessonResult = described(
        "Confirm or undo what corrections teach.", _decide, cost=WRITING, right=("decide", "lesson")
    )
    ignore_unknown_word: IgnoreWordResult = described(
        "Set an unknown word aside.", _ignore, cost=WRITING, right=("ignore", "unknown_word")
    )
