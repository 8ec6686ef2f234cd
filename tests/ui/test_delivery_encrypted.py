"""Mail over TLS, against a real server: handed over to whoever proves its name, and to nobody else."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from aiosmtpd.smtp import AuthResult, LoginPassword

from raccordo import outbox
from raccordo.database import Writing, write
from raccordo.models import OutboxEvent
from raccordo.settings import Settings
from raccordo_ui.delivery import Postman
from readers import ANNA
from services.smtp import MailServer

Serve = Callable[..., MailServer]
VALUES = {"name": "Anna", "path": "/profilo"}


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """The only authority that this machine trusts while the test runs."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return authority


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Mail servers that stop with the test."""
    with ExitStack() as running:

        def serve(**options: object) -> MailServer:
            server = MailServer(**options)
            server.start()
            running.callback(server.stop)
            return server

        yield serve


def proving(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    """The side of a server that proves to be `name`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


async def sent(settings: Settings, url: str, *, must_encrypt: bool = False) -> int:
    """How many of one waiting mail were handed over to the server at that address."""

    async def work(writing: Writing) -> None:
        payload = {"to": ANNA, "template": "password_changed", "language": "it", "values": VALUES}
        await outbox.put(writing, "mail", payload)

    await write(work)
    postman = Postman(
        replace(
            settings, smtp_url=url, mail_from="Raccordo <raccordo@example.it>", address="https://r.example.it"
        )
    )
    assert postman.server
    if must_encrypt:
        postman.server = replace(postman.server, must_encrypt=True)
    return await postman.drain()


@pytest.mark.parametrize("how", ["ssl_context", "tls_context"])
async def test_a_server_that_proves_its_name_gets_the_mail(
    opened_database: Settings, authority: trustme.CA, serve: Serve, how: str
) -> None:
    server = serve(**{how: proving(authority)})
    assert await sent(opened_database, server.url) == 1
    assert [mail["To"] for mail in server.mailbox.arrived] == [ANNA]


@pytest.mark.parametrize("how", ["ssl_context", "tls_context"])
@pytest.mark.parametrize("name", ["127.0.0.2", "posta.example.it"])
async def test_a_server_with_the_name_of_another_gets_nothing(
    opened_database: Settings, authority: trustme.CA, serve: Serve, how: str, name: str
) -> None:
    server = serve(**{how: proving(authority, name)})
    assert await sent(opened_database, server.url) == 0
    assert server.mailbox.arrived == []


async def test_a_certificate_of_nobody_known_gets_nothing_and_the_mail_waits(
    opened_database: Settings, authority: trustme.CA, serve: Serve
) -> None:
    server = serve(ssl_context=proving(trustme.CA()))
    assert await sent(opened_database, server.url) == 0
    [event] = await OutboxEvent.filter(kind="mail", done_at=None)
    assert (event.attempts, "SSL" in event.problem or "Connect" in event.problem) == (1, True)


async def test_a_password_never_travels_to_a_server_that_offers_no_encryption(
    opened_database: Settings, authority: trustme.CA, serve: Serve
) -> None:
    heard: list[LoginPassword] = []
    server = serve(auth_require_tls=False, authenticator=listening(heard))
    url = server.url.replace("://", "://anna:segreto@")
    assert await sent(opened_database, url, must_encrypt=True) == 0
    assert (heard, server.mailbox.arrived) == ([], [])


async def test_a_password_travels_once_the_line_is_encrypted(
    opened_database: Settings, authority: trustme.CA, serve: Serve
) -> None:
    heard: list[LoginPassword] = []
    server = serve(tls_context=proving(authority), authenticator=listening(heard))
    url = server.url.replace("://", "://anna:segreto@")
    assert await sent(opened_database, url, must_encrypt=True) == 1
    assert {(one.login, one.password) for one in heard} == {(b"anna", b"segreto")}


def listening(heard: list[LoginPassword]) -> Callable[..., AuthResult]:
    """An authenticator that lets everybody in and remembers what it was told."""

    def authenticate(
        _server: object, _session: object, _envelope: object, _how: str, said: object
    ) -> AuthResult:
        assert isinstance(said, LoginPassword)
        heard.append(said)
        return AuthResult(success=True)

    return authenticate
