"""The pages of a need proposed for a municipality: written by the valley, confirmed by the town with one click."""

from __future__ import annotations

from typing import Any

import pytest
from httpx2 import AsyncClient

from cast import BALLABIO, BALLABIO_OFFICER, LECCO, NEED, PASTURO, PASTURO_OFFICER, VALLEY_OFFICER
from page import Page
from raccordo import catalogue, delegation, needs, proposed_needs
from raccordo.catalogue import Catalogue
from raccordo.need_input import NeedInput
from raccordo.people import VISITOR, Actor
from raccordo.proposed_need_records import ProposedNeedRecord, find
from ui.conftest import ActAs

FORM = {"title": NEED.title, "description": NEED.description}
CHANGED = {"title": "Un muro che cede", "description": "Il muro cede a ogni pioggia."}
LIST = "/bisogni/proposti"


@pytest.fixture
async def waiting(current: Catalogue) -> ProposedNeedRecord:
    return await proposed_needs.propose(VALLEY_OFFICER, PASTURO, NEED)


def address(record: ProposedNeedRecord) -> str:
    return f"{LIST}/{record.number}"


async def post(client: AsyncClient, record: ProposedNeedRecord, step: str, **form: Any) -> Any:
    return await client.post(f"{address(record)}/{step}", data={"version": "1", **form})


async def test_the_valley_chooses_for_whom_it_writes(client: AsyncClient, act_as: ActAs) -> None:
    act_as(VALLEY_OFFICER)
    page = Page((await client.get("/bisogni/nuovo")).text)
    options = {
        one.attributes["value"]: one.words for one in reversed(page.all("option"))
    }  # the first select comes first
    assert options[""].endswith("(il proprio ente)")
    assert options[PASTURO] == "Pasturo"
    assert LECCO not in options
    assert page.all("form", action=LIST)


@pytest.mark.parametrize("actor", [VISITOR, PASTURO_OFFICER], ids=lambda one: one.label)
async def test_nobody_else_is_offered_a_choice(client: AsyncClient, act_as: ActAs, actor: Actor) -> None:
    act_as(actor)
    page = Page((await client.get("/bisogni/nuovo")).text)
    assert not page.all("select", name="municipality")
    assert page.all("form", action="/bisogni")


async def test_the_page_of_a_member_chooses_it_beforehand(client: AsyncClient, act_as: ActAs) -> None:
    act_as(VALLEY_OFFICER)
    town = Page((await client.get(f"/comuni/{PASTURO}")).text)
    page = Page((await client.get(town.links["Proponi un bisogno per Pasturo"])).text)
    [chosen] = [one for one in page.all("option") if "selected" in one.attributes]
    assert chosen.words == "Pasturo"


async def test_the_preview_sees_with_the_eyes_of_the_member(client: AsyncClient, act_as: ActAs) -> None:
    theirs = await needs.publish(BALLABIO_OFFICER, NEED)
    act_as(VALLEY_OFFICER)
    answer = await client.post("/bisogni/nuovo", data=FORM | {"municipality": PASTURO})
    page = Page(answer.text)
    assert "Vicini con lo stesso bisogno" in page.headings
    assert page.links[NEED.title] == f"/bisogni/{theirs.number}"
    assert page.form()["description"] == NEED.description


async def test_it_is_proposed_and_both_see_the_same_page(client: AsyncClient, act_as: ActAs) -> None:
    act_as(VALLEY_OFFICER)
    answer = await client.post(LIST, data=FORM | {"municipality": PASTURO})
    assert answer.status_code == 303
    for actor in (VALLEY_OFFICER, PASTURO_OFFICER):
        act_as(actor)
        page = Page((await client.get(answer.headers["location"])).text)
        assert page.headings[0] == NEED.title
        assert "Tocca a Pasturo" in page.words


async def test_without_a_choice_it_is_published_for_ones_own_body(client: AsyncClient, act_as: ActAs) -> None:
    act_as(VALLEY_OFFICER)
    answer = await client.post(LIST, data=FORM | {"municipality": ""})
    need = catalogue.current().needs[int(answer.headers["location"].rsplit("/", 1)[1])]
    assert need.owner_code == VALLEY_OFFICER.body_code


async def test_a_wrong_proposal_comes_back_as_typed(client: AsyncClient, act_as: ActAs) -> None:
    act_as(VALLEY_OFFICER)
    await delegation.choose(PASTURO_OFFICER, PASTURO, accepts=False)
    for wrong in (
        {"municipality": PASTURO},
        {"municipality": "x" * 900},
        {"municipality": BALLABIO, "title": ""},
    ):
        answer = await client.post(LIST, data=FORM | wrong)
        page = Page(answer.text)
        assert answer.status_code == 422
        assert page.alerts
        assert page.form()["description"] == NEED.description


async def test_a_key_of_ones_own_system_is_kept_and_asked_to_be_left_out(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(VALLEY_OFFICER)
    form = {
        "title": NEED.title,
        "description": NEED.description,
        "municipality": PASTURO,
        "external_id": "X1",
    }
    answer = await client.post("/bisogni/proposti", data=form)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert "per conto di un comune si lascia vuoto" in page.words
    assert page.form()["external_id"] == "X1"


async def test_for_a_stranger_to_the_valley_it_is_refused(client: AsyncClient, act_as: ActAs) -> None:
    act_as(VALLEY_OFFICER)
    answer = await client.post(LIST, data=FORM | {"municipality": LECCO})
    assert answer.status_code == 403
    assert "di cui fa parte" in Page(answer.text).alerts


async def test_one_click_confirms(client: AsyncClient, act_as: ActAs, waiting: ProposedNeedRecord) -> None:
    act_as(PASTURO_OFFICER)
    page = Page((await client.get(address(waiting))).text)
    assert page.form() == {"version": "1", "reason": ""}
    assert (await post(client, waiting, "conferma")).status_code == 303
    page = Page((await client.get(address(waiting))).text)
    need = (await find(PASTURO_OFFICER, waiting.number)).need
    assert page.links[f"Bisogno {need}"] == f"/bisogni/{need}"
    assert Page((await client.get(f"/bisogni/{need}")).text).headings[0] == NEED.title


async def test_it_is_corrected_and_confirmed_in_one_go(
    client: AsyncClient, act_as: ActAs, waiting: ProposedNeedRecord
) -> None:
    act_as(PASTURO_OFFICER)
    page = Page((await client.get(f"{address(waiting)}/correggi")).text)
    assert page.form()["description"] == NEED.description
    answer = await post(client, waiting, "correggi", **CHANGED | {"deadline": "domani"})
    assert answer.status_code == 422
    assert Page(answer.text).form()["title"] == CHANGED["title"]
    await post(client, waiting, "correggi", **CHANGED)
    assert CHANGED["title"] in {one.title for one in catalogue.current().needs.values()}


async def test_a_no_without_a_reason_is_asked_for_one(
    client: AsyncClient, act_as: ActAs, waiting: ProposedNeedRecord
) -> None:
    act_as(PASTURO_OFFICER)
    for reason, status in ((" ", 422), ("x" * 501, 422), ("Non serve più.", 303)):
        assert (await post(client, waiting, "declina", reason=reason)).status_code == status
    act_as(VALLEY_OFFICER)
    assert "Non serve più." in Page((await client.get(address(waiting))).text).words


async def test_the_valley_changes_it_and_takes_it_back(
    client: AsyncClient, act_as: ActAs, waiting: ProposedNeedRecord
) -> None:
    act_as(VALLEY_OFFICER)
    assert (await client.get(f"{address(waiting)}/modifica")).status_code == 200
    assert (await post(client, waiting, "modifica", **CHANGED)).status_code == 303
    assert (await post(client, waiting, "ritira", version="2")).status_code == 303
    assert "ritirato" in Page((await client.get(address(waiting))).text).words


async def test_an_old_version_shows_both_texts(
    client: AsyncClient, act_as: ActAs, waiting: ProposedNeedRecord
) -> None:
    await proposed_needs.revise(
        VALLEY_OFFICER,
        waiting.number,
        1,
        NeedInput(title=CHANGED["title"], description=CHANGED["description"]),
    )
    act_as(PASTURO_OFFICER)
    answer = await post(client, waiting, "correggi", **FORM)
    page = Page(answer.text)
    assert answer.status_code == 409
    assert {"Com’è adesso", CHANGED["title"], "Come era stato scritto qui"} <= set(page.headings)
    assert (page.form()["title"], page.form()["version"]) == (NEED.title, "2")
    answer = await post(client, waiting, "conferma")
    assert (answer.status_code, CHANGED["title"] in Page(answer.text).headings) == (409, True)


@pytest.mark.parametrize("stranger", [VISITOR, BALLABIO_OFFICER], ids=lambda one: one.label)
@pytest.mark.parametrize("page", ["", "/modifica", "/correggi"])
async def test_for_strangers_there_is_no_page(
    client: AsyncClient, act_as: ActAs, waiting: ProposedNeedRecord, stranger: Actor, page: str
) -> None:
    act_as(stranger)
    answers = [await client.get(f"{LIST}/{number}{page}") for number in (waiting.number, 999)]
    assert [one.status_code for one in answers] == [404, 404]
    assert NEED.title not in answers[0].text


async def test_each_side_lists_its_own(
    client: AsyncClient, act_as: ActAs, waiting: ProposedNeedRecord
) -> None:
    for actor, heading in ((PASTURO_OFFICER, "Tocca a chi legge"), (VALLEY_OFFICER, "Aspettano il comune")):
        act_as(actor)
        page = Page((await client.get(LIST)).text)
        assert heading in page.headings
        assert page.links[NEED.title] == address(waiting)
    act_as(BALLABIO_OFFICER)
    assert NEED.title not in (await client.get(LIST)).text


async def test_the_page_of_the_municipality_says_it_to_its_own_officers_only(
    client: AsyncClient, act_as: ActAs, waiting: ProposedNeedRecord
) -> None:
    words = "1 bisogno proposto aspetta una conferma"
    for actor, told in ((PASTURO_OFFICER, True), (VALLEY_OFFICER, False), (VISITOR, False)):
        act_as(actor)
        assert (words in Page((await client.get(f"/comuni/{PASTURO}")).text).words) is told


async def test_the_municipality_chooses_on_its_own_page(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    for accepts, button in (("no", "Accetta di nuovo proposte"), ("si", "Non accettare più proposte")):
        answer = await client.post(f"/comuni/{PASTURO}/delega", data={"accepts": accepts})
        page = Page((await client.get(answer.headers["location"])).text)
        assert button in {one.words for one in page.all("button")}


async def test_a_community_invites_its_members_to_share_a_need(client: AsyncClient, act_as: ActAs) -> None:
    number = (await needs.publish(VALLEY_OFFICER, NEED)).number
    act_as(VALLEY_OFFICER)
    page = Page((await client.get(f"/bisogni/{number}/insieme")).text)
    assert {PASTURO, BALLABIO} <= {one.attributes["value"] for one in page.all("option")}


async def test_it_is_in_english_too(client: AsyncClient, act_as: ActAs, waiting: ProposedNeedRecord) -> None:
    act_as(PASTURO_OFFICER)
    page = Page((await client.get(f"/en{address(waiting)}")).text)
    assert "Confirm and publish" in {one.words for one in page.all("button")}
    answer = await client.post(f"/en{address(waiting)}/conferma", data={"version": "1"})
    assert answer.headers["location"].startswith("/en/bisogni/proposti/")
