"""The list of laboratories: filters in the address, words in both languages, what was only recalled, a sheet."""

from __future__ import annotations

import csv

import pytest
from httpx2 import AsyncClient

from page import Page
from raccordo.catalogue import Catalogue


def names(page: Page) -> list[str]:
    return [title.words for title in page.all("h2")]


async def test_it_counts_them_and_says_how_many_were_only_recalled(
    client: AsyncClient, current: Catalogue
) -> None:
    page = Page((await client.get("/laboratori")).text)
    recalled = sum(one.recalled for one in current.laboratories.values())
    said = page.by_id("results-count").words
    assert said == f"{len(current.laboratories)} laboratori, di cui {recalled} da confermare · dal 1 al 25"
    shown = [
        current.laboratories[one]
        for one in current.laboratories
        if current.laboratories[one].name in names(page)
    ]
    assert len(page.all("span", class_="mark attention")) == sum(one.recalled for one in shown)


async def test_a_card_stands_in_the_reader_s_language(client: AsyncClient, current: Catalogue) -> None:
    lia = current.laboratories["lia"]
    assert lia.card_it in Page((await client.get("/laboratori?testo=lia")).text).words
    assert lia.card_en in Page((await client.get("/en/laboratori?testo=lia")).text).words


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("dipartimento=DICA", lambda one: one.department == "DICA"),
        ("sede=LC", lambda one: one.campus == "LC"),
        ("tema=strade-ponti", lambda one: "strade-ponti" in one.themes),
        ("settore=green-deal", lambda one: "green-deal" in one.sectors),
        (
            "tema=strade-ponti&sede=MI-LEO",
            lambda one: "strade-ponti" in one.themes and one.campus == "MI-LEO",
        ),
    ],
)
async def test_a_filter_keeps_what_fits(
    client: AsyncClient, current: Catalogue, query: str, kept: object
) -> None:
    assert callable(kept)
    expected = {one.name for one in current.laboratories.values() if kept(one)}
    found = names(Page((await client.get(f"/laboratori?{query}")).text))
    assert expected
    assert set(found) <= expected
    assert len(found) == min(len(expected), 25)


async def test_they_can_stand_by_department(client: AsyncClient, current: Catalogue) -> None:
    page = Page((await client.get("/laboratori?ordine=dipartimento")).text)
    first = min(current.laboratories.values(), key=lambda one: (one.department, one.name.casefold()))
    assert names(page)[0] == first.name


@pytest.mark.parametrize("query", ["dipartimento=X", "sede=X", "tema=x", "settore=x", "ordine=x"])
async def test_an_unknown_filter_is_refused_and_said(client: AsyncClient, query: str) -> None:
    answer = await client.get(f"/laboratori?{query}")
    assert answer.status_code == 422
    page = Page(answer.text)
    assert [problem for problem in page.all("p", class_="problem") if problem.words]
    assert names(page) == []


async def test_nothing_found_says_what_to_do_next(client: AsyncClient) -> None:
    page = Page((await client.get("/laboratori?testo=xyzzy")).text)
    assert page.by_id("results-count").words == "Nessun laboratorio con questi filtri"
    assert page.links["Scrivi un bisogno"] == "/bisogni/nuovo"


async def test_the_sheet_holds_the_filtered_list(client: AsyncClient, current: Catalogue) -> None:
    page = Page((await client.get("/laboratori?dipartimento=DICA")).text)
    text = (await client.get(page.links["Scarica in CSV"])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert {row["sigla"] for row in rows} == {
        slug for slug, one in current.laboratories.items() if one.department == "DICA"
    }
    assert {row["posti liberi"] for row in rows} == {""}
