"""A real identity provider on this machine: a process of its own, on a free port, stopped at the end."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from raccordo.identity_settings import Label, Provider
from raccordo.openid.discovery import directory_of
from services.identity_provider import CLIENT, SECRET

PROGRAM = Path(__file__).with_name("identity_provider.py")
ANNA = {"sub": "anna-1", "name": "Anna Rossi", "email": "anna@anci.invalid", "email_verified": True}


class IdentityProvider:
    """The running process, and what the test tells it."""

    def __init__(self, issuer: str, name: str) -> None:
        self.issuer, self.name = issuer, name

    @property
    def provider(self) -> Provider:
        """How a site is told about it."""
        return Provider(
            slug="polimi",
            issuer=self.issuer,
            client_id=CLIENT,
            client_secret=SECRET,
            name=Label("il Politecnico", english="the Politecnico"),
        )

    def approve(self, person: dict[str, Any] = ANNA, *, mode: str = "", key: str = "") -> None:
        """From now on approve that person; `mode` is how to misbehave, `key` makes a new one of that kind."""
        self._control({"person": person, "mode": mode, "key": key})

    @property
    def asked(self) -> list[str]:
        """What was asked of it since it was last told something."""
        return list(self._control()["asked"])

    def _control(self, told: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if told is None else json.dumps(told).encode()
        with urlopen(Request(f"{self.issuer}/control", data), timeout=10) as answer:  # noqa: S310  # our own process
            said: dict[str, Any] = json.loads(answer.read())
        # Somebody else's server on that port would be told things that are none of its business.
        assert said["name"] == self.name
        return said


@pytest.fixture(scope="session")
def identity_process() -> Iterator[IdentityProvider]:
    name = f"test-{secrets.token_hex(8)}"
    process = subprocess.Popen([sys.executable, str(PROGRAM), name], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield IdentityProvider(process.stdout.readline().strip(), name)
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()


@pytest.fixture
def idp(identity_process: IdentityProvider) -> IdentityProvider:
    """A provider that behaves, and that the site has not asked anything yet."""
    directory_of.cache_clear()
    identity_process.approve()
    return identity_process
