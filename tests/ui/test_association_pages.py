"""Three officers and the coordination walk a joint management to its end, by pages without script."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient, Response

from associating import adhered, proposed
from cast import (
    BALLABIO_OFFICER,
    COORDINATOR,
    LECCO_OFFICER,
    PASTURO,
    PASTURO_OFFICER,
    VALLEY_OFFICER,
    officer_of,
)
from page import Page
from raccordo import associated_managements, associations
from raccordo.association_records import find
from raccordo.association_steps import AFTER_START, BEFORE_START
from raccordo.catalogue import Catalogue
from raccordo.models import AssociationState, CooperationStep
from raccordo.people import VISITOR, Actor
from ui.conftest import ActAs

NEW = "/gestioni-associate/proposte/nuova"
LIST = "/gestioni-associate/proposte"
STRANGER = officer_of("015146")
DECLINED = "{ associationProposal(number: 1) { proposerDeclined proposer { name } members { adherence } } }"


class Walk:
    """Somebody's browser: opens the page of the proposal, fills in one of its forms and sends it."""

    def __init__(self, client: AsyncClient, act_as: ActAs, address: str) -> None:
        self.client, self.act_as, self.address = client, act_as, address

    async def page(self, actor: Actor, prefix: str = "") -> Page:
        self.act_as(actor)
        answer = await self.client.get(prefix + self.address)
        assert answer.status_code == 200, answer.text
        return Page(answer.text)

    async def send(self, actor: Actor, form: str, /, **typed: str) -> Response:
        page = await self.page(actor)
        assert page.all("form", action=f"{self.address}/{form}"), f"{actor.label} has no form {form}"
        version = page.form()["version"]
        return await self.client.post(f"{self.address}/{form}", data={"version": version, **typed})

    async def step(self, actor: Actor, form: str, /, **typed: str) -> None:
        answer = await self.send(actor, form, **typed)
        assert answer.status_code == 303, Page(answer.text).alerts


async def test_three_officers_and_a_coordinator_walk_the_way_to_its_end(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    act_as(PASTURO_OFFICER)
    page = Page((await client.get(f"{NEW}?funzione=i&comuni=097065,097004,097042&capofila=097042")).text)
    form = page.form()
    assert (form["members"], form["lead"]) == ("Pasturo, Ballabio, Lecco", "Lecco")
    answer = await client.post(LIST, data={**form, "function": "i", "reason": "Un agente solo."})
    walk = Walk(client, act_as, answer.headers["location"])

    assert "Pasturo, Ballabio, Lecco" in (await walk.page(COORDINATOR)).words
    assert not (await walk.page(COORDINATOR)).all("form", action=f"{walk.address}/aderisci")
    await walk.step(COORDINATOR, "messaggi", text="La Regione ha un contributo: scade a marzo.")
    for officer in (PASTURO_OFFICER, BALLABIO_OFFICER, LECCO_OFFICER):
        await walk.step(officer, "aderisci")
    for step in BEFORE_START:
        await _settled(walk, step)
    await walk.step(LECCO_OFFICER, "passo", step="START", done_on="01/01/2027")
    for later in AFTER_START:
        await walk.step(BALLABIO_OFFICER, "passo", step=later.value, note="Una pagina del sito.")

    record = await find(VISITOR, 1)
    assert record.state is AssociationState.STARTED
    assert "percorsa fino in fondo" in (await walk.page(VISITOR)).words
    assert "All the way" in (await walk.page(VISITOR, "/en")).words
    assert (
        "Polizia locale: Pasturo, Ballabio, Lecco"
        in Page((await client.get("/gestioni-associate/esistenti?forma=convention")).text).words
    )
    assert "Polizia locale" in Page((await client.get(f"/comuni/{PASTURO}")).text).words
    assert (await associated_managements.find("proposta-1")).lead == "097042"


async def _settled(walk: Walk, step: CooperationStep) -> None:
    if step is CooperationStep.FORM:
        await walk.step(BALLABIO_OFFICER, "forma", form="CONVENTION", lead="097042")
        for officer in (PASTURO_OFFICER, LECCO_OFFICER):
            await walk.step(officer, "aderisci")  # to the form that is chosen now
    elif step is CooperationStep.AWARENESS:
        await walk.step(PASTURO_OFFICER, "salta", step=step.value, reason="Già fatto in assemblea.")
    else:
        document = {"document": f"Verbale {step.value}", "link": "https://example.org/verbale.pdf"}
        await walk.step(PASTURO_OFFICER, "passo", step=step.value, done_on="01/10/2026", **document)


@pytest.mark.parametrize("stranger", [VISITOR, STRANGER, VALLEY_OFFICER], ids=lambda one: one.label)
async def test_a_stranger_reads_nothing_of_it(
    client: AsyncClient, act_as: ActAs, current: Catalogue, stranger: Actor
) -> None:
    await proposed()
    act_as(stranger)
    assert (await client.get(f"{LIST}/1")).status_code == 404
    for address in (LIST, f"/comuni/{PASTURO}", f"{LIST}/1"):
        assert "sorvegliare" not in (await client.get(address)).text
    assert "non c’è nessuna proposta" in Page((await client.get(f"{LIST}/1")).text).words


async def test_what_was_typed_stays_when_a_step_is_refused(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    record = await proposed()
    walk = Walk(client, act_as, f"{LIST}/{record.number}")
    answer = await walk.send(
        PASTURO_OFFICER, "passo", step="NEED", link="ftp://x", note="Due righe da non perdere"
    )
    page = Page(answer.text)
    assert answer.status_code == 422
    assert "https://" in page.by_id("link-problem").words
    assert page.by_id("note").words == "Due righe da non perdere"
    answer = await walk.send(PASTURO_OFFICER, "declina", reason=" ")
    assert answer.status_code == 422
    assert "Manca il motivo" in Page(answer.text).alerts


async def test_whoever_acts_from_an_old_page_is_shown_the_present_one(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    record = await proposed()
    await adhered(record, (BALLABIO_OFFICER,))
    act_as(PASTURO_OFFICER)
    answer = await client.post(f"{LIST}/{record.number}/aderisci", data={"version": "1"})
    assert answer.status_code == 409
    assert "Qualcuno ha fatto un passo" in Page(answer.text).alerts
    assert Page(answer.text).form()["version"] == "2"


async def test_a_proposal_that_is_wrong_comes_back_as_typed(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    act_as(PASTURO_OFFICER)
    typed = {
        "function": "i",
        "members": "Pasturo, Gotam",
        "lead": "Pasturo",
        "form": "",
        "reason": "Perché sì",
    }
    answer = await client.post(LIST, data=typed)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert "«Gotam» non è un comune della Lombardia" in page.by_id("members-problem").words
    assert page.by_id("reason").words == "Perché sì"


async def test_a_municipality_switches_suggestions_off_and_on(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    act_as(PASTURO_OFFICER)
    for said in ("Lascia che sia suggerito di nuovo", "Non suggerire questo comune"):
        form = Page((await client.get(f"/comuni/{PASTURO}")).text).form()
        await client.post(f"/comuni/{PASTURO}/suggerimenti", data={"opted_out": form["opted_out"]})
        assert said in Page((await client.get(f"/comuni/{PASTURO}")).text).words
    act_as(BALLABIO_OFFICER)
    assert (await client.post(f"/comuni/{PASTURO}/suggerimenti", data={"opted_out": "si"})).status_code == 403


async def test_the_inbox_and_the_municipality_say_what_waits(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    await proposed()
    act_as(LECCO_OFFICER)
    for address in ("/avvisi", "/comuni/097042", LIST):
        assert f"{LIST}/1" in Page((await client.get(address)).text).links.values()


@pytest.mark.parametrize(
    ("address", "field"),
    [
        (f"{LIST}?stato=mai", "stato"),
        (f"{LIST}?funzione=z", "funzione"),
        ("/gestioni-associate/esistenti?comune=999999", "comune"),
        ("/gestioni-associate/esistenti?forma=x", "forma"),
        ("/gestioni-associate/esistenti?funzione=z", "funzione"),
    ],
)
async def test_a_filter_that_means_nothing_is_explained_beside_it(
    client: AsyncClient, current: Catalogue, address: str, field: str
) -> None:
    answer = await client.get(address)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert "non è fra le scelte possibili" in page.by_id(f"{field}-problem").words
    assert page.all("form", action=address.partition("?")[0])


async def test_a_visitor_reads_that_whoever_proposed_takes_no_part(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    record = await proposed()
    record = await associations.decline(PASTURO_OFFICER, record.number, record.version, "Non più.")
    await adhered(record, (BALLABIO_OFFICER, LECCO_OFFICER))
    act_as(VISITOR)
    for address in (LIST, f"{LIST}/{record.number}"):
        assert "Pasturo, che non vi prende parte" in Page((await client.get(address)).text).words
    answer = await client.post("/graphql", json={"query": DECLINED})
    assert answer.json()["data"]["associationProposal"] == {
        "proposerDeclined": True,
        "proposer": {"name": "Pasturo"},
        "members": [{"adherence": "ADHERED"}] * 2,
    }
