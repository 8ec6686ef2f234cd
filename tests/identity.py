"""Going to an identity provider and back in tests, as a browser does it."""

from __future__ import annotations

from httpx2 import AsyncClient, Response


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
