"""How many mails leave in a second, through the outbox and to a real server in this process.

    python benchmarks/mail.py

Beside it, in the same run, the same mails handed to the same server without an outbox: the limit of the protocol.
"""

import asyncio
import socket
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import aiosmtplib
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from raccordo import database, migrating, outbox
from raccordo.database import Writing, write
from raccordo.settings import Settings
from raccordo_ui.delivery import Postman

MAILS = 200
VALUES = {
    "items": [{"sentence": "Pasturo chiede a un laboratorio.", "path": "/bisogni/1", "answer": ""}],
    "more": 0,
    "last_today": 0,
    "preferences": "x",
}


class Sink:
    """Takes everything and keeps nothing."""

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        return "250 OK"


async def fill(_: Writing) -> None:
    """Put all mails into the outbox."""
    for number in range(MAILS):
        payload = {"to": f"p{number}@example.it", "template": "news", "language": "it", "values": VALUES}
        await outbox.put(_, "mail", payload)


async def plain(port: int) -> float:
    """Return the seconds that the same number of mails takes over one connection, without an outbox."""
    start = perf_counter()
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port) as client:
        for number in range(MAILS):
            await client.sendmail(
                "a@example.it", [f"p{number}@example.it"], "Subject: x\r\n\r\n" + ("x" * 70 + "\r\n") * 28
            )
    return perf_counter() - start


async def measured(settings: Settings, port: int) -> None:
    """Print the table."""
    async with database.opened(settings):
        await migrating.migrate(settings, lambda _: None)
        await write(fill)
        start = perf_counter()
        count = await Postman(settings).drain()
        spent = perf_counter() - start
    alone = await plain(port)
    print(f"  {count} of {MAILS} mails through the outbox: {count / spent:8.0f} a second")
    print(f"  the same to the server alone:       {MAILS / alone:8.0f} a second")
    print(f"  outbox / alone: {spent / alone:.1f} times as long")


def main() -> None:
    """Start a server on a free port of this machine and measure."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Sink(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(data=Path(folder), smtp_url=f"smtp://127.0.0.1:{port}")
            named = replace(
                settings, mail_from="Raccordo <raccordo@example.it>", address="https://example.it"
            )
            asyncio.run(measured(named, port))
    finally:
        server.stop()


if __name__ == "__main__":
    main()
