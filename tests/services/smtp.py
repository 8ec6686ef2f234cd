"""A real mail server on this machine, started by the tests that want one, on a port of its own."""

from __future__ import annotations

import asyncio
import secrets
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What arrived, and how the server behaves: it may refuse recipients, or take its time."""

    arrived: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    pause: float = 0

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name, as are its arguments
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[Any],
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # the same
        await asyncio.sleep(self.pause)
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.arrived.append(message)
        return "250 OK"


class MailServer:
    """The server, which can be stopped and started again on the same port.

    `options` are aiosmtpd's: `ssl_context` encrypts from the first byte, `tls_context` offers STARTTLS.
    """

    def __init__(self, **options: Any) -> None:
        self.mailbox, self.options = Mailbox(), options
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.name = f"test-{secrets.token_hex(8)}"
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"{'smtps' if 'ssl_context' in self.options else 'smtp'}://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._controller = Controller(
            self.mailbox,
            hostname="127.0.0.1",
            port=self.port,
            ident=self.name,
            ready_timeout=10,
            **self.options,
        )
        self._controller.start()
        # Somebody else's server on that port would get mails that are none of its business.
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        with _encrypted(plain) if "ssl_context" in self.options else plain as asked:
            assert self.name.encode() in asked.recv(200)

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None


def _encrypted(plain: socket.socket) -> ssl.SSLSocket:
    """Only the greeting is wanted: whose certificate it is does not matter here."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(plain)


@pytest.fixture
def smtp() -> Iterator[MailServer]:
    """A running mail server."""
    server = MailServer()
    server.start()
    yield server
    server.stop()
