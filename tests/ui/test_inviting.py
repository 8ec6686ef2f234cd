"""Inviting to every role, and the other institutions whose officers are invited."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient, Response

from cast import BALLABIO, COORDINATOR, LABORATORY, PASTURO, PASTURO_OFFICER
from page import Page
from people_of_tests import mailed, member
from raccordo.holders import Held
from raccordo.models import BodyKind, Membership, Person, Role
from raccordo.people import Actor
from raccordo_ui.session import COOKIE
from ui.conftest import ActAs

pytestmark = pytest.mark.usefixtures("opened_database")
PASTURO_HELD = Held(body=(BodyKind.MUNICIPALITY, PASTURO))


async def invite(client: AsyncClient, **form: str) -> Response:
    return await client.post(
        "/ruoli/invita", data={"email": "nuova@example.invalid", "language": "it", **form}
    )


@pytest.mark.parametrize(
    ("role", "holder", "side"),
    [
        ("ADMINISTRATOR", "Pasturo", ""),
        ("PROFESSOR", "lia", ""),
        ("DEPARTMENT_APPROVER", "DICA", ""),
        ("SCHOOL_APPROVER", "AUIC", ""),
        ("INTEGRATOR", "", ""),
        ("INTEGRATOR", "PROVINCE:097", ""),
        ("COORDINATOR", "", "POLITECNICO"),
    ],
)
async def test_a_coordinator_invites_to_every_role(
    client: AsyncClient, act_as: ActAs, role: str, holder: str, side: str
) -> None:
    act_as(COORDINATOR)
    answer = await invite(client, role=role, holder=holder, side=side)
    assert answer.headers["location"] == "/ruoli?fatto=invitato"
    assert (await mailed())["template"] == "invitation"
    assert "invito non ancora accettato" in Page((await client.get("/ruoli")).text).words


async def test_an_institution_is_added_and_its_officer_invited(client: AsyncClient, act_as: ActAs) -> None:
    act_as(COORDINATOR)
    form = {"name": "Agenzia di Prova", "website": "https://www.prova.example"}
    assert (await client.post("/enti", data=form)).status_code == 303
    assert "Agenzia di Prova" in Page((await client.get("/enti")).text).words
    answer = await invite(client, role="INSTITUTION_OFFICER", holder="agenzia di prova")
    assert answer.status_code == 303
    anna = await Person.get(email="nuova@example.invalid")
    row = await Membership.get(person=anna).select_related("institution")
    assert row.institution
    assert row.institution.name == "Agenzia di Prova"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": ""}, "Manca il nome"),
        ({"name": "Ente " * 60}, "il massimo è 160"),
        ({"name": "日本"}, "lettere latine"),
        ({"name": "Ente", "website": "javascript:alert(1)"}, "Il sito si scrive per intero"),
        ({"name": "Ente", "website": 'https://a.it/"onload='}, ""),
    ],
)
async def test_what_is_wrong_with_an_institution_is_said(
    client: AsyncClient, act_as: ActAs, form: dict[str, str], sentence: str
) -> None:
    act_as(COORDINATOR)
    answer = await client.post("/enti", data=form)
    assert answer.status_code == (422 if sentence else 303)
    assert sentence in Page(answer.text).alerts


async def test_an_institution_is_not_added_twice(client: AsyncClient, act_as: ActAs) -> None:
    act_as(COORDINATOR)
    answers = [await client.post("/enti", data={"name": name}) for name in ("Arpa Prova", "ARPA  prova")]
    assert [answer.status_code for answer in answers] == [303, 422]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"email": "nessuno", "role": "OFFICER", "holder": "Pasturo"}, "non è un indirizzo di posta"),
        ({"role": "OFFICER", "holder": "Lecco"}, "non basta a capire quale"),
        ({"role": "VISITOR", "holder": "Pasturo"}, "non vanno insieme"),
        ({"role": "COORDINATOR"}, "non vanno insieme"),
        ({"role": "OFFICER", "holder": "Pasturo", "language": "de"}, "Le lingue sono"),
    ],
)
async def test_what_is_wrong_with_an_invitation_is_said_and_kept(
    client: AsyncClient, act_as: ActAs, form: dict[str, str], sentence: str
) -> None:
    act_as(COORDINATOR)
    answer = await invite(client, **form)
    assert answer.status_code == 422
    assert sentence in Page(answer.text).alerts
    assert Page(answer.text).form()["email"] == form.get("email", "nuova@example.invalid")
    assert await Person.filter(email="nuova@example.invalid").count() == 0


async def test_an_administrator_invites_for_its_own_body_only(client: AsyncClient) -> None:
    ada = await member("Ada", (Role.ADMINISTRATOR, PASTURO_HELD))
    client.cookies.set(COOKIE, ada.key)
    page = Page((await client.get("/ruoli")).text)
    assert page.form()["key"] == f"MUNICIPALITY:{PASTURO}"
    assert (await invite(client, role="OFFICER", key=page.form()["key"])).status_code == 303
    for form in (
        {"role": "OFFICER", "key": f"MUNICIPALITY:{BALLABIO}"},
        {"role": "COORDINATOR", "side": "POLITECNICO"},
    ):
        assert (await invite(client, **form)).status_code == 403


async def test_whether_somebody_has_an_account_is_not_told_by_an_invitation(client: AsyncClient) -> None:
    ada = await member("Ada", (Role.ADMINISTRATOR, PASTURO_HELD))
    await member("Bruno")
    client.cookies.set(COOKIE, ada.key)
    answers = [
        await invite(client, role="OFFICER", key=PASTURO_HELD.key, email=email)
        for email in ("bruno@example.invalid", "nuova@example.invalid")
    ]
    assert answers[0].headers["location"] == answers[1].headers["location"]


@pytest.mark.parametrize("stranger", [PASTURO_OFFICER, LABORATORY], ids=lambda one: one.label)
async def test_institutions_are_added_by_coordinators_only(
    client: AsyncClient, act_as: ActAs, stranger: Actor
) -> None:
    act_as(stranger)
    assert (await client.post("/enti", data={"name": "Ente"})).status_code == 403


async def test_everybody_reads_which_institutions_there_are(client: AsyncClient, act_as: ActAs) -> None:
    page = Page((await client.get("/en/enti")).text)
    assert page.headings == ["Other institutions"]
    assert page.all("input", name="website") == []
