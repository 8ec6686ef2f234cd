"""Going to an identity provider and back in tests, as a browser does it."""

from __future__ import annotations

from dataclasses import replace

from httpx2 import AsyncClient, Response
from starlette.applications import Starlette

from account import PASSWORD, invited
from raccordo.identity_settings import Provider
from raccordo.settings import Settings
from raccordo_ui.app import create_app


def site_with(settings: Settings, provider: Provider) -> Starlette:
    """The site, to which that provider is the only one."""
    return create_app(replace(settings, identity_providers=(provider,)))


def trust(app: Starlette) -> None:
    """From now on the provider is trusted for addresses and asks for a second factor itself."""
    [provider] = app.state.settings.identity_providers
    trusted = replace(provider, trusts_email=True, strong=("mfa", "level-2"))
    app.state.settings = replace(app.state.settings, identity_providers=(trusted,))


async def leave(client: AsyncClient, start: str = "/accedi/polimi", **form: str) -> str:
    """Press the button; the address that the page leads to."""
    page = await client.post(start, data={"next": ""} | form)
    assert page.status_code == 200, page.text
    return page.headers["refresh"].removeprefix("0; url=")


async def approved(address: str) -> str:
    """Where the provider sends the browser back to."""
    async with AsyncClient() as elsewhere:
        answer = await elsewhere.get(address)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


async def journey(client: AsyncClient, start: str = "/accedi/polimi", **form: str) -> Response:
    """The whole way, up to the answer to the browser that comes back."""
    return await client.get(await approved(await leave(client, start, **form)))


async def tied(client: AsyncClient) -> None:
    """An account with a password, to which the identity was tied; nobody is logged in."""
    await invited(client)
    await journey(client, "/profilo/identita/aggiungi", provider="polimi", old=PASSWORD)
    await client.post("/esci")
