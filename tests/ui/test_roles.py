"""One's own roles: which of them acts, what an ended one leaves, how one asks for another."""

from __future__ import annotations

import json

import pytest
from httpx2 import AsyncClient, Response

from cast import BALLABIO, LECCO, PASTURO, PASTURO_OFFICER
from page import Page
from people_of_tests import Account, member, told
from raccordo import membership_decisions
from raccordo.holders import Held, held_by
from raccordo.models import (
    AuditEntry,
    BodyKind,
    Membership,
    MembershipStatus,
    Role,
    Session,
)
from raccordo.people import SYSTEM
from raccordo_ui.session import COOKIE
from ui.conftest import ActAs

pytestmark = pytest.mark.usefixtures("opened_database")


def town(code: str) -> tuple[Role, Held]:
    return Role.OFFICER, Held(body=(BodyKind.MUNICIPALITY, code))


@pytest.fixture
async def anna(client: AsyncClient) -> Account:
    """Somebody with an account and no role, whose browser the client is."""
    account = await member("Anna")
    client.cookies.set(COOKIE, account.key)
    return account


@pytest.fixture
async def secretary(client: AsyncClient) -> Account:
    """The shared secretary of three towns."""
    account = await member("Sara", town(PASTURO), town(BALLABIO), town(LECCO))
    client.cookies.set(COOKIE, account.key)
    return account


async def ask(client: AsyncClient, holder: str, role: str = "OFFICER", **more: str) -> Response:
    return await client.post("/profilo/ruoli/chiedi", data={"role": role, "holder": holder, **more})


async def who(client: AsyncClient) -> dict[str, object]:
    query = "{ me { role membershipNumber body { name } memberships { totalCount } } }"
    answer = await client.post("/graphql", json={"query": query})
    found: dict[str, object] = answer.json()["data"]["me"]
    return found


async def test_a_secretary_of_three_towns_chooses_which_one_acts(
    client: AsyncClient, secretary: Account
) -> None:
    key = client.cookies[COOKIE]
    answer = await client.post("/profilo/ruoli", data={"membership": secretary.numbers[1]})
    assert answer.status_code == 303
    assert "per Ballabio" in Page((await client.get("/bisogni")).text).links
    assert await who(client) == {
        "role": "OFFICER",
        "membershipNumber": secretary.numbers[1],
        "body": {"name": "Ballabio"},
        "memberships": {"totalCount": 3},
    }
    assert client.cookies[COOKIE] == key


async def test_an_act_stays_under_the_person_and_names_the_membership(
    client: AsyncClient, secretary: Account
) -> None:
    await client.post("/profilo/ruoli", data={"membership": secretary.numbers[1]})
    form = {"title": "Un ponte", "description": "Il ponte è vecchio e nessuno lo controlla."}
    await client.post("/bisogni", data=form)
    entry = await AuditEntry.filter(verb="publish").order_by("-number").first()
    assert entry
    assert entry.person_id == secretary.person  # type: ignore[attr-defined]  # Tortoise adds it
    assert entry.acting_as == f"OFFICER MUNICIPALITY:{BALLABIO} membership:{secretary.numbers[1]}"


@pytest.mark.parametrize("choice", ["0", "", "-1", "999999", "9" * 400, "1; drop"])
async def test_only_ones_own_roles_can_act(client: AsyncClient, anna: Account, choice: str) -> None:
    other = await member("Altra", town(LECCO))
    for number in (choice, str(other.numbers[0])):
        answer = await client.post("/profilo/ruoli", data={"membership": number})
        assert answer.status_code == 422
        assert "Si agisce solo con un proprio ruolo attivo." in Page(answer.text).alerts
    assert (await who(client))["role"] == "VISITOR"


async def test_an_ended_role_falls_back_to_none_at_once_and_says_so(
    client: AsyncClient, secretary: Account
) -> None:
    await membership_decisions.end(SYSTEM, secretary.numbers[0])
    page = Page((await client.get("/profilo/ruoli")).text)
    assert "Il ruolo con cui si agiva è finito" in page.words
    assert "ruolo finito" in page.links
    assert (await who(client))["role"] == "VISITOR"
    answer = await client.post("/bisogni", data={"title": "Un ponte", "description": "Vecchio"})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/profilo/ruoli", "/profilo/ruoli/chiedi", "/profilo/ruoli/1/codice"])
async def test_strangers_are_sent_to_log_in_and_the_demonstration_is_told_why(
    client: AsyncClient, act_as: ActAs, path: str
) -> None:
    answer = await client.get(path)
    assert answer.headers["location"].startswith("/accedi?poi=")
    act_as(PASTURO_OFFICER)
    answer = await client.get(path)
    assert answer.status_code == 403
    assert "I ruoli sono di chi ha un’utenza" in Page(answer.text).words


async def test_without_a_mailbox_the_coordinators_are_told_and_decide(
    client: AsyncClient, anna: Account
) -> None:
    coordinator = await member("Carlo", (Role.COORDINATOR, Held()))
    answer = await ask(client, "Pasturo")
    assert answer.headers["location"] == "/profilo/ruoli?fatto=chiesto"
    assert "Pasturo" in Page((await client.get("/profilo/ruoli")).text).words
    assert await told(coordinator) == ["Una richiesta di ruolo per Pasturo aspetta una decisione."]
    row = await Membership.get(person_id=anna.person)
    assert row.status is MembershipStatus.REQUESTED


@pytest.mark.parametrize(
    ("role", "holder", "key"),
    [
        ("OFFICER", "Provincia di Lecco", "PROVINCE:097"),
        ("OFFICER", "valle-sabbia", "MOUNTAIN_COMMUNITY:valle-sabbia"),
        ("OFFICER", "E507", "MUNICIPALITY:097042"),
        ("PROFESSOR", "infralab", "LABORATORY:infralab"),
        ("LABORATORY_MANAGER", "LABORATORY:lia", "LABORATORY:lia"),
        ("DEPARTMENT_APPROVER", "dica", "DEPARTMENT:DICA"),
        ("SCHOOL_APPROVER", "AUIC", "SCHOOL:AUIC"),
    ],
)
async def test_every_kind_of_holder_is_found_by_name_code_or_key(
    client: AsyncClient, anna: Account, role: str, holder: str, key: str
) -> None:
    assert (await ask(client, holder, role)).status_code == 303
    row = await Membership.get(person_id=anna.person).select_related("body", "institution")
    assert held_by(row).key == key


async def test_homonyms_are_offered_as_choices_and_what_was_typed_stays(
    client: AsyncClient, anna: Account
) -> None:
    answer = await ask(client, "lecco")
    page = Page(answer.text)
    assert answer.status_code == 422
    assert [one.attributes["value"] for one in page.all("input", type="radio")] == [
        "MUNICIPALITY:097042",
        "PROVINCE:097",
    ]
    assert page.form()["holder"] == "lecco"
    assert (await ask(client, "lecco", key="PROVINCE:097")).status_code == 303


async def test_a_request_for_a_municipality_that_merged_leads_to_its_successor(
    client: AsyncClient, anna: Account
) -> None:
    for holder in ("Uggiate-Trevano", "013228", "MUNICIPALITY:013228"):
        await Membership.filter(person_id=anna.person).delete()
        assert (await ask(client, holder)).status_code == 303
        row = await Membership.get(person_id=anna.person).select_related("body")
        assert row.body
        assert row.body.code == "013256"


@pytest.mark.parametrize(
    ("role", "holder", "sentence"),
    [
        ("OFFICER", " ", "Manca per chi"),
        ("OFFICER", "Xyzzyx", "Nessun nome e nessun codice assomiglia a «Xyzzyx»"),
        ("OFFICER", "x" * 60_000, "Nessun nome e nessun codice assomiglia"),
        ("OFFICER", "MUNICIPALITY:999999", "Nessun nome e nessun codice assomiglia"),
        ("OFFICER", "<script>alert(1)</script>", "Nessun nome e nessun codice assomiglia"),
        ("OFFICER", "LABORATORY:lia", "Nessun nome"),
        ("INSTITUTION_OFFICER", "Arpa", "Nessun nome"),
        ("COORDINATOR", "ANCI", "Va scelto un ruolo fra quelli che si possono chiedere."),
        ("ADMINISTRATOR", "Pasturo", "Va scelto un ruolo fra quelli che si possono chiedere."),
        ("KING", "Pasturo", "Va scelto un ruolo fra quelli che si possono chiedere."),
        ("", "", "Va scelto un ruolo fra quelli che si possono chiedere."),
    ],
)
async def test_what_cannot_be_asked_for_is_said_and_nothing_is_written(
    client: AsyncClient, anna: Account, role: str, holder: str, sentence: str
) -> None:
    answer = await ask(client, holder, role)
    assert answer.status_code == 422
    assert sentence in Page(answer.text).alerts
    assert await Membership.filter(person_id=anna.person).count() == 0


async def test_a_request_that_waits_is_not_made_twice(client: AsyncClient, anna: Account) -> None:
    await ask(client, "Pasturo")
    again = await ask(client, "Pasturo")
    assert "Questa richiesta aspetta già una risposta." in Page(again.text).alerts
    await Membership.filter(person_id=anna.person).update(status=MembershipStatus.ACTIVE)
    assert "Questo ruolo c’è già." in Page((await ask(client, "Pasturo")).text).alerts


async def test_requests_of_one_person_are_bounded(client: AsyncClient, anna: Account) -> None:
    codes = [str(code) for code in range(97001, 97030)]
    answers = [await ask(client, f"0{code}") for code in codes]
    assert await Membership.filter(person_id=anna.person).count() == 12
    assert "troppe richieste" in Page(answers[-1].text).alerts


async def test_the_reason_of_a_refusal_stands_on_ones_own_page(client: AsyncClient, anna: Account) -> None:
    await ask(client, "Pasturo")
    row = await Membership.get(person_id=anna.person)
    await membership_decisions.refuse(SYSTEM, row.id, "Non lavora qui.")
    assert "Motivo: Non lavora qui." in Page((await client.get("/profilo/ruoli")).text).words
    assert await told(anna) == ["La richiesta per Pasturo non è accolta. Motivo: Non lavora qui."]


async def test_one_can_leave_a_role_oneself(client: AsyncClient, secretary: Account) -> None:
    answer = await client.post(f"/ruoli/{secretary.numbers[2]}/chiudi", data={"reason": ""})
    assert answer.headers["location"] == "/profilo/ruoli?fatto=finito"
    assert (await Membership.get(id=secretary.numbers[2])).status is MembershipStatus.ENDED


async def test_suggestions_come_alone_for_htmx(client: AsyncClient, anna: Account) -> None:
    headers = {"hx-request": "true", "hx-target": "div#choices"}
    answer = await client.get(
        "/profilo/ruoli/chiedi", params={"role": "OFFICER", "holder": "pastur"}, headers=headers
    )
    assert answer.text.strip().startswith('<div id="choices"')
    assert "Pasturo" in answer.text


@pytest.mark.parametrize("path", ["/profilo/ruoli", "/profilo/ruoli/chiedi"])
async def test_english_too(client: AsyncClient, anna: Account, path: str) -> None:
    assert Page((await client.get(f"/en{path}")).text).language == "en"


async def test_choosing_touches_no_other_browser(client: AsyncClient, secretary: Account) -> None:
    before = {row.digest for row in await Session.all()}
    await client.post("/profilo/ruoli", data={"membership": secretary.numbers[1]})
    assert {row.digest for row in await Session.all()} == before
    assert json.dumps(await who(client)).count("Ballabio") == 1
