"""Corrections change the need's own ranking at once, and the lexicon in bounds that a coordinator sees and undoes."""

from __future__ import annotations

from dataclasses import replace

import pytest

import raccordo_graph
from cast import BALLABIO_OFFICER, COORDINATOR, LECCO_OFFICER, PASTURO_OFFICER
from raccordo import catalogue, corrections, database, lexicon_overlay, matches, needs, unknown_words
from raccordo.catalogue import Catalogue
from raccordo.chips import pressed
from raccordo.models import Correction, UnknownWord
from raccordo.need_input import NeedInput
from raccordo.people import VISITOR, Actor
from raccordo.refusals import NotAllowed, Refused
from raccordo_graph.unheard import unheard

WALK = NeedInput(title="Una passerella pedonale", description="La passerella è vecchia e nessuno la guarda.")
OFFICERS = (PASTURO_OFFICER, BALLABIO_OFFICER, LECCO_OFFICER)


@pytest.fixture
def theme(current: Catalogue) -> str:
    """A theme that nothing in WALK speaks of."""
    found = {
        topic.key
        for topic in raccordo_graph.understand(current.index, WALK.description, title=WALK.title).themes
    }
    return next(slug for slug in current.themes if "rifiuti" in slug and slug not in found)


def themes_of(text: str) -> dict[str, float]:
    return {one.key: one.weight for one in raccordo_graph.understand(catalogue.current().index, text).themes}


def order(written: NeedInput) -> list[str]:
    return [
        match.laboratory for match in matches.preview(catalogue.current(), VISITOR, written).ranking.matches
    ]


async def test_a_confirmed_and_a_rejected_theme_move_the_ranking(current: Catalogue, theme: str) -> None:
    proposed = matches.preview(current, VISITOR, WALK).themes[0]
    chosen, set_aside = pressed(WALK, f"+theme:{theme}"), pressed(WALK, f"-theme:{proposed}")
    corrected = pressed(chosen, f"-theme:{proposed}")
    assert len({tuple(order(one)) for one in (WALK, chosen, set_aside, corrected)}) == 4
    assert order(corrected)[:5] != order(WALK)[:5]
    assert proposed not in matches.preview(current, VISITOR, set_aside).themes
    need = await needs.publish(PASTURO_OFFICER, corrected)
    told = {topic.key for topic in need.understanding.themes}
    assert theme in told
    assert proposed not in told
    plain = await needs.publish(BALLABIO_OFFICER, WALK)
    picture = catalogue.current()
    assert matches.for_need(picture, need).matches[0] != matches.for_need(picture, plain).matches[0]


async def test_three_bodies_teach_a_word_and_a_coordinator_undoes_it(current: Catalogue, theme: str) -> None:
    meanings = themes_of("passerella")
    before = meanings.get(theme, 0.0)
    for count, officer in enumerate(OFFICERS, start=1):
        await needs.publish(officer, replace(WALK, themes=(theme,)))
        assert (themes_of("passerella").get(theme, 0.0) > before) == (count == corrections.ENOUGH)
    [lesson] = [
        one
        for one in await lexicon_overlay.lessons_of()
        if one.chosen == theme and one.word.startswith("passerell")
    ]
    assert (lesson.bodies, lesson.in_force) == (3, True)
    assert themes_of("passerella").keys() == {*meanings, theme} != {theme}
    with pytest.raises(NotAllowed):
        await corrections.decide(PASTURO_OFFICER, "THEME", lesson.stem, theme, 0, taught=False)
    undone = await corrections.decide(COORDINATOR, "THEME", lesson.stem, theme, 0, taught=False)
    assert undone.in_force is False
    assert themes_of("passerella").get(theme, 0.0) == before


async def test_one_body_alone_teaches_only_when_a_coordinator_confirms(
    current: Catalogue, theme: str
) -> None:
    for _ in range(4):
        await needs.publish(PASTURO_OFFICER, replace(WALK, themes=(theme,)))
    before = themes_of("passerella").get(theme, 0.0)
    [lesson] = [
        one
        for one in await lexicon_overlay.lessons_of()
        if one.chosen == theme and one.word.startswith("passerell")
    ]
    assert lesson.bodies == 1
    await corrections.decide(COORDINATOR, "THEME", lesson.stem, theme, 0, taught=True)
    assert themes_of("passerella")[theme] > before


async def test_nothing_of_a_text_is_kept_only_the_lexicons_own_words(current: Catalogue, theme: str) -> None:
    text = replace(
        WALK, description=WALK.description + " Lo dice Mario Zorzi, passerellaccia.", themes=(theme,)
    )
    await needs.publish(PASTURO_OFFICER, text)
    known = {
        raccordo_graph.text.fold(one) for term in current.lexicon.terms for one in (term.term, *term.variants)
    }
    words = await Correction.all().values_list("word", flat=True)
    assert words
    assert {str(word) for word in words} <= known


async def test_an_unknown_word_is_told_once_three_bodies_published_it(current: Catalogue) -> None:
    text = "Serve un parere sul gorgonzolatore di Rossi: scrivere a xylo@example.invalid, quintorlo."
    for count, officer in enumerate(OFFICERS, start=1):
        await needs.publish(officer, NeedInput(title="Una cosa strana", description=text))
        words = {one.word for one in await unknown_words.listed(COORDINATOR)}
        assert ("quintorlo" in words) == (count == unknown_words.ENOUGH)
    stored = set(await UnknownWord.all().values_list("word", flat=True))
    assert not stored & {"rossi", "gorgonzolatore", "xylo", "example", "invalid"}
    assert await unknown_words.ignore(COORDINATOR, "quintorlo") == "quintorlo"
    assert "quintorlo" not in {one.word for one in await unknown_words.listed(COORDINATOR)}


@pytest.mark.parametrize("actor", [VISITOR, PASTURO_OFFICER], ids=["visitor", "officer"])
async def test_unknown_words_are_for_coordinators(current: Catalogue, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        await unknown_words.listed(actor)


async def test_a_preview_leaves_no_trace(current: Catalogue) -> None:
    matches.preview(current, PASTURO_OFFICER, NeedInput(title="quintorlo", description="quintorlo quintorlo"))
    assert await UnknownWord.all().count() == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": "tanti"}, "amount"), ({"amount": "1 e 2"}, "amount"), ({"intent": "FESTA"}, "intent"), ({"sites": ("nessuno",)}, "sites"),
        ({"starts": "ieri"}, "starts"), ({"starts": "2027-02-01", "deadline": "2027-01-01"}, "starts"),
        ({"rejected": ("<script>",)}, "rejected"), ({"summary_en": "x" * 601}, "summary_en"),
    ],
)  # fmt: skip
async def test_what_was_understood_wrongly_is_refused_beside_its_field(
    current: Catalogue, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        await needs.publish(PASTURO_OFFICER, replace(WALK, **wrong))  # type: ignore[arg-type]  # on purpose
    assert [one.field for one in refusal.value.fields] == [field]


async def test_what_was_confirmed_stands_on_the_published_need(current: Catalogue) -> None:
    written = replace(
        WALK,
        intent="STUDY",
        amount="15mila euro",
        starts="2027-01-01",
        deadline="30/06/2027",
        sites=("097004",),
        summary_en="A bridge.",
    )
    need = await needs.publish(PASTURO_OFFICER, written)
    assert (need.intent, need.amount, need.sites, need.summary_en) == (
        "STUDY",
        15000,
        ("097004",),
        "A bridge.",
    )
    assert (str(need.starts), str(need.deadline)) == ("2027-01-01", "2027-06-30")
    state = await needs.state_for(PASTURO_OFFICER, need.number)
    assert (state.written.amount, state.written.starts, state.written.sites) == (
        "15000",
        "2027-01-01",
        ("097004",),
    )


async def test_who_chooses_the_proposed_theme_after_all_takes_the_correction_back(
    current: Catalogue, theme: str
) -> None:
    proposed = matches.preview(current, VISITOR, WALK).themes
    first = await needs.publish(PASTURO_OFFICER, replace(WALK, themes=(theme,)))
    assert [one.chosen for one in await lexicon_overlay.lessons_of() if one.kind == "THEME"]
    await needs.revise(PASTURO_OFFICER, first.number, first.version, replace(WALK, themes=proposed))
    assert [one for one in await lexicon_overlay.lessons_of() if one.kind == "THEME"] == []


async def test_a_lesson_that_its_third_body_takes_back_is_no_longer_in_force(
    current: Catalogue, theme: str
) -> None:
    proposed, before = matches.preview(current, VISITOR, WALK).themes, themes_of("passerella").get(theme, 0.0)
    published = [await needs.publish(one, replace(WALK, themes=(theme,))) for one in OFFICERS]
    assert themes_of("passerella").get(theme, 0.0) > before
    last = published[-1]
    await needs.revise(OFFICERS[-1], last.number, last.version, replace(WALK, themes=proposed))
    assert themes_of("passerella").get(theme, 0.0) == before


async def test_a_text_is_read_before_anybody_waits_for_the_lock(
    current: Catalogue, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, writing = database.write, [False]
    read: list[bool] = []

    async def locked(work: database.Work[object]) -> object:
        writing[0] = True
        try:
            return await write(work)
        finally:
            writing[0] = False

    def noted(index: object, text: str) -> tuple[str, ...]:
        read.append(writing[0])
        return unheard(index, text)  # type: ignore[arg-type]  # the same arguments

    monkeypatch.setattr(database, "write", locked)
    monkeypatch.setattr(unknown_words, "unheard", noted)
    need = await needs.publish(PASTURO_OFFICER, replace(WALK, themes=(theme,)))
    await needs.revise(PASTURO_OFFICER, need.number, need.version, WALK)
    assert read == [False, False]


async def test_only_the_corrections_of_the_words_at_hand_are_counted(current: Catalogue, theme: str) -> None:
    await needs.publish(PASTURO_OFFICER, replace(WALK, themes=(theme,)))
    every = await lexicon_overlay.lessons_of()
    stem = every[0].stem
    assert await lexicon_overlay.lessons_of({stem}) == [one for one in every if one.stem == stem]
    assert await lexicon_overlay.lessons_of(()) == []
