"""The one page that both sides of a match see, and the way to it from a need, without JavaScript."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient, Response

from cast import BALLABIO_OFFICER, COORDINATOR, LABORATORY, NEED, PASTURO_OFFICER
from page import Page
from raccordo import catalogue, match_records, matches, needs, partnerships
from raccordo.match_records import MatchRecord
from raccordo.models import MatchState, Role
from raccordo.people import VISITOR, Actor
from raccordo.published import Need
from raccordo_ui import partnerships as partnership_pages
from ui.conftest import ActAs


@pytest.fixture
async def need(client: AsyncClient) -> Need:
    return await needs.publish(PASTURO_OFFICER, NEED)


@pytest.fixture
async def asked(need: Need) -> MatchRecord:
    record = await partnerships.shortlist(PASTURO_OFFICER, need.number, "infralab")
    return await partnerships.ask(PASTURO_OFFICER, record.id, record.version)


async def stepped(client: AsyncClient, record: MatchRecord, step: str, **fields: str) -> Response:
    """Send the form of a step from the present version."""
    now = await match_records.read(record.id)
    assert now
    return await client.post(
        f"/collaborazioni/{record.id}/{step}", data={"version": str(now.version)} | fields
    )


async def seen(client: AsyncClient, record: MatchRecord, prefix: str = "") -> Page:
    return Page((await client.get(f"{prefix}/collaborazioni/{record.id}")).text)


def forms(page: Page) -> set[str]:
    """The steps that the page offers; the conversation is not one."""
    found = {form.attributes["action"].rpartition("/")[2] for form in page.all("form")}
    return found & set(partnership_pages.FORM_OF.values())


async def test_from_the_need_to_the_shortlist_and_on_to_asking(
    client: AsyncClient, act_as: ActAs, need: Need
) -> None:
    act_as(PASTURO_OFFICER)
    page = Page((await client.get(f"/bisogni/{need.number}")).text)
    [*buttons] = [form for form in page.all("form") if form.attributes["action"].endswith("/rosa")]
    assert buttons
    answer = await client.post(f"/bisogni/{need.number}/rosa", data={"laboratory": "lia", "then": "stay"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/bisogni/{need.number}")
    answer = await client.post(f"/bisogni/{need.number}/rosa", data={"laboratory": "infralab", "then": "ask"})
    page = Page((await client.get(answer.headers["location"])).text)
    assert forms(page) == {"chiedi", "rinuncia"}
    page = Page((await client.get(f"/bisogni/{need.number}")).text)
    names = [catalogue.current().laboratories[slug].name for slug in ("lia", "infralab")]
    assert all(page.links[name].startswith("/collaborazioni/") for name in names)


async def test_only_the_owner_finds_the_buttons(client: AsyncClient, act_as: ActAs, need: Need) -> None:
    for actor in (VISITOR, BALLABIO_OFFICER, LABORATORY, COORDINATOR):
        act_as(actor)
        text = (await client.get(f"/bisogni/{need.number}")).text
        assert "/rosa" not in text
        answer = await client.post(f"/bisogni/{need.number}/rosa", data={"laboratory": "infralab"})
        assert answer.status_code == 403


async def test_both_sides_read_the_same_next_step(
    client: AsyncClient, act_as: ActAs, asked: MatchRecord
) -> None:
    said = []
    for actor in (PASTURO_OFFICER, LABORATORY, COORDINATOR):
        act_as(actor)
        page = await seen(client, asked)
        said.append(page.words.partition("Il prossimo passo")[2][:60])
        assert "Come ci si è arrivati" in page.headings
    assert len(set(said)) == 1
    assert "Tocca a Laboratorio Sperimentale" in said[0]


async def test_from_the_interest_to_the_outcome(
    client: AsyncClient, act_as: ActAs, asked: MatchRecord
) -> None:
    for actor, step, fields in (
        (LABORATORY, "interessa", {}),
        (PASTURO_OFFICER, "intesa", {"scope": "Un rilievo del ponte."}),
        (PASTURO_OFFICER, "accetta", {}),
        (LABORATORY, "accetta", {}),
        (LABORATORY, "concludi", {"outcome": "DONE", "note": "Rilevato.", "version": "1"}),
    ):
        act_as(actor)
        answer = await stepped(client, asked, step, **fields)
        assert (answer.status_code, step) == (303, step)
    page = await seen(client, asked)
    assert "riuscita. Rilevato." in page.words
    assert forms(page) == set()


@pytest.mark.parametrize("actor", [VISITOR, BALLABIO_OFFICER], ids=lambda actor: actor.label)
async def test_for_strangers_there_is_nothing(
    client: AsyncClient, act_as: ActAs, asked: MatchRecord, actor: Actor
) -> None:
    act_as(actor)
    nothing = (await client.get("/collaborazioni/999999")).text
    there = await client.get(f"/collaborazioni/{asked.id}")
    assert there.status_code == 404
    assert Page(there.text).words == Page(nothing).words
    assert (await stepped(client, asked, "interessa")).status_code == 404
    assert NEED.title not in (await client.get("/collaborazioni")).text


async def test_a_decline_without_a_reason_says_so_beside_the_field(
    client: AsyncClient, act_as: ActAs, asked: MatchRecord
) -> None:
    act_as(LABORATORY)
    answer = await stepped(client, asked, "declina")
    assert answer.status_code == 422
    assert Page(answer.text).by_id("reason-problem").words == "Manca il motivo: uno dell’elenco."


async def test_a_scope_that_was_refused_is_not_lost(
    client: AsyncClient, act_as: ActAs, asked: MatchRecord
) -> None:
    await partnerships.show_interest(LABORATORY, asked.id, asked.version)
    act_as(PASTURO_OFFICER)
    answer = await stepped(client, asked, "intesa", scope="x" * 10_001)
    assert answer.status_code == 422
    assert "x" * 10_001 in answer.text


async def test_an_old_page_gets_the_present_state(
    client: AsyncClient, act_as: ActAs, asked: MatchRecord
) -> None:
    act_as(LABORATORY)
    answer = await stepped(client, asked, "interessa", version="1")
    assert answer.status_code == 409
    page = Page(answer.text)
    assert "Qualcuno ha fatto un passo nel frattempo" in page.alerts
    assert "interessa" in forms(page)


async def test_a_step_that_is_not_ones_own_is_refused(
    client: AsyncClient, act_as: ActAs, asked: MatchRecord
) -> None:
    act_as(PASTURO_OFFICER)
    assert (await stepped(client, asked, "interessa")).status_code == 403
    record = await match_records.read(asked.id)
    assert record
    assert record.state is MatchState.ASKED


async def test_steps_are_not_taken_by_reading(client: AsyncClient, act_as: ActAs, asked: MatchRecord) -> None:
    act_as(LABORATORY)
    assert (await client.get(f"/collaborazioni/{asked.id}/interessa")).status_code == 405


async def test_what_waits_for_me_comes_first(client: AsyncClient, act_as: ActAs, asked: MatchRecord) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    await partnerships.shortlist(PASTURO_OFFICER, need.number, "infralab")
    act_as(PASTURO_OFFICER)
    page = Page((await client.get("/collaborazioni")).text)
    assert page.headings == ["Collaborazioni", "Tocca a chi legge", "In attesa di altri"]
    act_as(LABORATORY)
    page = Page((await client.get("/collaborazioni")).text)
    assert page.headings == ["Collaborazioni", "Tocca a chi legge"]


async def test_a_coordinator_filters_by_state(client: AsyncClient, act_as: ActAs, asked: MatchRecord) -> None:
    act_as(COORDINATOR)
    assert NEED.title in (await client.get("/collaborazioni?stato=asked")).text
    assert NEED.title not in (await client.get("/collaborazioni?stato=declined")).text
    assert (await client.get("/collaborazioni?stato=x")).status_code == 422


async def test_it_speaks_english(client: AsyncClient, act_as: ActAs, asked: MatchRecord) -> None:
    act_as(LABORATORY)
    page = await seen(client, asked, "/en")
    assert page.language == "en"
    assert "The next step" in page.headings


async def test_a_decline_is_told_beside_a_need_like_it(
    client: AsyncClient, act_as: ActAs, asked: MatchRecord
) -> None:
    best = matches.for_need(catalogue.current(), catalogue.current().needs[asked.need_number]).matches[0]
    manager = Actor(role=Role.LABORATORY_MANAGER, laboratory=best.laboratory, demo=True)
    other = await partnerships.shortlist(PASTURO_OFFICER, asked.need_number, best.laboratory)
    other = await partnerships.ask(PASTURO_OFFICER, other.id, other.version)
    await partnerships.decline(manager, other.id, other.version, "NOT_OUR_FIELD")
    alike = await needs.publish(BALLABIO_OFFICER, NEED)
    said = "ha rifiutato un bisogno simile: non è il suo campo"
    for reader in (
        BALLABIO_OFFICER,
        VISITOR,
    ):  # a score that moved says why to everybody, without naming the need
        act_as(reader)
        page = Page((await client.get(f"/bisogni/{alike.number}")).text)
        assert said in page.words
        assert "risposte a bisogni simili" in page.words
