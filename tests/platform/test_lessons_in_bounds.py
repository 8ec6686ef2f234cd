"""What corrections teach adds to a word and takes nothing from it, brings nothing back, and stays a little."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cast import COORDINATOR, PASTURO_OFFICER
from raccordo import catalogue, lexicon_edits, lexicon_overlay, needs
from raccordo.catalogue import Catalogue
from raccordo.lexicon import Lexicon
from raccordo.lexicon_overlay import Lessoned
from raccordo.models import Lesson, TopicKind, UnknownWord
from raccordo.need_input import NeedInput
from raccordo_graph import Term
from raccordo_graph.unheard import unheard

WORD = "passerella"


@pytest.fixture
def theme(current: Catalogue) -> str:
    return next(slug for slug in current.themes if "rifiuti" in slug)


def shelves(current: Catalogue) -> dict[str, object]:
    return {"themes": current.themes, "functions": current.functions}


def terms_of(lexicon: Lexicon, word: str) -> list[Term]:
    return [term for term in lexicon.terms if term.term == word and term.language == "it"]


async def taught(theme: str, *words: str) -> None:
    now = datetime.now(UTC)
    await Lesson.bulk_create(
        Lesson(
            kind=TopicKind.THEME,
            stem=word[:-1],
            word=word,
            chosen=theme,
            taught=True,
            version=1,
            changed_at=now,
        )
        for word in words
    )


def test_a_lesson_leaves_a_word_its_other_meanings(current: Catalogue, theme: str) -> None:
    [before] = terms_of(current.lexicon, WORD)
    lesson = Lessoned(
        kind=TopicKind.THEME, stem="passerell", word=WORD, proposed=(), chosen=theme, bodies=3, taught=None, version=0,
        decided_at=None,
    )  # fmt: skip
    learned = lexicon_overlay.with_lessons(current.lexicon, [lesson], shelves(current))
    [after] = terms_of(learned, WORD)
    assert before.concepts
    assert after.concepts == (*before.concepts, f"appreso-tema-{theme}")
    assert after.variants == before.variants


async def test_a_lesson_brings_no_removed_term_back(current: Catalogue, theme: str) -> None:
    await taught(theme, WORD)
    assert len(terms_of(await lexicon_overlay.read(shelves(current)), WORD)) == 1
    await lexicon_edits.remove(COORDINATOR, WORD, "it", 0)
    assert terms_of(catalogue.current().lexicon, WORD) == []


async def test_no_more_than_three_hundred_lessons_are_in_force(current: Catalogue, theme: str) -> None:
    letters = "abcdefghijklmnopqrst"
    words = [f"zuk{one}{other}a" for one in letters for other in letters][:301]
    await taught(theme, *words)
    learned = await lexicon_overlay.read(shelves(current))
    assert sum(f"appreso-tema-{theme}" in term.concepts for term in learned.terms) == 300


async def test_the_name_of_a_town_is_no_unknown_word(current: Catalogue) -> None:
    text = "serve un parere sul quintorlo di cremeno"
    assert {"quintorlo", "cremeno"} <= {*unheard(current.index, text)}
    await needs.publish(PASTURO_OFFICER, NeedInput(title="una cosa strana", description=text))
    kept = {row.word for row in await UnknownWord.all()}
    assert "quintorlo" in kept
    assert "cremeno" not in kept
