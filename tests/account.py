"""An account of the tests: how it is invited, how it logs in, what was mailed to it."""

from __future__ import annotations

import json

from httpx2 import AsyncClient, Response

from page import Page
from raccordo import invitations
from raccordo.models import BodyKind, CoordinatingBody, OutboxEvent, Role
from raccordo.people import SYSTEM

EMAIL = "anna@anci.invalid"
PASSWORD = "quattro parole a caso"  # noqa: S105  # of a test
WRONG = "altre parole a caso qui"


async def invited(client: AsyncClient) -> Response:
    secret = await invitations.invite(
        SYSTEM,
        invitations.Invitation(
            email=" Anna@ANCI.invalid",
            role=Role.COORDINATOR,
            coordinates_for=CoordinatingBody.ANCI_LOMBARDIA,
        ),
    )
    assert Page((await client.get(f"/invito/{secret}")).text).headings == ["Invito a Raccordo"]
    form = {"name": "Anna", "language": "it", "password": PASSWORD}
    return await client.post(f"/invito/{secret}", data=form)


async def enter(client: AsyncClient, password: str = PASSWORD, email: str = EMAIL, **more: str) -> Response:
    return await client.post("/accedi", data={"email": email, "password": password, **more})


async def path_mailed() -> str:
    row = await OutboxEvent.all().order_by("-id").first()
    assert row
    return str(json.loads(row.payload)["values"]["path"])


async def officer_logged_in(client: AsyncClient, istat_code: str) -> None:
    """A real account of an officer of that municipality, in the client's cookie."""
    body = (BodyKind.MUNICIPALITY, istat_code)
    wanted = invitations.Invitation(email=EMAIL, role=Role.OFFICER, body=body)
    secret = await invitations.invite(SYSTEM, wanted)
    await client.post(f"/invito/{secret}", data={"name": "Anna", "language": "it", "password": PASSWORD})
