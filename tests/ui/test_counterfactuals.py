"""What one more chosen theme would change: true when it is done, and worth a sentence."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from httpx2 import AsyncClient

from cast import PASTURO_OFFICER
from page import Page
from raccordo import catalogue, matches, profile_statements, reference_files, semesters
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.models import Role
from raccordo.need_input import CHOICES, NeedInput
from raccordo.people import Actor
from raccordo_graph.counterfactuals import LEAST_RISE, MOST_OPTIONS, SEEN
from ui.conftest import ActAs


def texts() -> list[tuple[str, str]]:
    with (reference_files.shipped() / "needs.csv").open(encoding="utf-8", newline="") as file:
        return [(row["title"], row["description"]) for row in csv.DictReader(file)]


def preview(picture: Catalogue, written: NeedInput) -> matches.Preview:
    return matches.preview(picture, PASTURO_OFFICER, written)


def positions(picture: Catalogue, written: NeedInput) -> dict[str, int]:
    return {match.laboratory: match.position for match in preview(picture, written).ranking.matches}


@pytest.mark.parametrize("themes", [(), ("strade-ponti",)], ids=["none chosen", "one chosen"])
@pytest.mark.parametrize("rejected", [(), ("theme:rifiuti",)], ids=["none set aside", "one set aside"])
def test_every_help_is_true_when_the_theme_is_chosen(
    current: Catalogue, themes: tuple[str, ...], rejected: tuple[str, ...]
) -> None:
    told = 0
    for title, text in texts()[::4]:
        written = NeedInput(title=title, description=text, themes=themes, rejected=rejected)
        found = matches.helps(current, preview(current, written))
        before = positions(current, written)
        for one in found:
            told += 1
            after = positions(current, replace(written, themes=(*themes, one.theme)))
            assert (one.before, one.after) == (before[one.laboratory], after[one.laboratory])
            assert one.after <= SEEN
            assert one.before - one.after >= LEAST_RISE
            assert one.theme not in themes
            assert f"theme:{one.theme}" not in rejected
        assert len({one.theme for one in found}) == len(found)
        rises = [one.before - one.after for one in found]
        assert rises == sorted(rises, reverse=True)
    assert told > 3


def test_a_text_that_says_nothing_has_no_help(current: Catalogue) -> None:
    assert matches.helps(current, preview(current, NeedInput())) == ()
    long = NeedInput(title="x", description="xyzzy " * 5000)
    assert len(matches.helps(current, preview(current, long))) <= MOST_OPTIONS


async def test_the_page_says_it_and_one_click_does_it(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    picture = catalogue.current()
    written = next(
        one
        for title, text in texts()
        if matches.helps(picture, preview(picture, one := NeedInput(title=title, description=text)))
    )
    helpful = matches.helps(picture, preview(picture, written))[0]
    typed = {"title": written.title, "description": written.description}
    page = Page((await client.post("/bisogni/nuovo", data=typed)).text)
    name = picture.laboratories[helpful.laboratory].name
    assert f"{name} passa da {helpful.before} a {helpful.after}" in page.words
    clicked = await client.post("/bisogni/nuovo", data=typed | {"chip": f"+theme:{helpful.theme}"})
    assert Page(clicked.text).words.count(name) >= 1
    query = """query($t: String!, $d: String!) { matchesForText(title: $t, description: $d, istatCode: "097065") {
      helps { theme { slug } laboratory { slug } before after } } }"""
    asked = {"query": query, "variables": {"t": written.title, "d": written.description}}
    answer = await client.post("/graphql", json=asked)
    first = answer.json()["data"]["matchesForText"]["helps"][0]
    assert first == {
        "theme": {"slug": helpful.theme},
        "laboratory": {"slug": helpful.laboratory},
        "before": helpful.before,
        "after": helpful.after,
    }


async def test_a_semester_with_places_is_a_help_and_the_click_names_its_day(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(PASTURO_OFFICER)
    [_, semester, *_] = semesters.coming(today())
    title, text = texts()[0]
    written = NeedInput(
        title=title, description=text, intent="STUDY", themes=tuple(catalogue.current().themes)[:CHOICES]
    )
    ranked = preview(catalogue.current(), written).ranking.matches
    slug = next(
        one.laboratory
        for one in ranked[LEAST_RISE:]
        if ranked[one.position - LEAST_RISE - 1].score - one.score < 0.04
    )
    manager = Actor(role=Role.LABORATORY_MANAGER, laboratory=slug, demo=True)
    await profile_statements.declare_semester_places(manager, slug, 1, "STUDY", semester, "99")
    picture = catalogue.current()
    found = [one for one in matches.helps(picture, preview(picture, written)) if one.semester]
    later = replace(written, starts=semesters.begins(semester).isoformat())
    for one in found:
        assert one.theme == ""
        assert one.before == positions(picture, written)[one.laboratory]
        assert one.after == positions(picture, later)[one.laboratory]
    assert [one.laboratory for one in found] == [slug]
    assert [one for one in matches.helps(picture, preview(picture, later)) if one.semester] == []
    early = replace(written, deadline=today().isoformat())
    assert [one for one in matches.helps(picture, preview(picture, early)) if one.semester] == []
    typed = {"title": title, "description": text, "intent": "STUDY", "themes": list(written.themes)}
    page = Page((await client.post("/bisogni/nuovo", data=typed)).text)
    assert f"passa da {found[0].before} a {found[0].after}" in page.words
    chip = f"+period:{semesters.begins(semester)}/.."
    clicked = (await client.post("/bisogni/nuovo", data=typed | {"chip": chip})).text
    assert semesters.begins(semester).isoformat() in clicked
