"""The list of needs: filters in the address, pages, a sheet, and what it says when nothing is found."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest
from httpx2 import AsyncClient

from cast import NEED, PASTURO, PASTURO_OFFICER
from page import Page
from raccordo import needs
from raccordo.catalogue import Catalogue
from raccordo_ui.paging import PER_PAGE


def titles(page: Page) -> list[str]:
    return [row.words for row in page.all("h2")]


async def test_it_shows_the_latest_first_and_counts_them(client: AsyncClient) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    page = Page((await client.get("/bisogni")).text)
    assert titles(page)[0] == need.title
    assert page.by_id("results-count").words.startswith("89 bisogni, di cui 88 esempi")


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("tema=strade-ponti", lambda need: "strade-ponti" in need.themes),
        ("funzione=a", lambda need: "a" in need.functions),
        ("asse=sociale", lambda need: "SOCIAL" in need.axes),
        ("esempi=no", lambda need: not need.example),
        (
            "tema=strade-ponti&funzione=b",
            lambda need: "strade-ponti" in need.themes and "b" in need.functions,
        ),
    ],
)
async def test_a_filter_keeps_what_fits(
    client: AsyncClient, current: Catalogue, query: str, kept: object
) -> None:
    assert callable(kept)
    expected = {need.title for need in current.needs.values() if kept(need)}
    page = Page((await client.get(f"/bisogni?{query}")).text)
    assert set(titles(page)) <= expected
    assert len(titles(page)) == min(len(expected), PER_PAGE)


async def test_filters_by_place_keep_the_needs_of_that_place(client: AsyncClient) -> None:
    await needs.publish(PASTURO_OFFICER, NEED)
    for query in ("provincia=097", "comunita=valsassina-valvarrone-val-d-esino-e-riviera", "testo=pasturo"):
        assert NEED.title in titles(Page((await client.get(f"/bisogni?{query}")).text)), query
    for query in ("provincia=098", "comunita=scalve", "testo=ballabio"):
        assert NEED.title not in titles(Page((await client.get(f"/bisogni?{query}")).text)), query


async def test_the_form_keeps_what_was_chosen(client: AsyncClient) -> None:
    page = Page((await client.get("/bisogni?testo=cloud&tema=strade-ponti&asse=sociale")).text)
    chosen = {option.attributes["value"] for option in page.all("option") if "selected" in option.attributes}
    assert {"strade-ponti", "sociale"} <= chosen
    assert page.by_id("testo").attributes["value"] == "cloud"


@pytest.mark.parametrize(
    "query",
    ["tema=nulla", "funzione=zz", "provincia=999", "comunita=nulla", "asse=x", "esempi=x", "ordine=x"],
)
async def test_an_unknown_filter_is_refused_and_said(client: AsyncClient, query: str) -> None:
    answer = await client.get(f"/bisogni?{query}")
    assert answer.status_code == 422
    page = Page(answer.text)
    assert [problem for problem in page.all("p", class_="problem") if problem.words]
    assert titles(page) == []


async def test_nothing_found_says_what_to_do_next(client: AsyncClient) -> None:
    page = Page((await client.get("/bisogni?testo=xyzzy")).text)
    assert page.by_id("results-count").words == "Nessun bisogno con questi filtri"
    assert page.links["Tutti i bisogni"] == "/bisogni"


async def test_pages_have_addresses_that_keep_the_filters(client: AsyncClient) -> None:
    first = Page((await client.get("/bisogni?esempi=si")).text)
    assert first.links["Successivi →"] == "/bisogni?esempi=si&pagina=2"
    second = Page((await client.get("/bisogni?esempi=si&pagina=2")).text)
    assert second.links["← Precedenti"] == "/bisogni?esempi=si"
    assert set(titles(first)) & set(titles(second)) == set()


@pytest.mark.parametrize("number", ["0", "-1", "x", "9999999999", "٣"])
async def test_a_page_that_is_not_there_is_the_nearest_one(client: AsyncClient, number: str) -> None:
    assert (await client.get("/bisogni", params={"pagina": number})).status_code == 200


async def test_the_sheet_holds_every_row_of_the_filtered_list(
    client: AsyncClient, current: Catalogue
) -> None:
    link = Page((await client.get("/bisogni?tema=strade-ponti")).text).links["Scarica in CSV"]
    assert link == "/bisogni.csv?tema=strade-ponti"
    rows = (await client.get(link)).text.splitlines()
    expected = [need for need in current.needs.values() if "strade-ponti" in need.themes]
    assert len(rows) == 1 + len(expected)


async def test_a_sheet_with_an_unknown_filter_is_refused(client: AsyncClient) -> None:
    assert (await client.get("/bisogni.csv?tema=nulla")).status_code == 422


async def test_what_somebody_typed_is_shown_as_text(client: AsyncClient) -> None:
    answer = await client.get("/bisogni", params={"testo": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text


async def test_an_example_says_so_in_its_row(client: AsyncClient) -> None:
    text = (await client.get("/bisogni")).text
    assert "esempio, non una richiesta del Comune" in text


async def test_it_is_light(client: AsyncClient) -> None:
    assert len((await client.get("/bisogni")).content) < 50_000


async def test_the_owner_is_linked(client: AsyncClient) -> None:
    await needs.publish(PASTURO_OFFICER, NEED)
    assert Page((await client.get("/bisogni")).text).links["Pasturo"] == f"/comuni/{PASTURO}"


async def test_fields_left_empty_do_not_clutter_the_address(client: AsyncClient) -> None:
    answer = await client.get("/en/bisogni?testo=&tema=strade-ponti&ordine=")
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/bisogni?tema=strade-ponti")


async def test_the_sheet_has_what_the_owner_confirmed_of_the_text(
    client: AsyncClient, current: Catalogue
) -> None:
    rejected = f"theme:{next(iter(current.themes))}"
    wanted = replace(
        NEED, intent="STUDY", amount="15.000", starts="2027-09-01", sites=(PASTURO,), rejected=(rejected,)
    )
    need = await needs.publish(PASTURO_OFFICER, wanted)
    rows = list(
        csv.DictReader(StringIO((await client.get("/bisogni.csv")).text.lstrip("\ufeff")), delimiter=";")
    )
    [row] = [one for one in rows if one["numero"] == str(need.number)]
    assert row["che cosa si cerca"] == "STUDY"
    assert (row["importo in euro"], row["inizio"], row["luoghi"]) == ("15000", "2027-09-01", PASTURO)
    assert row["temi e funzioni esclusi"] == rejected
