"""Every page with data says how a program gets the same, and what it says is answered without an error."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from httpx2 import AsyncClient

from associating import proposed
from cast import COORDINATOR, LABORATORY, LECCO_OFFICER, NEED, OFFER, PASTURO_OFFICER, VALLEY_OFFICER
from computed_plans import planned
from page import Page
from raccordo import citations, needs, offers, partnerships, proposed_needs
from raccordo.people import VISITOR, Actor
from ui.conftest import ActAs

TEMPLATES = Path(__file__).parents[2] / "ui" / "raccordo_ui" / "templates"
JOINT = "/gestioni-associate"
GROUP = f"{JOINT}/gruppo?funzione=a&comuni=097065,097004,097042"
Made = Callable[[], Awaitable[object]]


async def _proposal() -> str:
    return f"{JOINT}/proposte/{(await proposed()).number}"


async def _need() -> str:
    return f"/bisogni/{(await needs.publish(PASTURO_OFFICER, NEED)).number}"


async def _shared() -> str:
    return f"{await _need()}/insieme"


async def _offer() -> str:
    return f"/offerte/{(await offers.publish(LABORATORY, OFFER)).number}"


async def _citation() -> str:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    return f"/citazioni/{(await citations.cite(PASTURO_OFFICER, need.number)).name}"


async def _proposed_need() -> str:
    return f"/bisogni/proposti/{(await proposed_needs.propose(VALLEY_OFFICER, '097065', NEED)).number}"


async def _partnership() -> str:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    return f"/collaborazioni/{(await partnerships.shortlist(PASTURO_OFFICER, need.number, 'infralab')).id}"


async def _plan() -> str:
    return f"/assegnazione/{(await planned()).number}"


async def _fullest() -> str:
    return f"{await _plan()}/laboratori"


async def _two_plans() -> str:
    one, other = await planned(), await planned(name="Altra", tolerance="0.3")
    return f"/assegnazione/confronto?a={one.number}&b={other.number}"


PAGES: dict[str, list[tuple[str | Callable[[], Awaitable[str]], Actor]]] = {
    "groups/show": [
        (GROUP, VISITOR),
        (f"{GROUP}&data=2013-06-01&capofila=097042&esce=097042", VISITOR),
        (f"{GROUP}&guida=097004", VISITOR),
        (f"{GROUP}&capofila=097042&entra=097029", VISITOR),
    ],
    "partners/show": [
        (f"{JOINT}/con-chi?comune=097065&funzione=a", VISITOR),
        (f"{JOINT}/con-chi?comune=097065&funzione=a&data=2013-06-01", VISITOR),
    ],
    "scenarios/show": [(f"{JOINT}?zona=097&funzione=a", VISITOR)],
    "scenarios/compare": [
        (f"{JOINT}/confronto?zona=097&funzione=a&data=2026-11-24&somiglianza_2=10&quadruplo_2=si", VISITOR)
    ],
    "associations/index": [(f"{JOINT}/proposte", PASTURO_OFFICER)],
    "associations/show": [(_proposal, PASTURO_OFFICER)],
    "associations/costs": [
        (f"{JOINT}/riparto?comuni=097065,097004&costo=1.000,50&abitanti=1&uso=2&uso_097065=3", VISITOR)
    ],
    "evidence/show": [(f"{JOINT}/prove", VISITOR)],
    "managements/index": [(f"{JOINT}/esistenti", VISITOR)],
    "parties/show": [(_shared, PASTURO_OFFICER)],
    "assignments/index": [("/assegnazione", COORDINATOR)],
    "assignments/show": [(_plan, COORDINATOR)],
    "assignments/laboratories": [(_fullest, COORDINATOR)],
    "assignments/comparison": [(_two_plans, COORDINATOR)],
    "assignments/locks": [("/assegnazione/vincoli", COORDINATOR)],
    "citations/show": [(_citation, PASTURO_OFFICER)],
    "offers/show": [(_offer, LABORATORY)],
    "offers/index": [("/offerte", VISITOR)],
    "proposed_needs/show": [(_proposed_need, PASTURO_OFFICER)],
    "proposed_needs/index": [("/bisogni/proposti", PASTURO_OFFICER)],
    "partnerships/show": [(_partnership, PASTURO_OFFICER)],
    "partnerships/index": [("/collaborazioni", PASTURO_OFFICER)],
    "follows/index": [("/profilo/segui", PASTURO_OFFICER)],
    "inbox/show": [("/avvisi", LECCO_OFFICER)],
    "people/index": [("/ruoli", COORDINATOR)],
    "register/index": [("/registro", COORDINATOR)],
    "lexicon/index": [("/lessico", VISITOR)],
    "lexicon/lessons": [("/lessico/correzioni", COORDINATOR)],
    "lexicon/unknown": [("/lessico/parole-sconosciute", COORDINATOR)],
    "laboratories/index": [("/laboratori", VISITOR)],
    "laboratories/show": [("/laboratori/lia", VISITOR)],
    "laboratories/needs": [("/laboratori/lia/bisogni", VISITOR)],
    "laboratories/profile": [("/laboratori/infralab/profilo", LABORATORY)],
    "laboratories/desk": [("/laboratori/infralab/richieste", LABORATORY)],
    "laboratories/own": [("/laboratorio", LABORATORY)],
    "institutions/index": [("/enti", COORDINATOR)],
    "municipalities/index": [("/comuni", VISITOR)],
    "municipalities/show": [("/comuni/097042", VISITOR)],
    "unions/index": [("/unioni", VISITOR)],
    "provinces/index": [("/province", VISITOR)],
    "provinces/show": [("/province/097", VISITOR)],
    "mountain_communities/index": [("/comunita-montane", VISITOR)],
    "mountain_communities/show": [("/comunita-montane/scalve", VISITOR)],
    "departments/index": [("/dipartimenti", VISITOR)],
    "departments/show": [("/dipartimenti/DICA", VISITOR)],
    "schools/index": [("/scuole", VISITOR)],
    "schools/show": [("/scuole/DES", VISITOR)],
    "themes/index": [("/temi", VISITOR)],
    "themes/show": [("/temi/strade-ponti", VISITOR)],
    "functions/index": [("/funzioni", VISITOR)],
    "functions/show": [("/funzioni/l-bis", VISITOR)],
    "sectors/index": [("/settori", VISITOR)],
    "sectors/show": [("/settori/spazio", VISITOR)],
    "needs/index": [("/bisogni", VISITOR)],
    "needs/show": [("/bisogni/1", VISITOR), (_need, PASTURO_OFFICER)],
    "home/show": [("/", VISITOR)],
    "method/show": [("/metodo", VISITOR)],
    "maps/show": [("/mappa", VISITOR)],
    "trust/index": [("/fiducia", VISITOR)],
}
# Nothing ships that these pages could show.
WITHOUT_DATA = {"unions/show"}


def test_every_template_with_a_query_is_walked() -> None:
    found = {
        str(path.relative_to(TEMPLATES).with_suffix(""))
        for path in TEMPLATES.rglob("*.html")
        if re.search(r"{{ machine\(", path.read_text())
    }
    assert found == PAGES.keys() | WITHOUT_DATA


@pytest.mark.parametrize("template", PAGES)
async def test_the_query_of_a_page_is_answered(client: AsyncClient, act_as: ActAs, template: str) -> None:
    for place, actor in PAGES[template]:
        if actor != VISITOR:
            act_as(actor)
        address = place if isinstance(place, str) else await place()
        answer = await client.get(address)
        assert answer.status_code == 200, address
        link = Page(answer.text).links["Interroga questi dati"]
        said = Page((await client.get(link)).text).by_id("answer").text
        found = json.JSONDecoder().raw_decode(said[said.index("{") :])[0]
        assert "errors" not in found, (address, found)
        assert all(value is not None for value in found["data"].values()), (address, found)
