"""Logging a reader of the browser's tests in: an account with its roles and a live session, in the site's own data."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

from raccordo import database, holders, sessions
from raccordo.database import Writing
from raccordo.holders import Held
from raccordo.models import Membership, MembershipStatus, Person, Role
from raccordo.settings import Mode, Settings
from raccordo_ui.session import COOKIE

Roles = Sequence[tuple[Role, Held]]


class LogIn:
    """`log_in(page, (Role.OFFICER, Held(body=...)))`: the first role acts. `asked` are requests that wait."""

    def __init__(self, site: str, folder: Path) -> None:
        self.site, self.folder = site, folder

    def __call__(
        self,
        reader: Page | BrowserContext,
        *roles: tuple[Role, Held],
        asked: Roles = (),
        second_factor: bool = False,
    ) -> None:
        work = self._made(roles, asked, second_factor)
        with ThreadPoolExecutor(1) as apart:  # Playwright has the event loop of this thread
            key = apart.submit(asyncio.run, work).result()
        context = reader.context if isinstance(reader, Page) else reader
        host = urlsplit(self.site).hostname or ""
        context.add_cookies([{"name": COOKIE, "value": key, "domain": host, "path": "/"}])

    async def _made(self, roles: Roles, asked: Roles, second_factor: bool) -> str:
        async def work(writing: Writing) -> str:
            person = await Person.create(
                name="Persona di prova",
                email=f"prova-{secrets.token_hex(4)}@example.invalid",
                created_at=datetime.now(UTC),
            )
            for status, wanted in ((MembershipStatus.ACTIVE, roles), (MembershipStatus.REQUESTED, asked)):
                for role, held in wanted:
                    columns = await holders.columns(role, held)
                    await Membership.create(
                        person=person, role=role, status=status, requested_at=datetime.now(UTC), **columns
                    )
            return await sessions.start(writing, person, second_factor=second_factor)

        async with database.opened(Settings(mode=Mode.DEMO, data=self.folder)):
            return await database.write(work)
