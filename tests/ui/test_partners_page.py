"""Con chi, and one group: what an officer sees, without script and without an account."""

from __future__ import annotations

import re
import threading
from types import ModuleType

import pytest
from httpx2 import AsyncClient

from page import Page
from raccordo import groups, partners
from raccordo.catalogue import Catalogue

WITH = "/gestioni-associate/con-chi"
GROUP = "/gestioni-associate/gruppo"
PASTURO = f"{WITH}?comune=097065&funzione=a"
PAIR = f"{GROUP}?funzione=a&comuni=097065,097004"


async def test_a_municipality_sees_with_whom_and_why(client: AsyncClient) -> None:
    answer = await client.get(PASTURO)
    page = Page(answer.text)
    assert answer.status_code == 200
    assert "Pasturo: Amministrazione, bilancio e controllo" in page.headings
    assert "Proposta, non obbligo" in answer.text
    assert "Confina per " in answer.text
    assert page.links["Ballabio"] == f"{GROUP}?funzione=a&comuni=097065%2C097004"


async def test_the_map_numbers_the_rows_of_the_list(client: AsyncClient) -> None:
    text = (await client.get(PASTURO)).text
    drawn = re.findall(r"<title>(\d+)\. ([^<]+)</title>", text)
    listed = re.findall(r"<strong>(\d+)\. <a[^>]*>([^<]+)</a>", text)
    assert drawn == listed
    assert len(drawn) == 10


async def test_the_contributions_of_a_row_sum_to_its_score(client: AsyncClient) -> None:
    text = (await client.get("/en" + PASTURO)).text
    rows = re.findall(r'<tr><th scope="row">[^<]+</th>((?:<td class="number">[\d.]+</td>)+)</tr>', text)
    assert len(rows) == 10
    for row in rows:
        *parts, score = [float(number) for number in re.findall(r">([\d.]+)<", row)]
        assert abs(sum(parts) - score) < 0.01


async def test_a_name_is_enough_and_a_doubtful_one_offers_a_choice(client: AsyncClient) -> None:
    assert "Pasturo: " in (await client.get(f"{WITH}?comune=pasturo&funzione=a")).text
    page = Page((await client.get(f"{WITH}?comune=castel&funzione=a")).text)
    assert "Quale comune?" in page.headings
    assert any("comune=" in link.attributes["href"] for link in page.all("a"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("013199", "Ronago (013199) è confluito in Uggiate con Ronago il 1º gennaio 2024"),
        ("Uggiate-Trevano", "Uggiate-Trevano (013228) è confluito in Uggiate con Ronago il 1º gennaio 2024"),
        ("uggiate con ronago", ""),
    ],
)
async def test_a_merged_municipality_is_its_successor_with_a_sentence(
    client: AsyncClient, typed: str, said: str
) -> None:
    text = (await client.get(WITH, params={"comune": typed, "funzione": "a"})).text
    assert "Uggiate con Ronago: " in text
    assert said in text
    assert ("è confluito" in text) == bool(said)


@pytest.mark.parametrize(
    ("day", "said"),
    [("2013-06-01", "Obbligo in vigore il 1º giugno 2013"), ("2021-06-01", "termine rinviato")],
)
async def test_another_day_had_another_law_for_one_municipality_and_for_an_area(
    client: AsyncClient, day: str, said: str
) -> None:
    page = Page((await client.get(f"{PASTURO}&data={day}")).text)
    assert said in page.words
    assert "Proposta, non obbligo" not in page.words
    assert page.links["Ballabio"].endswith(f"&data={day}")
    area = Page((await client.get(f"/gestioni-associate?zona=097&funzione=a&data={day}")).text).words
    assert said in area
    assert "Proposta, non obbligo" not in area


async def test_a_larger_municipality_was_under_no_duty(client: AsyncClient) -> None:
    text = (await client.get(f"{WITH}?comune=097042&funzione=a&data=2013-06-01")).text
    assert "Nessun obbligo per questo comune, il 1º giugno 2013" in text


async def test_the_evidence_stands_wherever_a_function_is_suggested(client: AsyncClient) -> None:
    for address in (PASTURO, PAIR, "/gestioni-associate?zona=097&funzione=a"):
        words = Page((await client.get(address)).text).words
        assert "le gestioni associate danno risultati migliori. (Banca d'Italia, Alampi et al.)" in words, (
            address
        )


async def test_the_island_is_answered_in_words(client: AsyncClient) -> None:
    text = (await client.get(f"{WITH}?comune=013040&funzione=a")).text
    assert "non confina con nessun altro comune della Lombardia" in text
    assert "Gruppi possibili" not in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("comune=999999&funzione=a", "Nessun comune lombardo ha il codice ISTAT"),
        ("comune=qwertyuiop&funzione=a", "Nessun comune lombardo si chiama così"),
        ("comune=097065&funzione=zz", "La funzione fondamentale non è indicata o non esiste"),
        ("comune=%3Cscript%3E&funzione=a", "Nessun comune lombardo si chiama così"),
        ("comune=097065&funzione=a&data=ieri", "Questo non è un giorno"),
        (f"comune={'9' * 900}&funzione=a", "Nessun comune lombardo ha il codice ISTAT"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(client: AsyncClient, query: str, sentence: str) -> None:
    answer = await client.get(f"{WITH}?{query}")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<script>" not in answer.text.replace("<script src", "")


async def test_a_group_is_judged_today_as_a_proposal(client: AsyncClient) -> None:
    answer = await client.get(PAIR)
    page = Page(answer.text)
    assert answer.status_code == 200
    assert "Proposta, non obbligo" in answer.text
    assert "obbligatori" not in answer.text.casefold()
    propose = page.links["Proponi questo gruppo"]
    assert propose == "/gestioni-associate/proposte/nuova?funzione=a&comuni=097004%2C097065&capofila=097004"


@pytest.mark.parametrize(
    ("day", "said"),
    [("2013-06-01", "Obbligo in vigore il"), ("2021-06-01", "termine rinviato al 31 dicembre 2021")],
)
async def test_another_day_had_another_law(client: AsyncClient, day: str, said: str) -> None:
    assert said in (await client.get(f"{PAIR}&data={day}")).text


async def test_the_links_of_what_if_lead_to_the_difference(client: AsyncClient) -> None:
    page = Page((await client.get(f"{PAIR},097029")).text)
    leaving = next(link for link in page.all("a") if "esce=097029" in link.attributes["href"])
    text = (await client.get(leaving.attributes["href"].replace("&amp;", "&"))).text
    assert "Che cosa cambia" in text
    assert "Esce Cremeno." in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("funzione=a&comuni=097065", "Servono almeno due comuni di oggi"),
        ("comuni=097065,097004", "La funzione fondamentale non è indicata"),
        ("funzione=a&comuni=097065,000000", "Nessun comune lombardo ha il codice ISTAT"),
        ("funzione=a&comuni=097065,097004&data=ieri", "Questo non è un giorno"),
        (
            "funzione=a&comuni=097065,097004&capofila=097042",
            "Il capofila è uno dei comuni indicati: Lecco non lo è",
        ),
        ("funzione=a&comuni=097065,097004&entra=097065", "Questo comune è già nel gruppo"),
        ("funzione=a&comuni=097065,097004&esce=097004", "Servono almeno due comuni di oggi"),
    ],
)
async def test_a_group_that_cannot_be_is_said_beside_its_field(
    client: AsyncClient, query: str, sentence: str
) -> None:
    answer = await client.get(f"{GROUP}?{query}")
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("address", [PASTURO, PAIR, f"{WITH}?comune=015146&funzione=i", WITH, GROUP])
async def test_a_page_stays_small(client: AsyncClient, address: str) -> None:
    assert len((await client.get(address)).content) < 50_000


@pytest.mark.parametrize("address", [WITH, GROUP])
async def test_nothing_is_posted_here(client: AsyncClient, address: str) -> None:
    assert (await client.post(address, headers={"sec-fetch-site": "same-origin"})).status_code == 405


async def test_the_page_of_a_municipality_leads_here(client: AsyncClient) -> None:
    page = Page((await client.get("/comuni/097065")).text)
    forms = [form for form in page.all("form") if form.attributes.get("action") == WITH]
    assert len(forms) == 1


async def test_the_method_prints_every_factor_with_its_weight(
    client: AsyncClient, current: Catalogue
) -> None:
    text = (await client.get("/en/metodo")).text
    section = text[text.index('id="gestioni"') : text.index('id="limiti"')]
    weights = re.findall(r'<td class="number">([\d.–]+)</td><td class="number">([\d.]+)</td>', section)
    assert len(weights) == 10
    assert sum(float(one) for one, _ in weights if one != "–") == pytest.approx(1)


async def test_one_mistake_is_said_above_the_form_and_beside_its_field(client: AsyncClient) -> None:
    text = (await client.get(f"{WITH}?comune=qwertyuiop&funzione=a")).text
    assert text.count("Nessun comune lombardo si chiama così") == 2
    assert '<a href="#comune">Nessun comune lombardo' in text


async def test_a_function_without_a_municipality_says_what_is_missing(client: AsyncClient) -> None:
    assert "Manca il comune: il nome o il codice ISTAT." in (await client.get(f"{WITH}?funzione=a")).text


async def test_english_pages_say_municipalities(client: AsyncClient) -> None:
    words = Page((await client.get(f"/en{PAIR}")).text).words
    assert "the obliged municipalities that associate" in words
    assert "comuni" not in words.replace("unione di comuni", "")


async def test_groups_and_partners_are_computed_beside_the_loop(
    client: AsyncClient, current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = set()

    def watch(module: ModuleType, name: str) -> None:
        real = getattr(module, name)

        def watched(*given: object) -> object:
            threads.add(threading.current_thread())
            return real(*given)

        monkeypatch.setattr(module, name, watched)

    watch(groups, "evaluate")
    watch(partners, "suggestions")
    query = (
        '{ associationGroup(function: "a", members: ["097065", "097004"], on: "2026-11-24") {{ population } }'
    )
    for answer in (
        await client.get(PAIR),
        await client.get(PASTURO),
        await client.post("/graphql", json={"query": query}),
    ):
        assert answer.status_code == 200
    assert threads
    assert threading.main_thread() not in threads
