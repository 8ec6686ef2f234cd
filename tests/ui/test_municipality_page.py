"""A municipality: its figures, what it was before, its needs, and with whom it could act."""

from __future__ import annotations

from dataclasses import replace

import pytest
from httpx2 import AsyncClient

from cast import BALLABIO, BALLABIO_OFFICER, LECCO, NEED, PASTURO, PASTURO_OFFICER
from page import Page
from raccordo import catalogue, needs
from raccordo.catalogue import Catalogue

CAMPIONE = "013040"


async def test_it_opens_with_its_name_and_four_figures(client: AsyncClient) -> None:
    page = Page((await client.get(f"/comuni/{LECCO}")).text)
    assert page.headings[0] == "Lecco"
    assert page.title == "Lecco · Raccordo"
    figures = [figure.words for figure in page.all("dl", class_="figures four")]
    assert figures == ["abitanti 46.871 oltre 65 anni 26,4% superficie 45,0 km² abitanti per km² 1.043"]


async def test_english_writes_figures_the_english_way(client: AsyncClient) -> None:
    page = Page((await client.get(f"/en/comuni/{LECCO}")).text)
    assert page.language == "en"
    assert "46,871" in page.words
    assert "Together with whom" in page.headings


async def test_membership_that_nobody_knows_is_said_so(client: AsyncClient) -> None:
    words = Page((await client.get(f"/comuni/{LECCO}")).text).words
    assert "Socio di ANCI Lombardia non noto finché non si importa l’elenco" in words


async def test_neighbours_stand_on_the_map_and_in_the_table(client: AsyncClient, current: Catalogue) -> None:
    page = Page((await client.get(f"/comuni/{PASTURO}")).text)
    rows = [cell.words for cell in page.all("th", scope="row")]
    names = [current.municipalities[border.neighbour].name for border in current.borders[PASTURO]]
    assert rows == names
    drawn = [link.attributes["href"] for link in page.all("a", tabindex="-1")]
    assert drawn == [f"/comuni/{border.neighbour}" for border in current.borders[PASTURO]]


async def test_a_neighbour_with_the_same_need_is_joined(client: AsyncClient) -> None:
    before = Page((await client.get(f"/comuni/{PASTURO}")).text)
    assert not before.all("span", class_="mark joined")
    await needs.publish(PASTURO_OFFICER, NEED)
    await needs.publish(BALLABIO_OFFICER, replace(NEED, title="Il ponte vecchio di Balisio"))
    text = (await client.get(f"/comuni/{PASTURO}")).text
    after = Page(text)
    joined = [cell.words for cell in after.all("th", scope="row") if "stesso bisogno" in cell.words]
    assert "Ballabio stesso bisogno" in joined
    assert f"Hanno un bisogno come «{NEED.title}»" in after.headings
    assert "Il ponte vecchio di Balisio" in after.links
    assert '<g class="shared-border"><path d="M' in text


async def test_its_own_needs_and_those_of_neighbours_are_listed_apart(client: AsyncClient) -> None:
    published = await needs.publish(BALLABIO_OFFICER, NEED)
    own = Page((await client.get(f"/comuni/{BALLABIO}")).text)
    near = Page((await client.get(f"/comuni/{PASTURO}")).text)
    assert own.links[NEED.title] == near.links[NEED.title] == f"/bisogni/{published.number}"
    assert "I bisogni dei vicini" in near.headings
    assert "Nessuno, per ora." in near.words


async def test_an_exclave_has_no_neighbours_and_says_so(client: AsyncClient) -> None:
    page = Page((await client.get(f"/comuni/{CAMPIONE}")).text)
    assert "Campione d'Italia non confina con nessun altro comune della Lombardia." in page.words
    assert page.links["Gli altri comuni della provincia"] == "/comuni?provincia=013"


@pytest.mark.parametrize("start", ["", "/en"])
async def test_a_code_that_merged_away_leads_to_its_successor(client: AsyncClient, start: str) -> None:
    answer = await client.get(f"{start}/comuni/012009")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"{start}/comuni/012144?gia=012009"


async def test_the_successor_says_what_the_code_was(client: AsyncClient) -> None:
    page = Page((await client.get("/comuni/012009", follow_redirects=True)).text)
    assert page.headings[0] == "Bardello con Malgesso e Bregano"
    assert "Il codice 012009 era Bardello, confluito qui il 1º gennaio 2023." in page.words


async def test_every_code_of_before_leads_to_a_page(client: AsyncClient, current: Catalogue) -> None:
    for code in current.successions:
        answer = await client.get(f"/comuni/{code}", follow_redirects=True)
        assert answer.status_code == 200, code


async def test_a_municipality_that_changed_its_name_says_the_old_one(client: AsyncClient) -> None:
    page = Page((await client.get("/comuni/018026")).text)
    assert page.headings[0] == "Campospinoso Albaredo"
    assert "si chiamava Campospinoso fino al 18 novembre 2023" in page.words


async def test_a_code_from_nowhere_in_the_address_is_no_news(client: AsyncClient) -> None:
    page = Page((await client.get(f"/comuni/{LECCO}?gia=<script>")).text)
    assert page.all("div", class_="alert attention") == []


@pytest.mark.parametrize("code", ["999999", "97042", "lecco", "0970420"])
async def test_an_unknown_code_is_said_with_a_search_to_go_on(client: AsyncClient, code: str) -> None:
    answer = await client.get(f"/comuni/{code}")
    assert answer.status_code == 404
    page = Page(answer.text)
    assert f"«{code}»" in page.words
    assert page.by_id("testo").attributes["name"] == "testo"


async def test_the_union_it_belongs_to_is_named_once_unions_are_known(
    client: AsyncClient, current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    from raccordo.published import UnionOfMunicipalities

    union = UnionOfMunicipalities(
        code="u1",
        name="Unione di prova",
        municipalities=(PASTURO, BALLABIO),
        population=1,
        place=current.municipalities[PASTURO].place,
        source="prova",
    )
    towns = dict(current.municipalities) | {PASTURO: replace(current.municipalities[PASTURO], unions=("u1",))}
    monkeypatch.setattr(catalogue, "_current", replace(current, unions={"u1": union}, municipalities=towns))
    assert Page((await client.get(f"/comuni/{PASTURO}")).text).links["Unione di prova"] == "/unioni/u1"
    page = Page((await client.get("/unioni/u1")).text)
    assert page.headings[0] == "Unione di prova"
    assert {"Pasturo", "Ballabio"} <= set(page.links)
    assert "Unione di prova" in Page((await client.get("/unioni")).text).links
