"""The explorer of associated management: what it proposes, what it refuses, and what it does in the background."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from httpx2 import AsyncClient

from cast import VALLEY
from page import Page
from raccordo import computations, groups, scenario_words, scenario_work
from raccordo.catalogue import Catalogue
from raccordo.computation_kinds import KINDS
from raccordo.groups import GroupInput
from raccordo.language import Sentence
from raccordo.models import Computation, ComputationState
from raccordo_graph.partition import ScenarioGroup
from raccordo_ui import scenario_asking
from raccordo_ui.paging import PER_PAGE

LECCO = "/gestioni-associate?zona=097&funzione=a&data=2026-11-24"


def hrefs(page: Page) -> list[str]:
    return [link.attributes.get("href") or "" for link in page.all("a")]


async def test_without_a_question_it_says_where_to_begin(client: AsyncClient) -> None:
    page = Page((await client.get("/gestioni-associate")).text)
    assert "non un obbligo" in page.words
    assert "/gestioni-associate?zona=014&funzione=a" in hrefs(page)


async def test_a_province_is_divided_while_one_waits(client: AsyncClient, current: Catalogue) -> None:
    answer = await client.get(LECCO)
    assert answer.status_code == 200
    page = Page(answer.text)
    assert "Proposta, non obbligo." in page.words
    assert any(href.startswith("/gestioni-associate/gruppo?funzione=a&comuni=") for href in hrefs(page))
    assert any(
        href.startswith("/gestioni-associate/proposte/nuova?funzione=a&comuni=") for href in hrefs(page)
    )
    assert "abitanti insieme, per una soglia di" in page.words
    assert (await client.get(LECCO)).text == answer.text


async def test_only_the_groups_of_the_page_are_explained(
    client: AsyncClient, current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    explained, real = [], scenario_words.explanation

    def explanation(catalogue: Catalogue, group: ScenarioGroup) -> Sentence:
        explained.append(group.members)
        return real(catalogue, group)

    monkeypatch.setattr(scenario_words, "explanation", explanation)
    page = Page((await client.get(LECCO)).text)
    assert len(explained) == PER_PAGE
    await client.get(LECCO.replace("associate?", "associate.csv?"))
    assert len(explained) == PER_PAGE
    assert "/gestioni-associate?zona=097&funzione=a&data=2026-11-24&pagina=2" in hrefs(page)


async def test_the_sheet_has_every_member_once(client: AsyncClient, current: Catalogue) -> None:
    sheet = (await client.get(LECCO.replace("associate?", "associate.csv?"))).text
    lines = [line.split(";") for line in sheet.strip().splitlines()[1:]]
    codes = [line[1] for line in lines]
    assert len(set(codes)) == len(codes) > 50
    assert set(codes) <= set(current.provinces["097"].municipalities)
    assert {line[4] for line in lines} == {"", "x"}


async def test_weights_stand_in_the_address_and_in_the_form(client: AsyncClient) -> None:
    page = Page((await client.get(f"{LECCO}&numero=0&somiglianza=10&seme=7")).text)
    text = page.words
    assert "Pesi, soglia e partecipanti" in text
    assert any("somiglianza_2=10" in href and "numero=0" in href for href in hrefs(page))


async def test_a_day_before_the_rule_is_divided_by_the_size_that_is_asked(client: AsyncClient) -> None:
    before = f"/gestioni-associate?zona={VALLEY}&funzione=a&data=2011-06-01&soglia=5000"
    page = Page((await client.get(before)).text)
    assert "per una soglia di 5.000" in page.words
    assert "quadruplo del comune più piccolo: per questo" not in page.words
    after = Page((await client.get(before.replace("2011-06-01", "2012-06-01"))).text)
    assert "quadruplo del comune più piccolo: per questo" in after.words


async def test_a_group_has_the_same_size_in_a_scenario_and_on_its_own_page(
    client: AsyncClient, current: Catalogue
) -> None:
    query = """{ scenario(input: {area: "%s", function: "a", on: "2026-11-24"}) { groups(first: 100) { edges { node {
      needed members { istatCode } } } } } }"""
    answer = (await client.post("/graphql", json={"query": query % VALLEY})).json()["data"]["scenario"]
    rows = [edge["node"] for edge in answer["groups"]["edges"]]
    asked = GroupInput(function="a", members=(), on=date(2026, 11, 24))
    for row in rows:
        members = tuple(town["istatCode"] for town in row["members"])
        assert groups.evaluate(current, replace(asked, members=members)).group.needed == row["needed"]
    assert any(row["needed"] not in (3000, 5000) for row in rows)


async def test_an_island_and_its_reason_are_told(client: AsyncClient) -> None:
    page = Page((await client.get("/gestioni-associate?zona=013&funzione=a&pagina=2")).text)
    assert "Campione d'Italia" in page.words
    assert "Non confina con nessun comune che si possa suggerire" in page.words


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("zona=&funzione=a", None),
        ("zona=999&funzione=a", "Nessuna provincia o comunità montana ha il codice «999»"),
        ("zona=097", "Manca la funzione"),
        ("zona=097&funzione=z", "Nessuna funzione fondamentale ha la lettera «z»"),
        ("zona=097&funzione=a&soglia=mille", "Serve un numero intero."),
        ("zona=097&funzione=a&numero=11", "Serve un numero intero fra 0 e 10."),
        ("zona=097&funzione=a&data=ieri", "Serve un giorno, scritto come 2026-11-24."),
        (
            "zona=097&funzione=a&data=2011-06-01",
            "Il 1º giugno 2011 nessuna norma fissava una dimensione minima",
        ),
        ("zona=097&funzione=a&quadruplo=forse", "Serve una delle scelte dell’elenco."),
        ("zona=097&funzione=a&fino_a=100", "meno di due comuni hanno al più 100 abitanti"),
        (
            "zona=015&funzione=a&soglia=9000000&soglia_montana=9000000&quadruplo=no",
            "Qui nessun gruppo di comuni confinanti arriva a 9.000.000 abitanti",
        ),
        (
            "zona=097&funzione=a&numero=0&equilibrio=0&vicinanza=0&somiglianza=0&comunita=0&bisogni=0",
            "Con tutti i pesi a zero",
        ),
    ],
)
async def test_what_cannot_be_asked_is_said_beside_its_field(
    client: AsyncClient, wrong: str, said: str | None
) -> None:
    answer = await client.get(f"/gestioni-associate?{wrong}")
    if said is None:
        assert answer.status_code == 303
        return
    assert answer.status_code == 422
    assert said in Page(answer.text).words
    assert (await client.get(f"/en/gestioni-associate?{wrong}")).status_code == 422


async def test_the_region_is_computed_in_the_background_and_read_again(
    client: AsyncClient, current: Catalogue
) -> None:
    asked = {"zona": "lombardia", "funzione": "a", "data": "2026-11-24"}
    page = Page((await client.get("/gestioni-associate", params=asked)).text)
    assert "Calcola la Lombardia" in page.words
    answer = await client.post("/gestioni-associate/calcola", data=asked)
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert "In attesa" in Page((await client.get(where)).text).words
    token = where.partition("calcolo=")[2]
    # What the process would answer, without its seconds: one group of the region, checked anew when read.
    found = scenario_work.prepare(current, (await computations.find(token)).inputs)
    pair = {"groups": [["097004", "097065"]], "snapshot_id": found["snapshot_id"]}
    torn = {**pair, "groups": [["097004", "015146"]]}
    await Computation.filter(token=token).update(state=ComputationState.DONE, result=json.dumps(torn))
    assert "non vale più" in Page((await client.get(where)).text).words
    await Computation.filter(token=token).update(result=json.dumps(pair))
    page = Page((await client.get(where)).text)
    assert "1 gruppo proposto" in page.words
    assert "Lombardia" in page.words


async def test_a_region_that_cannot_be_is_refused_before_it_is_computed(client: AsyncClient) -> None:
    wrong = {"zona": "lombardia", "funzione": "z", "soglia": "5000"}
    answer = await client.post("/gestioni-associate/calcola", data=wrong)
    assert answer.status_code == 422
    assert "Nessuna funzione fondamentale" in Page(answer.text).words
    assert await Computation.all().count() == 0


async def test_two_scenarios_are_compared_in_words(client: AsyncClient) -> None:
    page = Page(
        (
            await client.get("/gestioni-associate/confronto?zona=097&funzione=a&numero_2=0&somiglianza_2=10")
        ).text
    )
    assert "uguali nei due scenari" in page.words
    assert "Con altra compagnia:" in page.words
    same = Page((await client.get("/gestioni-associate/confronto?zona=097&funzione=a")).text)
    assert "Le due domande sono uguali" in same.words


async def test_a_comparison_says_which_side_is_wrong(client: AsyncClient) -> None:
    answer = await client.get("/gestioni-associate/confronto?zona=097&funzione=a&soglia_2=uno")
    assert answer.status_code == 422
    assert "Serve un numero intero." in Page(answer.text).words
    region = await client.get("/gestioni-associate/confronto?zona=lombardia&funzione=a")
    assert "non di tutta la regione" in Page(region.text).words


async def test_the_method_prints_every_weight_of_the_code(client: AsyncClient) -> None:
    words = Page((await client.get("/gestioni-associate/metodo")).text).words
    assert all(label.text in words for _, label, _ in scenario_asking.WEIGHTS.values())
    assert "non un obbligo" in words


async def test_programs_ask_the_same_question(client: AsyncClient) -> None:
    query = """{ scenario(input: {area: "097", function: "a", on: "2026-11-24"}) { snapshotId
      figures { groups covered } groups(first: 2) { totalCount edges { node { needed population sentence members { name } } } }
      stranded { totalCount } } }"""
    found = (await client.post("/graphql", json={"query": query})).json()["data"]["scenario"]
    assert found["groups"]["totalCount"] == found["figures"]["groups"] > 10
    page = Page((await client.get(LECCO)).text)
    assert found["snapshotId"] in page.words
    assert found["groups"]["edges"][0]["node"]["sentence"] in page.words
    wrong = query.replace('"a", on', '"z", on')
    error = (await client.post("/graphql", json={"query": wrong})).json()["errors"][0]
    assert "«z»" in str(error)


def test_the_kind_of_the_region_is_known_to_the_worker() -> None:
    assert KINDS["scenario"].run is scenario_work.run


async def test_limits_and_counts_read_as_one_says_them(client: AsyncClient) -> None:
    refused = await client.get("/gestioni-associate?zona=097&funzione=a&soglia=99999999")
    assert refused.status_code == 422
    assert "10.000.000" in Page(refused.text).words
    one = await client.get("/gestioni-associate?zona=scalve&funzione=a")
    words = Page(one.text).words
    assert "1 gruppi" not in words
    assert "e 0 comuni" not in words
    assert "1 gruppo" in words
