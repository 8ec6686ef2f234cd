"""The coordination's board in the browser: a scenario asked for, its plan, what blocks it, and one beside another."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient

from cast import COORDINATOR, LABORATORY, NEED, PASTURO_OFFICER
from computed_plans import a_plan, computed, planned
from page import Page
from raccordo import assignment_locks, assignments, catalogue, match_records, matches, needs
from raccordo.assignment_scenario import ScenarioInput
from raccordo.models import AssignmentLock, AssignmentPlan, ComputationState
from raccordo.people import VISITOR, Actor
from raccordo_ui.assignment_views import SETTINGS
from ui.conftest import ActAs

PAGES = (
    "/assegnazione",
    "/assegnazione/nuovo",
    "/assegnazione/vincoli",
    "/assegnazione/{number}",
    "/assegnazione/{number}.csv",
    "/assegnazione/{number}/laboratori",
    "/assegnazione/confronto?a={number}&b={number}",
)
CHOSEN = {"examples": "si", "least_band": "weak"}  # a box and a list
TOO_LITTLE = {"assumed_places": "0", "quotas": "lia 6\ninfralab 9"}


async def page(client: AsyncClient, address: str, status: int = 200) -> Page:
    answer = await client.get(address)
    assert answer.status_code == status, answer.text[:300]
    assert len(answer.content) < 50_000
    return Page(answer.text)


async def test_the_board_counts_demand_and_capacity(client: AsyncClient, act_as: ActAs) -> None:
    act_as(COORDINATOR)
    shown = await page(client, "/assegnazione")
    assert "88 bisogni pubblicati" in shown.words or "bisogni pubblicati 88" in shown.words
    assert "esempi, non richieste" in shown.words
    assert "Nessuno scenario ancora" in shown.words
    assert "Assignment" in (await page(client, "/en/assegnazione")).words


async def test_a_scenario_is_asked_for_and_its_page_says_how_far_it_is(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(COORDINATOR)
    form = (await page(client, "/assegnazione/nuovo")).form()
    answer = await client.post("/assegnazione", data={**form, **CHOSEN, "name": "Primo"})
    assert answer.status_code == 303
    address = answer.headers["location"]
    assert "In attesa" in (await page(client, address)).words
    number = int(address.rpartition("/")[2])
    await computed(await assignments.find(COORDINATOR, number))
    shown = await page(client, address)
    assert "88 abbinamenti per 88 bisogni, su 182 posti" in shown.words
    assert "È una proposta" in shown.words
    assert "Pagina 1 di 4" in shown.words
    part = await client.get(address, headers={"hx-request": "true", "hx-target": "section#computation"})
    assert part.text.lstrip().startswith("<section")


async def test_the_form_of_the_page_has_every_field_of_the_scenario(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(COORDINATOR)
    form = (await page(client, "/assegnazione/nuovo")).form()
    names = set(ScenarioInput.__dataclass_fields__)
    assert set(form) | set(CHOSEN) == names
    assert set(SETTINGS) == names - {"name"}


@pytest.mark.parametrize("language", ["it", "en"])
async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    client: AsyncClient, act_as: ActAs, language: str
) -> None:
    act_as(COORDINATOR)
    prefix = "" if language == "it" else "/en"
    typed = {"name": "Prova <b>", "seed": "sette", "quotas": "lia tanti", "examples": "si"}
    answer = await client.post(f"{prefix}/assegnazione", data={**vars_of(ScenarioInput()), **typed})
    assert answer.status_code == 422
    shown = Page(answer.text)
    assert shown.form()["name"] == "Prova <b>"
    assert "lia tanti" in answer.text
    said = "Riga 1: «lia tanti» non si legge" if language == "it" else "Line 1: “lia tanti” cannot be read"
    assert said in shown.words
    assert await AssignmentPlan.all().count() == 0


def vars_of(written: ScenarioInput) -> dict[str, str]:
    return {name: getattr(written, name) for name in ScenarioInput.__dataclass_fields__}


async def test_an_impossible_scenario_shows_why_and_opens_the_form_with_the_repair(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(COORDINATOR)
    stored = await planned(**TOO_LITTLE)
    shown = await page(client, f"/assegnazione/{stored.number}")
    assert "Mancano 73 posti in tutti i 91 laboratori" in shown.words
    assert "Posti in più: 73" in shown.words
    repaired = await page(client, f"/assegnazione/nuovo?da={stored.number}&rimedio=1")
    assert "il rimedio è già scritto" in repaired.words
    answer = await client.post("/assegnazione", data={**repaired.form(), **CHOSEN})
    assert answer.status_code == 303
    number = int(answer.headers["location"].rpartition("/")[2])
    assert (await computed(await assignments.find(COORDINATOR, number))).feasible


async def test_a_repair_that_is_not_there_opens_the_scenario_as_it_was(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(COORDINATOR)
    stored = await planned(**TOO_LITTLE)
    for place in ("0", "99", "x", "9" * 30):
        form = (await page(client, f"/assegnazione/nuovo?da={stored.number}&rimedio={place}")).form()
        assert form["quotas"].splitlines() == ["infralab 0-9", "lia 0-6"]


async def test_two_scenarios_stand_side_by_side(client: AsyncClient, act_as: ActAs) -> None:
    act_as(COORDINATOR)
    one, other = await planned(name="Uno"), await planned(name="Altro", assumed_places="4", seed="3")
    shown = await page(client, f"/assegnazione/confronto?a={one.number}&b={other.number}")
    assert "Posti supposti dove sono da chiedere 2 4" in shown.words
    assert "Chi cambia laboratorio" in shown.words
    same = await page(client, f"/assegnazione/confronto?a={one.number}&b={one.number}")
    assert "sono lo stesso scenario" in same.words
    blocked = await planned(name="No", **TOO_LITTLE)
    assert "—" in (await page(client, f"/assegnazione/confronto?a={one.number}&b={blocked.number}")).words
    assert (await client.get("/assegnazione/confronto?a=1")).status_code == 303
    await page(client, "/assegnazione/confronto?a=1&b=999", status=404)


async def test_the_plan_is_a_sheet(client: AsyncClient, act_as: ActAs) -> None:
    act_as(COORDINATOR)
    stored = await planned()
    answer = await client.get(f"/assegnazione/{stored.number}.csv")
    rows = answer.text.splitlines()
    assert rows[0].removeprefix("\ufeff").split(";")[:3] == ["plan", "snapshot_id", "need"]
    assert len(rows) == 89
    assert stored.snapshot_id in rows[1]


async def test_a_hand_is_put_and_taken_away(client: AsyncClient, act_as: ActAs) -> None:
    act_as(COORDINATOR)
    form = (await page(client, "/assegnazione/vincoli?bisogno=28&laboratorio=lia")).form()
    assert (form["need_number"], form["laboratory"]) == ("28", "lia")
    wrong = await client.post("/assegnazione/vincoli", data={**form, "lock": "APART", "reason": ""})
    assert wrong.status_code == 422
    assert "Manca il motivo" in Page(wrong.text).words
    answer = await client.post(
        "/assegnazione/vincoli", data={**form, "lock": "APART", "reason": "Un motivo."}
    )
    assert answer.status_code == 303
    assert "Un motivo." in (await page(client, "/assegnazione/vincoli")).words
    [lock] = await assignment_locks.every(COORDINATOR)
    assert (
        await client.post(f"/assegnazione/vincoli/{lock.number}/togli", data={"x": ""})
    ).status_code == 303
    assert await AssignmentLock.all().count() == 0
    assert (
        await client.post(f"/assegnazione/vincoli/{lock.number}/togli", data={"x": ""})
    ).status_code == 404


@pytest.mark.parametrize("stranger", [VISITOR, PASTURO_OFFICER, LABORATORY])
async def test_strangers_see_nothing_of_it(client: AsyncClient, act_as: ActAs, stranger: Actor) -> None:
    number = (await planned()).number
    act_as(stranger)
    for address in PAGES:
        answer = await client.get(address.format(number=number))
        assert answer.status_code == 403, address
    assert "/assegnazione" not in (await client.get("/")).text


async def test_scenarios_that_are_not_there(client: AsyncClient, act_as: ActAs) -> None:
    act_as(COORDINATOR)
    await page(client, "/assegnazione/7", status=404)
    await page(client, f"/assegnazione/{9**30}", status=404)
    await page(client, "/assegnazione/nuovo?da=7", status=404)


async def test_a_plan_reaches_the_inbox_of_the_owner_who_confirms_with_one_click(
    client: AsyncClient, act_as: ActAs
) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    best, other = matches.for_need(catalogue.current(), need).matches[:2]
    number = await a_plan((need.number, best.laboratory), (need.number, other.laboratory))
    act_as(COORDINATOR)
    shown = await page(client, f"/assegnazione/{number}")
    assert shown.all("form", action=f"/assegnazione/{number}/proponi")
    form = {"need_number": ""}
    answer = await client.post(f"/assegnazione/{number}/proponi", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/assegnazione/{number}")
    assert "proposto all’ente" in (await page(client, f"/assegnazione/{number}")).words
    again = await client.post(f"/assegnazione/{number}/proponi", data=form)
    assert again.status_code == 422
    assert "niente di nuovo da proporre" in Page(again.text).words

    act_as(PASTURO_OFFICER)
    inbox = await page(client, "/avvisi")
    assert f"Lo propone il coordinamento: {best.reasons.sentence_it}" in inbox.words
    assert "Il coordinamento propone" in (await page(client, f"/bisogni/{need.number}")).words
    assert len(inbox.all("form", action=f"/bisogni/{need.number}/rosa")) == 2
    assert inbox.all("input", name="laboratory", value=best.laboratory)
    answer = await client.post(f"/bisogni/{need.number}/rosa", data={"laboratory": best.laboratory})
    assert answer.status_code == 303
    assert list(await match_records.of_need(need.number)) == [best.laboratory]
    left = await page(client, "/avvisi")
    assert best.reasons.sentence_it not in left.words or best.reasons.sentence_it == other.reasons.sentence_it
    assert other.reasons.sentence_it in left.words
    act_as(VISITOR)
    assert "Il coordinamento propone" not in (await page(client, f"/bisogni/{need.number}")).words


PLAN = """mutation($input: AssignmentInput!) { planAssignment(input: $input) {
  ... on AssignmentPlan { number state computation { state } }
  ... on Refusal { code fields { field message } } } }"""
READ = """query($n: Int!) { assignmentPlan(number: $n) { name state feasible snapshotId computation { share }
  figures { needs given share worst worstNeed bound proved }
  lines(first: 2) { totalCount edges { node { score byHand needNumber need { number } laboratory { slug } } } }
  loads(first: 1) { totalCount edges { node { needs most assumed } } }
  floors { key name asked served } reasons { sentence detail } repairs { summary sentences cost lines } } }"""


async def asked(client: AsyncClient, query: str, **variables: object) -> dict[str, object]:
    answer = await client.post("/graphql", json={"query": query, "variables": variables})
    body: dict[str, dict[str, object]] = answer.json()
    assert "errors" not in body, body
    [found] = body["data"].values()
    assert isinstance(found, dict)
    return found


async def test_programs_plan_and_read_the_same(client: AsyncClient, act_as: ActAs) -> None:
    act_as(COORDINATOR)
    made = await asked(client, PLAN, input={"name": "Da fuori", "examples": True, "mountainShare": 50})
    assert made["computation"] == {"state": "QUEUED"}
    stored = await computed(await assignments.find(COORDINATOR, int(str(made["number"]))))
    found = await asked(client, READ, n=stored.number)
    assert (found["state"], found["feasible"], found["computation"]) == (ComputationState.DONE, True, None)
    assert found["lines"]["totalCount"] == 88  # type: ignore[index]  # an object
    assert found["floors"][0]["key"] == "mountain"  # type: ignore[index]  # a list
    blocked = await planned(**TOO_LITTLE)
    found = await asked(client, READ, n=blocked.number)
    assert found["figures"] is None
    assert "73" in found["reasons"][0]["sentence"]  # type: ignore[index]  # a list
    assert "infralab 0-" in found["repairs"][0]["lines"]  # type: ignore[index]  # a list


async def test_programs_are_refused_with_the_sentences_of_the_page(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(COORDINATOR)
    refused = await asked(client, PLAN, input={"name": " ", "seed": -1, "quotas": "lia", "tolerance": 99})
    fields = {one["field"]: one["message"] for one in refused["fields"]}  # type: ignore[attr-defined]  # a list
    form = {**vars_of(ScenarioInput()), "name": " ", "seed": "-1", "quotas": "lia", "tolerance": "99"}
    shown = Page((await client.post("/assegnazione", data=form)).text)
    assert set(fields) == {"name", "seed", "quotas", "tolerance"}
    for message in fields.values():
        assert message in shown.words


async def test_programs_without_the_right_are_refused(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    refused = await asked(client, PLAN, input={"name": "No"})
    assert refused["code"] == "plan_assignment"
    answer = await client.post("/graphql", json={"query": "{ assignmentBoard { needs } }"})
    assert answer.json()["errors"][0]["extensions"]["code"] == "read_assignment"


@pytest.mark.parametrize(("start", "shown"), [("", "0,6"), ("/en", "0.6")])
async def test_a_percentage_reads_as_the_language_writes_it(
    client: AsyncClient, act_as: ActAs, start: str, shown: str
) -> None:
    act_as(COORDINATOR)
    assert Page((await client.get(f"{start}/assegnazione/nuovo")).text).form()["tolerance"] == shown
