"""Choosing who acts: in the demonstration only, with a cookie that nobody can write but us."""

from __future__ import annotations

import stat

import pytest
from httpx2 import ASGITransport, AsyncClient
from itsdangerous import URLSafeTimedSerializer

from cast import COORDINATOR, LABORATORY, NEED, PASTURO, PASTURO_OFFICER
from page import Page
from raccordo.catalogue import Catalogue
from raccordo.people import claims
from raccordo.settings import Mode, Settings
from raccordo_ui import session
from raccordo_ui.app import create_app
from ui.conftest import ActAs

OFFICER = {"role": "OFFICER", "body": PASTURO}
FORM = {"title": NEED.title, "description": NEED.description}


def production(settings: Settings) -> AsyncClient:
    """The same database and the same key, without the demonstration."""
    app = create_app(Settings(mode=Mode.PRODUCTION, data=settings.data))
    return AsyncClient(transport=ASGITransport(app=app), base_url="http://127.0.0.1:8000")


async def test_every_page_says_that_it_is_a_demonstration_and_who_acts(client: AsyncClient) -> None:
    for path in ("/", "/bisogni", "/bisogni/1", "/nulla"):
        page = Page((await client.get(path)).text)
        assert "Dimostrazione: chi agisce si sceglie; i bisogni sono esempi." in page.words
        assert page.links["Ora agisce: Visitatore"].startswith("/dimostrazione?poi=")


async def test_a_municipality_is_found_without_accents_and_chosen(client: AsyncClient) -> None:
    page = Page((await client.get("/dimostrazione", params={"comune": "temu"})).text)
    assert any(button.words == "Agisci per Temù" for button in page.all("button"))
    answer = await client.post("/dimostrazione", data={"role": "OFFICER", "body": "017184"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_whoever_chose_is_named_afterwards(client: AsyncClient) -> None:
    await client.post("/dimostrazione", data=OFFICER)
    assert "Ora agisce: Pasturo" in Page((await client.get("/")).text).links


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ({"role": "COORDINATOR"}, "Coordinamento"),
        ({"role": "VISITOR"}, "Visitatore"),
        ({"role": "OFFICER", "body": "PROVINCE:097"}, "Lecco"),
    ],
)
async def test_other_roles_can_be_chosen(client: AsyncClient, form: dict[str, str], name: str) -> None:
    await client.post("/dimostrazione", data=form)
    assert f"Ora agisce: {name}" in Page((await client.get("/")).text).links


async def test_a_laboratory_can_be_chosen(client: AsyncClient, current: Catalogue) -> None:
    await client.post("/dimostrazione", data={"role": "LABORATORY_MANAGER", "laboratory": "infralab"})
    name = current.laboratories["infralab"].name
    assert f"Ora agisce: {name}" in Page((await client.get("/")).text).links


@pytest.mark.parametrize(
    "form",
    [
        {"role": ""},
        {"role": "KING"},
        {"role": "OFFICER"},
        {"role": "OFFICER", "body": "999999"},
        {"role": "OFFICER", "body": f"EMPIRE:{PASTURO}"},
        {"role": "LABORATORY_MANAGER", "laboratory": "nothing"},
    ],
)
async def test_a_choice_that_makes_no_sense_is_refused(client: AsyncClient, form: dict[str, str]) -> None:
    answer = await client.post("/dimostrazione", data=form)
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/bisogni/nuovo", "/bisogni/nuovo"),
        ("//elsewhere.invalid", "/"),
        ("https://elsewhere.invalid", "/"),
        ("/\\elsewhere.invalid", "/"),
        ("/a\r\nSet-Cookie: x=y", "/"),
    ],
)
async def test_afterwards_one_stays_on_this_site(client: AsyncClient, wanted: str, goes: str) -> None:
    answer = await client.post("/dimostrazione", data=OFFICER | {"next": wanted})
    assert answer.headers["location"] == goes


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: AsyncClient) -> None:
    cookie = (await client.post("/dimostrazione", data=OFFICER)).headers["set-cookie"]
    assert cookie.startswith("raccordo_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


async def test_over_https_the_cookie_is_bound_to_this_host(client: AsyncClient) -> None:
    answer = await client.post("https://raccordo.invalid/dimostrazione", data=OFFICER)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-raccordo_session=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


async def test_a_cookie_signed_by_somebody_else_means_nothing(client: AsyncClient) -> None:
    forged = URLSafeTimedSerializer("guess", salt="raccordo-demo").dumps(claims(COORDINATOR))
    for value in (forged, "", "x.y.z", "é" * 10):
        client.cookies.clear()
        headers = [(b"cookie", f"raccordo_session={value}".encode())]
        page = Page((await client.get("/", headers=headers)).text)
        assert "Ora agisce: Visitatore" in page.links


async def test_the_key_is_readable_by_its_owner_only(client: AsyncClient, opened_database: Settings) -> None:
    await client.post("/dimostrazione", data=OFFICER)
    mode = (opened_database.data / "demo.key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


async def test_in_production_a_well_signed_cookie_means_nothing(opened_database: Settings) -> None:
    signed = session._signer(opened_database.data).dumps(claims(PASTURO_OFFICER))
    async with production(opened_database) as client:
        client.cookies.set(session.COOKIE, signed)
        page = Page((await client.get("/bisogni/nuovo")).text)
        answer = await client.post("/bisogni", data=FORM)
    assert "Dimostrazione" not in page.words
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/dimostrazione", "/en/dimostrazione"])
async def test_in_production_there_is_nothing_to_choose(opened_database: Settings, path: str) -> None:
    async with production(opened_database) as client:
        assert (await client.get(path)).status_code == 404
        answer = await client.post(path, data=OFFICER)
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("actor", [PASTURO_OFFICER, COORDINATOR, LABORATORY])
async def test_in_production_nobody_writes(
    opened_database: Settings, current: Catalogue, actor: object
) -> None:
    from raccordo import database
    from raccordo.people import Actor

    assert isinstance(actor, Actor)
    signed = session._signer(opened_database.data).dumps(claims(actor))
    version = str(current.needs[1].version)
    async with production(opened_database) as client:
        client.cookies.set(session.COOKIE, signed)
        for path in ("/bisogni", "/bisogni/1", "/bisogni/1/ritira", "/bisogni/1/ripubblica"):
            answer = await client.post(path, data=FORM | {"version": version})
            assert answer.status_code in (403, 404), path
    assert (await database.state()).version == current.version


async def test_in_production_no_key_is_made(opened_database: Settings) -> None:
    async with production(opened_database) as client:
        await client.get("/", headers={"Cookie": "raccordo_session=x"})
    assert not (opened_database.data / "demo.key").exists()


async def test_acting_as_an_officer_opens_what_is_his(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    answer = await client.post("/bisogni", data=FORM)
    page = Page((await client.get(answer.headers["location"])).text)
    assert "Modifica" in page.links


async def test_a_municipality_that_merged_away_is_acted_for_by_what_continues_it(client: AsyncClient) -> None:
    await client.post("/dimostrazione", data={"role": "OFFICER", "body": "018082"})
    assert "Montalto Pavese" in (await client.get("/")).text
