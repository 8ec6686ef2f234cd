"""A laboratory: what to ask it, where it is, and the needs that fit with their reasons before their numbers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from httpx2 import AsyncClient

from cast import NEED, PASTURO_OFFICER
from page import Page
from raccordo import catalogue, matches, needs
from raccordo.catalogue import Catalogue
from raccordo_graph import Band
from raccordo_ui.laboratories import BARS, CARDS


async def test_its_plain_card_comes_before_everything_else(client: AsyncClient, current: Catalogue) -> None:
    one = current.laboratories["infralab"]
    page = Page((await client.get("/laboratori/infralab")).text)
    assert page.headings[0] == one.name
    words = page.words
    assert words.index(one.card_it) < words.index("Dipartimento Ingegneria Civile")
    assert one.card_en in Page((await client.get("/en/laboratori/infralab")).text).words


async def test_what_nobody_knows_reads_to_be_asked(client: AsyncClient) -> None:
    assert "Posti liberi da chiedere" in Page((await client.get("/laboratori/infralab")).text).words


async def test_a_recalled_laboratory_says_that_it_is_to_be_confirmed(
    client: AsyncClient, current: Catalogue
) -> None:
    recalled = next(one for one in current.laboratories.values() if one.recalled)
    page = Page((await client.get(f"/laboratori/{recalled.slug}")).text)
    assert "prima di contarci va chiesto al dipartimento" in page.words
    read = Page((await client.get("/laboratori/infralab")).text)
    assert "prima di contarci va chiesto al dipartimento" not in read.words


async def test_what_only_its_discipline_suggests_is_marked_and_the_rest_is_not(client: AsyncClient) -> None:
    subjects = Page((await client.get("/laboratori/infralab")).text).all("details")[0].words
    assert "Asfalto e pavimentazioni" in subjects
    assert "Asfalto e pavimentazioni da confermare" not in subjects
    assert "Rumore da confermare" in subjects
    english = Page((await client.get("/en/laboratori/infralab")).text).all("details")[0].words
    assert "Noise to be confirmed" in english


async def test_a_need_that_fits_appears_with_its_reason_before_its_number(
    client: AsyncClient, current: Catalogue
) -> None:
    match = matches.for_laboratory(current, current.laboratories["infralab"])[0]
    need = current.needs[match.need]
    page = Page((await client.get("/laboratori/infralab")).text)
    card = page.all("li", class_="match")[0].words
    assert need.title in card
    assert current.owner(need).name in card
    assert card.index(match.reasons.sentence_it) < card.index(f"{match.score:.2f}".replace(".", ","))


async def test_a_need_just_published_finds_its_laboratory(client: AsyncClient) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    best = matches.for_need(catalogue.current(), need).matches[0]
    page = Page((await client.get(f"/laboratori/{best.laboratory}")).text)
    assert page.links[NEED.title] == f"/bisogni/{need.number}"


@pytest.mark.parametrize("slug", ["infralab", "lia", "hydro", "airlab"])
async def test_only_plausible_needs_are_shown_until_all_are_asked(
    client: AsyncClient, current: Catalogue, slug: str
) -> None:
    ranked = matches.for_laboratory(current, current.laboratories[slug])
    plausible = [one for one in ranked if one.band in (Band.STRONG, Band.PLAUSIBLE)]
    some = [one for one in ranked if one.band is not Band.NONE]
    text = (await client.get(f"/laboratori/{slug}")).text
    shown = re.findall(r'href="/bisogni/(\d+)"', text)
    assert [int(number) for number in shown] == [one.need for one in plausible][: CARDS + BARS]
    every = Page((await client.get(f"/laboratori/{slug}?tutti=si")).text)
    assert len([link for link in every.links.values() if re.match(r"/bisogni/\d+$", link)]) == min(
        25, len(some)
    )


async def test_its_campus_is_a_point_on_the_map(client: AsyncClient, current: Catalogue) -> None:
    assert (
        "Milano Leonardo (Città Studi). Posizione approssimata"
        in Page((await client.get("/laboratori/infralab")).text).words
    )
    nowhere = next(one for one in current.laboratories.values() if one.campus is None)
    page = Page((await client.get(f"/laboratori/{nowhere.slug}")).text)
    assert "Dove sede da chiedere" in page.words
    assert page.all("figure") == []


async def test_free_places_that_somebody_told_are_shown(
    client: AsyncClient, current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = replace(current.laboratories["infralab"], free_places=3)
    shelf = dict(current.laboratories) | {"infralab": told}
    monkeypatch.setattr(catalogue, "_current", replace(current, laboratories=shelf))
    assert "Posti liberi 3 posti" in Page((await client.get("/laboratori/infralab")).text).words


async def test_every_laboratory_has_a_light_page(client: AsyncClient, current: Catalogue) -> None:
    for slug in current.laboratories:
        answer = await client.get(f"/laboratori/{slug}")
        assert (answer.status_code, len(answer.content) < 50_000) == (200, True), slug


async def test_an_unknown_laboratory_or_choice_is_said(client: AsyncClient) -> None:
    answer = await client.get("/laboratori/nulla")
    assert answer.status_code == 404
    assert "«nulla»" in Page(answer.text).words
    assert (await client.get("/laboratori/lia?tutti=forse")).status_code == 422
