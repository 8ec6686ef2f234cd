"""Offers on pages: listed, read with whom they may be for, written by their laboratory, answered by an officer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from httpx2 import AsyncClient

from cast import BALLABIO_OFFICER, COORDINATOR, LABORATORY, NEED, OFFER, PASTURO_OFFICER
from page import Page
from raccordo import catalogue, days, match_records, needs, offers
from raccordo.models import MatchState, OfferStatus, Role
from raccordo.people import VISITOR, Actor
from raccordo.published_offers import Offer
from ui.conftest import ActAs

STRANGER = Actor(role=Role.LABORATORY_MANAGER, laboratory="lia", demo=True)
FORM = {"kind": "THESIS", "title": OFFER.title, "text": OFFER.text, **OFFER.details}


async def shown(client: AsyncClient, path: str, status: int = 200) -> Page:
    answer = await client.get(path)
    assert answer.status_code == status
    return Page(answer.text)


@pytest.fixture
async def offer(client: AsyncClient) -> Offer:
    return await offers.publish(LABORATORY, OFFER)


async def test_without_offers_the_list_says_who_writes_them(client: AsyncClient) -> None:
    page = await shown(client, "/offerte")
    assert "Nessuna offerta." in page.words
    assert "qui non ce ne sono di finte" in page.words


async def test_the_list_shows_them_and_is_filtered_by_address(client: AsyncClient, offer: Offer) -> None:
    assert OFFER.title in (await shown(client, "/offerte")).words
    assert OFFER.title in (await shown(client, "/offerte?tipo=tesi&aperte=tutte&testo=ponte")).words
    for wrong in (
        "tipo=dati",
        "aperte=no",
        "testo=lago",
        "tema=rifiuti-economia-circolare",
        "laboratorio=lia",
    ):
        assert OFFER.title not in (await client.get(f"/offerte?{wrong}")).text
    page = await shown(client, "/offerte?tipo=casa", 422)
    assert "non è fra le scelte possibili" in page.words


async def test_what_is_over_by_date_is_read_and_not_answered(client: AsyncClient, act_as: ActAs) -> None:
    soon = replace(OFFER, opens_on=(days.today() + timedelta(days=3)).isoformat())
    number = (await offers.publish(LABORATORY, soon)).number
    need = await needs.publish(PASTURO_OFFICER, NEED)
    act_as(PASTURO_OFFICER)
    assert "Oggi non si può rispondere: apre il" in (await shown(client, f"/offerte/{number}")).words
    answer = await client.post(f"/offerte/{number}/interessa", data={"need": str(need.number)})
    assert answer.status_code == 422
    assert not await match_records.of_need(need.number)


@pytest.mark.parametrize("kind", ["tesi", "tirocinio", "corso", "sito-pilota", "attrezzatura", "dati"])
@pytest.mark.parametrize("prefix", ["", "/en"])
async def test_every_kind_has_its_form(client: AsyncClient, act_as: ActAs, kind: str, prefix: str) -> None:
    act_as(LABORATORY)
    page = await shown(client, f"{prefix}/offerte/nuova?tipo={kind}")
    assert {"kind", "title", "text", "radius_km", "opens_on", "closes_on"} <= page.form().keys()


async def test_it_is_published_from_the_form(client: AsyncClient, act_as: ActAs) -> None:
    act_as(LABORATORY)
    answer = await client.post("/offerte", data=FORM)
    assert answer.status_code == 303
    page = await shown(client, answer.headers["location"])
    assert page.headings[0] == OFFER.title
    assert "laurea magistrale" in page.words


async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(LABORATORY)
    wrong = FORM | {
        "duration_months": "tanti",
        "level": "",
        "text": "Scrivere a prof@example.it",
        "closes_on": "ieri",
    }
    answer = await client.post("/offerte", data=wrong)
    page = Page(answer.text)
    assert answer.status_code == 422
    for name in ("duration_months", "level", "text", "closes_on"):
        assert page.by_id(f"{name}-problem").words
    assert page.form()["duration_months"] == "tanti"
    assert page.form()["text"] == wrong["text"]


@pytest.mark.parametrize("actor", [VISITOR, PASTURO_OFFICER, COORDINATOR])
async def test_only_a_laboratory_publishes(client: AsyncClient, act_as: ActAs, actor: Actor) -> None:
    act_as(actor)
    answer = await client.post("/offerte", data=FORM)
    assert answer.status_code == 403
    assert Page(answer.text).form()["title"] == OFFER.title
    assert not catalogue.current().offers


async def test_it_is_changed_by_its_laboratory_only(client: AsyncClient, act_as: ActAs, offer: Offer) -> None:
    address = f"/offerte/{offer.number}"
    for stranger in (VISITOR, STRANGER, PASTURO_OFFICER, COORDINATOR):
        act_as(stranger)
        assert (await client.get(f"{address}/modifica")).status_code == 403
        assert (await client.post(address, data=FORM | {"version": "1"})).status_code == 403
    act_as(LABORATORY)
    form = (await shown(client, f"{address}/modifica")).form() | dict(OFFER.details)
    assert (await client.post(address, data=form | {"title": "Due ponti"})).status_code == 303
    assert catalogue.current().offers[offer.number].title == "Due ponti"


async def test_of_two_at_once_the_second_reads_both(client: AsyncClient, act_as: ActAs, offer: Offer) -> None:
    act_as(LABORATORY)
    address, form = f"/offerte/{offer.number}", FORM | {"version": "1"}
    await client.post(address, data=form | {"title": "Il primo"})
    answer = await client.post(address, data=form | {"title": "Il secondo"})
    page = Page(answer.text)
    assert answer.status_code == 409
    assert "Il primo" in page.headings
    assert page.form()["title"] == "Il secondo"
    assert (await client.post(address, data=page.form() | dict(OFFER.details))).status_code == 303
    assert catalogue.current().offers[offer.number].title == "Il secondo"


async def test_it_is_closed_and_published_again(client: AsyncClient, act_as: ActAs, offer: Offer) -> None:
    act_as(LABORATORY)
    address = f"/offerte/{offer.number}"
    form = (await shown(client, f"{address}/chiudi")).form()
    answer = await client.post(f"{address}/chiudi", data=form | {"reason": "Il caso è trovato."})
    page = await shown(client, answer.headers["location"])
    assert "Il caso è trovato." in page.words
    assert "chiusa" in page.words
    assert (await client.post(f"{address}/ripubblica", data={"version": "2"})).status_code == 303
    assert catalogue.current().offers[offer.number].status is OfferStatus.PUBLISHED


async def test_a_withdrawn_one_is_gone_for_everybody_else(
    client: AsyncClient, act_as: ActAs, offer: Offer
) -> None:
    act_as(LABORATORY)
    address = f"/offerte/{offer.number}"
    answer = await client.post(f"{address}/ritira", data={"version": "1", "reason": "Uno sbaglio."})
    assert "Pubblica di nuovo" in (await shown(client, answer.headers["location"])).words
    act_as(BALLABIO_OFFICER)
    assert "Uno sbaglio." in (await shown(client, address, 410)).words
    assert (await client.get(f"{address}/ritira")).status_code == 410
    assert OFFER.title not in (await client.get("/offerte")).text


async def test_it_stands_beside_the_need_and_the_town_that_it_may_be_for(
    client: AsyncClient, offer: Offer
) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    for address in (f"/bisogni/{need.number}", "/comuni/097065"):
        page = await shown(client, address)
        assert "Offerte che c’entrano" in page.headings
        assert OFFER.title in page.headings
    assert "«ponte»" in page.words
    assert "Pasturo" in (await shown(client, f"/offerte/{offer.number}")).words


async def test_an_officer_answers_with_a_need_and_the_laboratory_reads_of_which_offer(
    client: AsyncClient, act_as: ActAs, offer: Offer
) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    act_as(PASTURO_OFFICER)
    page = await shown(client, f"/offerte/{offer.number}?bisogno={need.number}")
    assert [one.words for one in page.all("option") if "selected" in one.attributes] == [NEED.title]
    sent = {"need": str(need.number), "note": "Il nostro è così."}
    answer = await client.post(f"/offerte/{offer.number}/interessa", data=sent)
    page = await shown(client, answer.headers["location"])
    assert "A proposito di un’offerta" in page.headings
    record = (await match_records.of_need(need.number))["infralab"]
    assert record.state is MatchState.ASKED
    assert "è già stato interpellato" in (await shown(client, f"/offerte/{offer.number}")).words
    act_as(LABORATORY)
    assert (
        f"dell’offerta {offer.number}, «{OFFER.title}»"
        in (await shown(client, answer.headers["location"])).words
    )
    assert "1 ente ha chiesto" in (await shown(client, "/laboratorio")).words


async def test_a_second_answer_about_the_same_need_is_refused(
    client: AsyncClient, act_as: ActAs, offer: Offer
) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    act_as(PASTURO_OFFICER)
    address = f"/offerte/{offer.number}/interessa"
    assert (await client.post(address, data={"need": str(need.number)})).status_code == 303
    answer = await client.post(address, data={"need": str(need.number)})
    assert answer.status_code == 422
    assert "è già coinvolto" in Page(answer.text).words


@pytest.mark.parametrize("actor", [VISITOR, BALLABIO_OFFICER, LABORATORY, COORDINATOR])
async def test_nobody_answers_with_somebody_elses_need(
    client: AsyncClient, act_as: ActAs, offer: Offer, actor: Actor
) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    act_as(actor)
    answer = await client.post(f"/offerte/{offer.number}/interessa", data={"need": str(need.number)})
    assert answer.status_code == 403
    assert not await match_records.of_need(need.number)


async def test_a_need_can_begin_from_an_offer(client: AsyncClient, act_as: ActAs, offer: Offer) -> None:
    act_as(PASTURO_OFFICER)
    page = await shown(client, f"/bisogni/nuovo?offerta={offer.number}")
    assert f"dell’offerta {offer.number}" in page.form()["description"]
    assert (await client.get("/bisogni/nuovo?offerta=nessuna")).status_code == 200


async def test_the_own_page_is_of_whoever_works_in_a_laboratory(
    client: AsyncClient, act_as: ActAs, offer: Offer
) -> None:
    for stranger in (VISITOR, PASTURO_OFFICER, COORDINATOR):
        act_as(stranger)
        assert (await client.get("/laboratorio")).status_code == 403
    act_as(LABORATORY)
    page = await shown(client, "/laboratorio")
    assert {"Bisogni per me", "Le mie offerte", "Le mie risposte"} <= set(page.headings)
    assert OFFER.title in page.words


async def test_the_feed_has_the_offers_of_the_list(client: AsyncClient, offer: Offer) -> None:
    answer = await client.get("/offerte.atom?tipo=tesi")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert OFFER.title in answer.text
    assert OFFER.title not in (await client.get("/offerte.atom?tipo=dati")).text


@pytest.mark.parametrize("number", ["0", "99", "999999999999"])
async def test_what_is_not_there_is_said(client: AsyncClient, act_as: ActAs, number: str) -> None:
    act_as(LABORATORY)
    assert (await client.get(f"/offerte/{number}")).status_code == 404
    assert (await client.get(f"/offerte/{number}/modifica")).status_code == 404
    assert (await client.post(f"/offerte/{number}", data=FORM | {"version": "1"})).status_code == 404


async def test_the_page_of_a_theme_lists_its_open_offers(client: AsyncClient) -> None:
    offer = await offers.publish(LABORATORY, replace(OFFER, themes=("strade-ponti",)))
    page = await client.get("/temi/strade-ponti")
    assert "Che cosa si offre o si cerca" in Page(page.text).headings
    assert f'href="/offerte/{offer.number}"' in page.text
    await offers.withdraw(LABORATORY, offer.number, 1)
    assert f'href="/offerte/{offer.number}"' not in (await client.get("/temi/strade-ponti")).text
