"""Provinces, mountain communities and unions: sums, maps, needs, and how far a list can be trusted."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from httpx2 import AsyncClient

from cast import NEED, PASTURO_OFFICER
from page import Page
from raccordo import needs
from raccordo.catalogue import Catalogue
from raccordo_ui.areas import area_of

VALSASSINA = "valsassina-valvarrone-val-d-esino-e-riviera"


def test_an_area_sums_its_municipalities(loaded_file: tuple[object, Catalogue]) -> None:
    _, picture = loaded_file
    whole = area_of(picture, picture.municipalities)
    assert len(whole.members) == 1501
    assert whole.population == picture.population
    assert [member.municipality.name for member in whole.members[:1]] == ["Abbadia Cerreto"]
    assert area_of(picture, ()).share_over_65 == 0


async def test_the_provinces_stand_with_their_sums(client: AsyncClient, current: Catalogue) -> None:
    page = Page((await client.get("/province")).text)
    assert [cell.words for cell in page.all("th", scope="row")] == [
        province.name for province in current.provinces.values()
    ]
    rows = (await client.get(page.links["Scarica in CSV"])).content.decode("utf-8-sig").splitlines()
    people = sum(int(row[4]) for row in list(csv.reader(rows, delimiter=";"))[1:])
    assert people == current.population


@pytest.mark.parametrize(
    ("code", "name", "english"),
    [
        ("097", "Provincia di Lecco", "Province of Lecco"),
        ("015", "Città metropolitana di Milano", "Metropolitan City of Milano"),
    ],
)
async def test_a_province_is_called_by_its_kind(
    client: AsyncClient, code: str, name: str, english: str
) -> None:
    assert Page((await client.get(f"/province/{code}")).text).headings[0] == name
    assert Page((await client.get(f"/en/province/{code}")).text).headings[0] == english


async def test_every_province_stays_a_light_page(client: AsyncClient, current: Catalogue) -> None:
    for code in current.provinces:
        assert len((await client.get(f"/province/{code}")).content) < 50_000, code


async def test_a_new_need_reaches_its_province_and_its_mountain_community(client: AsyncClient) -> None:
    for address in ("/province/097", f"/comunita-montane/{VALSASSINA}"):
        assert NEED.title not in Page((await client.get(address)).text).links
    await needs.publish(PASTURO_OFFICER, NEED)
    for address in ("/province/097", f"/comunita-montane/{VALSASSINA}"):
        assert NEED.title in Page((await client.get(address)).text).links
    for address in ("/province/098", "/comunita-montane/scalve"):
        assert NEED.title not in Page((await client.get(address)).text).links


async def test_a_mountain_community_says_how_its_list_is_known(client: AsyncClient) -> None:
    read = Page((await client.get("/comunita-montane/valtellina-di-sondrio")).text)
    assert "Elenco dei comuni letto in una fonte." in read.words
    assert read.all("span", class_="mark attention") == []
    recalled = Page((await client.get("/comunita-montane/valle-camonica")).text)
    assert [mark.words for mark in recalled.all("span", class_="mark attention")] == ["da confermare"]


async def test_every_kind_of_evidence_has_its_words(current: Catalogue) -> None:
    from raccordo_ui.mountain_communities import EVIDENCE

    assert {one.evidence for one in current.mountain_communities.values()} <= EVIDENCE.keys()


async def test_members_stand_in_the_table_beside_the_map(client: AsyncClient, current: Catalogue) -> None:
    page = Page((await client.get("/comunita-montane/scalve")).text)
    members = current.mountain_communities["scalve"].municipalities
    assert {f"/comuni/{code}" for code in members} <= set(page.links.values())
    assert len(page.all("a", tabindex="-1")) == len(members)


async def test_unions_are_not_made_up_and_the_page_says_how_to_load_them(client: AsyncClient) -> None:
    page = Page((await client.get("/unioni")).text)
    assert "Raccordo non ne inventa" in page.words
    assert "raccordo import unions" in page.words
    assert (await client.get("/unioni.csv")).content.decode("utf-8-sig").count("\n") == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/province/999", "Nessuna provincia ha il codice «999»"),
        ("/comunita-montane/nulla", "Nessuna comunità montana si chiama «nulla»"),
        ("/unioni/nulla", "Nessuna unione di comuni ha il codice «nulla»"),
    ],
)
async def test_an_unknown_one_is_said(client: AsyncClient, address: str, said: str) -> None:
    answer = await client.get(address)
    assert answer.status_code == 404
    assert said in Page(answer.text).words


async def test_a_union_with_a_strange_code_cannot_break_its_query(
    client: AsyncClient, current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    from urllib.parse import quote

    from raccordo import catalogue
    from raccordo.published import UnionOfMunicipalities

    code = 'a"b\\c'
    union = UnionOfMunicipalities(
        code=code,
        name="Unione strana",
        municipalities=("097065",),
        population=1,
        place=current.municipalities["097065"].place,
        source="",
    )
    monkeypatch.setattr(catalogue, "_current", replace(current, unions={code: union}))
    page = Page((await client.get(f"/unioni/{quote(code)}")).text)
    answer = Page((await client.get(page.links["Interroga questi dati"])).text)
    assert "Unione strana" in answer.by_id("answer").words
