"""The postman: takes what is due from the outbox, hands it to the mail server, and stops when asked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import aiosmtplib

from raccordo import associations, digests, follow_news, offer_news, outbox, proposed_needs
from raccordo.mail_settings import MailServer, server_of
from raccordo.mail_waiting import Addressee, addressee
from raccordo.outbox import Event, GivenUp
from raccordo.purging import Daily
from raccordo.settings import Settings
from raccordo_ui import mail

LOG = logging.getLogger("raccordo.delivery")
EVERY = 5.0  # seconds between two looks at an empty outbox
PATIENCE = 15.0  # seconds for one mail
AT_ONCE = 5  # mails taken together: their patience stays within the lease, so nobody else sends them too
GRACE = 3.0  # seconds that a mail being handed over gets when the site stops
# Who tells the followers of what changed, by the kind of the outbox's event.
NEWS = {follow_news.EVENT: follow_news.deliver, offer_news.EVENT: offer_news.deliver}
FINAL = 500  # from here on an SMTP answer is a no; below it is a not yet


class Postman:
    """Delivers over one connection, opened when the first mail is due and closed when nothing is left."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.server: MailServer | None = server_of(settings.smtp_url) if settings.smtp_url else None
        self._client: aiosmtplib.SMTP | None = None
        self._unreachable = False  # found out in this round: the others need not wait for it again

    async def drain(self, stopping: asyncio.Event | None = None) -> int:
        """End what waited too long, tell who follows what changed, gather what is to be mailed, deliver it.

        Returns how many mails left. Without a mail server mails are written down and wait.
        """
        await proposed_needs.expire(datetime.now(UTC))
        await associations.tell_newcomers()
        for kind, tell in NEWS.items():
            while (await outbox.deliver(tell, AT_ONCE, kind)).taken:
                if stopping and stopping.is_set():
                    return 0
        await digests.gather(datetime.now(UTC))
        count, self._unreachable = 0, False
        try:
            while self.server is not None and not self._unreachable:
                finished = await outbox.deliver(self.send, AT_ONCE)
                count += finished.done
                if not finished.taken or (stopping and stopping.is_set()):
                    break
        finally:
            await self._hang_up()
        return count

    async def send(self, event: Event) -> None:
        """Deliver one event; raises GivenUp when trying again would change nothing."""
        if event.kind in NEWS:  # written while mails were leaving
            await NEWS[event.kind](event)
            return
        if event.kind != "mail":
            raise GivenUp("nobody delivers events of this kind")
        to = await addressee(event)
        if to is None:  # erased or blocked meanwhile: nobody is there to be written to
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self._hand_over(event, to)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            if all(one.code >= FINAL for one in refused.recipients):
                raise GivenUp(f"recipient refused: {refused.recipients[0].code}") from None
            raise
        except aiosmtplib.SMTPResponseException as answer:
            if isinstance(answer, aiosmtplib.SMTPAuthenticationError) or answer.code < FINAL:
                await self._hang_up()
                raise
            raise GivenUp(f"mail refused: {answer.code}") from None
        except (TimeoutError, OSError, aiosmtplib.SMTPException):
            await self._hang_up()  # whatever is half said on this connection stays there
            raise

    async def _hand_over(self, event: Event, to: Addressee) -> None:
        letter = mail.write(self.settings, to.template, to.language, to.values)
        message = mail.message(
            self.settings,
            letter,
            mail.recipient(to.name, to.email),
            number=event.id,
            written_at=to.written_at,
            unsubscribe=to.unsubscribe,
        )
        client = await self._connected()
        await client.send_message(message)

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client is not None and self._client.is_connected:
            return self._client
        assert self.server is not None  # noqa: S101  # `drain` sends nothing without one
        if self._unreachable:
            raise ConnectionError("the mail server did not answer a moment ago")
        self._client = aiosmtplib.SMTP(
            hostname=self.server.host,
            port=self.server.port,
            username=self.server.user,
            password=self.server.password,
            use_tls=self.server.encrypted,
            start_tls=None if not self.server.must_encrypt else True,
            timeout=PATIENCE,
        )
        self._unreachable = True
        await self._client.connect()
        self._unreachable = False
        return self._client

    async def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                async with asyncio.timeout(1):
                    await client.quit()
            client.close()


@asynccontextmanager
async def delivering(settings: Settings) -> AsyncIterator[None]:
    """Deliver in the background until the block ends; what is being sent then is sent again later."""
    stopping = asyncio.Event()
    task = asyncio.create_task(_until(stopping, Postman(settings)))
    try:
        yield
    finally:
        stopping.set()
        await asyncio.wait([task], timeout=GRACE)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _until(stopping: asyncio.Event, postman: Postman) -> None:
    daily = Daily()
    while not stopping.is_set():
        try:
            await daily.when_due()
            await postman.drain(stopping)
        except Exception as error:  # a round that failed must not end the worker
            LOG.error("a round of delivery failed: %s", type(error).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), EVERY)
