"""Nothing about a person and no secret of a link in any log, whatever goes wrong."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
import uvicorn
from httpx2 import AsyncClient
from starlette.applications import Starlette
from starlette.routing import Route

from account import path_mailed
from desk import Desk
from raccordo import accounts, outbox
from raccordo.models import OutboxEvent, Person
from raccordo.outbox import TRIES, Event
from raccordo.problems import BrokenTable
from raccordo_ui import discretion
from raccordo_ui.app import PAGES

EMAIL = "qzanna@comune.example"
NAME = "Qzanna Verdi"
PASSWORD = "qzuna frase lunga qui"  # noqa: S105  # of a test
MARK = "qz"  # in every value of the person, in no word of ours
OF_THE_TEST = ("httpx", "httpcore", "mail.log", "hpack")  # loggers of its own client and mail server


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[AsyncClient]:
    """The site under its real server, on the test's own loop, saying everything that it can say."""
    config = uvicorn.Config(app, port=0, lifespan="off", log_config=None, log_level="debug")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  # uvicorn has no event to wait for
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        async with AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as browser:
            yield browser
    finally:
        server.should_exit = True
        await task


def written(caplog: pytest.LogCaptureFixture) -> str:
    handler = logging.Formatter("%(name)s %(message)s")
    records = [one for one in caplog.records if not one.name.startswith(OF_THE_TEST)]
    return "\n".join(handler.format(one) for one in records)


async def broken(*_: object) -> None:
    raise ValueError(f"Key (email)=({EMAIL}) already exists.")


async def refused_by_the_mail_server(event: Event) -> None:
    raise ConnectionError(f"{EMAIL}: no such mailbox, {event.payload}")


async def everything_goes_wrong(browser: AsyncClient, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Returns the path of the mailed link."""
    form = {"name": NAME, "email": EMAIL, "password": PASSWORD, "language": "it"}
    assert (await browser.post("/registrati", data=form)).status_code == 200
    link = await path_mailed()
    assert (await browser.get(link)).status_code == 200
    assert (await browser.post(link, data={"password": PASSWORD})).status_code == 303
    assert (await browser.post("/accedi", data={"email": EMAIL, "password": "qzaltra"})).status_code == 422
    assert (await browser.post("/accedi", data={"email": EMAIL, "password": PASSWORD})).status_code == 303
    assert (await browser.get("/bisogni", params={"testo": f"{NAME} {EMAIL}"})).status_code == 200
    with monkeypatch.context() as patched:
        patched.setattr(accounts, "describe", broken)
        changed = {"name": NAME, "language": "it", "version": "1"}
        assert (await browser.post("/profilo", data=changed)).status_code == 500
    await accounts.forget(EMAIL, "::1")
    await OutboxEvent.filter(done_at=None).update(attempts=TRIES - 1)
    await outbox.deliver(refused_by_the_mail_server)
    with suppress(BrokenTable):
        await Desk(folder).bring("municipalities", f"istat_code,anci_member\n012001,{NAME}\n")
    forgotten = asyncio.create_task(broken())
    await asyncio.sleep(0)
    del forgotten
    gc.collect()
    return link


async def test_no_log_holds_anything_about_a_person(
    app: Starlette, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    async with served(app) as browser:
        link = await everything_goes_wrong(browser, tmp_path, monkeypatch)
    assert await Person.filter(email=EMAIL).exists()
    text = written(caplog)
    for said in ('"GET /conferma/… HTTP/1.1" 200', "ValueError", "given up: event", "never retrieved"):
        assert said in text  # the logs were listened to, and still say what went wrong and where
    assert "profile.py" in text
    assert [line for line in text.splitlines() if MARK in line.lower() or link.split("/")[-1] in line] == []
    assert "127.0.0.1" not in next(line for line in text.splitlines() if "HTTP/1.1" in line)


SECRET_ROUTES = sorted(
    {route.path for route in PAGES if isinstance(route, Route) and "{secret}" in route.path}
)


@pytest.mark.parametrize("path", SECRET_ROUTES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_address_of_a_mailed_link_is_logged_with_its_secret(path: str, prefix: str) -> None:
    secret = "aB-_" * 10 + "xyz"
    written = discretion.path_without_secrets(prefix + path.replace("{secret}", secret))
    assert written == prefix + path.replace("{secret}", "…")


def test_an_ordinary_address_is_logged_as_it_is() -> None:
    assert discretion.path_without_secrets("/bisogni/28?testo=ponte") == "/bisogni/28"


def test_keeping_discretion_twice_is_keeping_it_once() -> None:
    discretion.keep()
    before = len(logging.getLogger(discretion.ACCESS).filters)
    discretion.keep()
    assert len(logging.getLogger(discretion.ACCESS).filters) == before
