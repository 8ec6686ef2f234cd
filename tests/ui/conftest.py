"""Choosing, in tests of pages, who acts: the demonstration's own signed cookie."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from httpx2 import AsyncClient

from raccordo.people import Actor, claims
from raccordo.settings import Settings
from raccordo_ui import session

ActAs = Callable[[Actor], None]


@pytest.fixture
def act_as(client: AsyncClient, opened_database: Settings) -> ActAs:
    """From now on the client's requests come from that actor: `act_as(PASTURO_OFFICER)`."""

    def act(actor: Actor) -> None:
        signed = session._signer(opened_database.data).dumps(claims(actor))
        client.cookies.set(session.COOKIE, signed)

    return act
