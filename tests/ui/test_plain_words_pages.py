"""Chips without a script, a pasted text, and the lexicon's pages: what they say and whom they refuse."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient

from cast import COORDINATOR, PASTURO_OFFICER
from page import Page
from raccordo import catalogue, lexicon_edits
from raccordo.people import VISITOR
from ui.conftest import ActAs

TYPED = {
    "title": "Un ponte a Ballabio",
    "description": "Il ponte trema. Ci serve uno studio entro giugno 2035, abbiamo 15mila euro. Senza consulenti.",
}
MAIL = "Buongiorno,\n1. Il ponte sul torrente trema coi camion.\n2. La scuola consuma troppo gas in inverno.\nCordiali saluti\nAnna"


async def test_chips_are_proposed_and_one_click_confirms_them(client: AsyncClient) -> None:
    page = Page((await client.post("/bisogni/nuovo", data=TYPED)).text)
    for said in (
        "Che cosa si è capito",
        "studio",
        "Ballabio",
        "15.000 euro",
        "entro il 30 giugno 2035",
        "Non si vuole",
    ):
        assert said in page.words
    values = [button.attributes.get("value", "") for button in page.all("button")]
    assert "+amount:15000" in values
    clicked = Page((await client.post("/bisogni/nuovo", data={**TYPED, "chip": "+amount:15000"})).text)
    assert clicked.form()["amount"] == "15000"
    assert clicked.form()["description"].strip() == TYPED["description"]


@pytest.mark.parametrize(
    ("chip", "field", "value"),
    [
        ("+intent:STUDY", "intent", "STUDY"),
        ("+period:../2035-06-30", "deadline", "2035-06-30"),
        ("+place:097004", "sites", "097004"),
        ("-amount:15000", "rejected", "amount:15000"),
    ],
)
async def test_each_click_is_kept_by_the_form(client: AsyncClient, chip: str, field: str, value: str) -> None:
    page = Page((await client.post("/bisogni/nuovo", data={**TYPED, "chip": chip})).text)
    assert page.form()[field] == value
    if chip.startswith("-"):
        assert "15.000 euro" not in page.words


@pytest.mark.parametrize("chip", ["", "+", "+theme:", "=x", "+REFUSED:x", "-" * 3000, "+theme:<script>"])
async def test_a_click_that_makes_no_sense_changes_nothing(client: AsyncClient, chip: str) -> None:
    answer = await client.post("/bisogni/nuovo", data={**TYPED, "chip": chip})
    assert answer.status_code == 200
    assert "<script>" not in answer.text


async def test_the_english_summary_is_proposed_and_confirmed(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    page = Page((await client.post("/bisogni/nuovo", data={**TYPED, "chip": "=summary"})).text)
    summary = page.form()["summary_en"]
    assert summary.startswith("Pasturo (")
    answer = await client.post("/bisogni", data={**TYPED, "summary_en": summary}, follow_redirects=False)
    number = answer.headers["location"].rsplit("/", 1)[1]
    assert summary in Page((await client.get(f"/en/bisogni/{number}")).text).words
    assert summary not in Page((await client.get(f"/bisogni/{number}")).text).words


async def test_a_pasted_mail_becomes_forms_that_open_a_filled_need(client: AsyncClient) -> None:
    page = Page((await client.post("/bisogni/da-testo", data={"text": MAIL})).text)
    assert "2 bisogni nel testo" in page.words
    assert "3 righe messe da parte" in page.words
    [first, second] = [
        page.form(which)
        for which, form in enumerate(page.all("form"))
        if form.attributes.get("action") == "/bisogni/nuovo"
    ]
    assert "trema coi camion" in first["description"]
    assert "gas in inverno" in second["description"]
    opened = Page((await client.post("/bisogni/nuovo", data=first)).text).form()
    assert (opened["title"], opened["description"]) == (first["title"], first["description"])


@pytest.mark.parametrize(("text", "said"), [("", "Manca il testo"), ("parola " * 4000, "il massimo è")])
async def test_no_text_and_too_much_are_refused_with_what_was_typed(
    client: AsyncClient, text: str, said: str
) -> None:
    answer = await client.post("/bisogni/da-testo", data={"text": text})
    assert answer.status_code == 422
    assert said in Page(answer.text).words


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "path",
    [
        "/lessico",
        "/lessico?q=ponte",
        "/lessico?q=zzzz",
        "/lessico/correzioni",
        "/lessico/importa",
        "/lessico.csv",
    ],
)
async def test_everybody_reads_the_lexicon(
    client: AsyncClient, act_as: ActAs, prefix: str, path: str
) -> None:
    act_as(VISITOR)
    answer = await client.get(f"{prefix}{path}")
    assert answer.status_code == 200
    assert len(answer.content) < 50_000 or path.endswith(".csv")


async def test_a_coordinator_adds_a_term_and_removes_it(client: AsyncClient, act_as: ActAs) -> None:
    act_as(COORDINATOR)
    concept = next(iter(lexicon_edits.concepts_of(catalogue.current())))
    form = {
        "term": "arnia",
        "language": "it",
        "variants": "arnie\narniaio",
        "concepts": [concept, ""],
        "version": "0",
    }
    assert (await client.post("/lessico", data=form, follow_redirects=False)).status_code == 303
    assert "arniaio" in Page((await client.get("/lessico?q=arnia")).text).words
    stale = await client.post("/lessico", data=form)
    assert stale.status_code == 409
    gone = {"term": "arnia", "language": "it", "version": "1"}
    assert (await client.post("/lessico/togli", data=gone, follow_redirects=False)).status_code == 303
    page = await client.get("/lessico?q=arnia")
    assert "tolta" in Page(page.text).words
    assert len(page.content) < 50_000


async def test_an_officer_changes_nothing(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    assert (await client.post("/lessico", data={"term": "x", "concepts": "y"})).status_code == 403
    assert (await client.get("/lessico/parole-sconosciute")).status_code == 403
