"""Serving the site: which addresses are allowed, and saying when it is ready."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_address

import uvicorn

from raccordo.language import Sentence
from raccordo.refusals import Refused, refused
from raccordo.settings import Settings

Say = Callable[[Sentence], None]
HIGHEST_PORT = 65535


def check_host(settings: Settings, host: str) -> None:
    """In a demonstration everybody may act as anybody: only this computer may reach it."""
    if settings.demo and not is_loopback(host):
        raise refused(
            "host",
            "not_loopback",
            Sentence(
                "La dimostrazione (RACCORDO_MODE=demo) risponde solo da questo computer: "
                "{host} non è 127.0.0.1. Per aprirla ad altri serve RACCORDO_MODE=production.",
                {"host": host},
            ),
        )


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def serve(settings: Settings, host: str, port: int, say: Say) -> int:
    """Serve until somebody stops it; raises Refused when the address is taken."""
    from raccordo_ui.app import create_app  # a refused address is said before anything slow is imported

    listener = _listener(host, port)
    config = uvicorn.Config(create_app(settings), log_level="warning", server_header=False)
    server = _Server(config, _ready(settings, host, listener.getsockname()[1]), say)
    with listener:
        server.run(sockets=[listener])
    return 0 if server.started else 1


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Sentence, say: Say) -> None:
        super().__init__(config)
        self.ready, self.say = ready, say

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.say(self.ready)


def _ready(settings: Settings, host: str, port: int) -> Sentence:
    shown = f"[{host}]" if ":" in host else host
    values = {"address": f"http://{shown}:{port}"}
    if settings.demo:
        return Sentence(
            "Raccordo è pronto: {address} (dimostrazione: ognuno può scegliere chi essere)", values
        )
    return Sentence("Raccordo è pronto: {address}", values)


def _listener(host: str, port: int) -> socket.socket:
    if not 0 <= port <= HIGHEST_PORT:
        raise refused("port", "no_port", Sentence("{port} non è una porta: va da 1 a 65535.", {"port": port}))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise Refused(
            "address_taken",
            Sentence(
                "Su {host} la porta {port} non si può usare ({reason}): sceglierne un'altra con --port.",
                {"host": host, "port": port, "reason": error.strerror or str(error)},
            ),
        ) from error
