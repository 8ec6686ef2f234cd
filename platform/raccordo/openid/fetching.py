"""Asking a provider something: where secrets may travel, in bounded time, for a bounded answer."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    getproxies,
)

from raccordo.identity_settings import is_safe

PATIENCE = 8.0  # seconds for one answer, whatever it is made of
MOST = 256 * 1024  # bytes of one answer
AT_ONCE = 4  # questions at the same time: each waits in a thread
_room = asyncio.Semaphore(AT_ONCE)


class Unusable(Exception):
    """The provider cannot be used for this login. The text is ours, for the log: never the provider's words."""


async def fetch(
    address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The JSON object at an address; with a body it is posted. Follows no redirect."""
    if not is_safe(address):
        raise Unusable("an address that is not https")
    request = Request(address, data=body, headers={"Accept": "application/json", **(headers or {})})  # noqa: S310  # `is_safe` leaves http and https
    try:
        async with asyncio.timeout(2 * PATIENCE), _room:
            text = await asyncio.to_thread(_read, request, time.monotonic() + PATIENCE)
        answer = json.loads(text)
    except HTTPError as error:
        error.close()
        raise Unusable(f"answers {error.code}") from None
    except (OSError, HTTPException, TimeoutError) as error:
        raise Unusable(f"does not answer: {type(error).__name__}") from None
    except (ValueError, RecursionError):
        raise Unusable("does not answer in JSON") from None
    if not isinstance(answer, dict):
        raise Unusable("does not answer with an object")
    return answer


def _read(request: Request, until: float) -> bytes:
    parts, size = [], 0
    with _opener().open(request, timeout=PATIENCE) as answer:
        while chunk := answer.read1(65536):
            parts.append(chunk)
            size += len(chunk)
            if size > MOST:
                raise Unusable(f"answers with more than {MOST} bytes")
            if time.monotonic() > until:
                raise Unusable("does not finish its answer")
    return b"".join(parts)


def _opener() -> OpenerDirector:
    """Speaks http and https, follows nothing; an institution's own proxy is used for https only."""
    opener = OpenerDirector()
    proxies = {scheme: address for scheme, address in getproxies().items() if scheme == "https"}
    for handler in (
        ProxyHandler(proxies),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener
