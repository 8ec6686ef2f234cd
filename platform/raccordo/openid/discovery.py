"""Where a provider does what, and its keys: asked when first needed, kept for an hour."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, RSAKey

from raccordo.identity_settings import Provider, is_safe
from raccordo.openid.fetching import Unusable, fetch

AGE = 3600.0  # seconds for which an answer is believed
AGAIN = 60.0  # seconds between two askings for a key that is not known
MOST_KEYS = 50
LEAST_BITS = 2048  # of an RSA key
WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """The addresses of a provider; `userinfo` is empty where it has none."""

    authorization: str
    token: str
    keys: str
    userinfo: str
    secret_in_body: bool


class Directory:
    """What is known of one provider, asked again when it is old."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._endpoints: tuple[float, Endpoints] | None = None
        self._keys: tuple[float, list[Key]] | None = None
        self._asked_again = float("-inf")
        self._turn = asyncio.Lock()

    async def endpoints(self) -> Endpoints:
        async with self._turn:
            if self._endpoints is None or _old(self._endpoints[0]):
                found = _endpoints(self.provider, await fetch(self.provider.issuer.rstrip("/") + WELL_KNOWN))
                self._endpoints = (time.monotonic(), found)
            return self._endpoints[1]

    async def key(self, algorithm: str, kid: str | None) -> Key:
        """The key that signed; when it is not known, the keys are asked for once more, but not all the time."""
        endpoints = await self.endpoints()
        async with self._turn:
            if self._keys is None or _old(self._keys[0]):
                await self._ask_keys(endpoints)
            found = self._pick(algorithm, kid)
            if found is None and time.monotonic() - self._asked_again > AGAIN:
                self._asked_again = time.monotonic()
                await self._ask_keys(endpoints)
                found = self._pick(algorithm, kid)
        if found is None:
            raise Unusable("signs with a key that it does not publish")
        return found

    async def _ask_keys(self, endpoints: Endpoints) -> None:
        self._keys = (time.monotonic(), _keys(await fetch(endpoints.keys)))

    def _pick(self, algorithm: str, kid: str | None) -> Key | None:
        fitting = [key for key in (self._keys or (0, []))[1] if _fits(key, algorithm)]
        if kid is None:
            return fitting[0] if len(fitting) == 1 else None
        return next((key for key in fitting if key.kid == kid), None)


@cache
def directory_of(provider: Provider) -> Directory:
    return Directory(provider)


def _old(since: float) -> bool:
    return time.monotonic() - since > AGE


def _endpoints(provider: Provider, said: dict[str, Any]) -> Endpoints:
    if said.get("issuer") != provider.issuer:
        raise Unusable("calls itself by another name than the configured issuer")
    methods = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Endpoints(
        authorization=_address(said, "authorization_endpoint"),
        token=_address(said, "token_endpoint"),
        keys=_address(said, "jwks_uri"),
        userinfo=_address(said, "userinfo_endpoint") if "userinfo_endpoint" in said else "",
        secret_in_body="client_secret_basic" not in methods and "client_secret_post" in methods,
    )


def _address(said: dict[str, Any], name: str) -> str:
    address = said.get(name)
    if not isinstance(address, str) or not is_safe(address):
        raise Unusable(f"names no https address as {name}")
    return address


def _keys(said: dict[str, Any]) -> list[Key]:
    found, published = list[Key](), said.get("keys")
    for data in published[:MOST_KEYS] if isinstance(published, Sequence) else ():
        try:
            found.append(JWKRegistry.import_key(data))
        except (JoseError, ValueError, TypeError, KeyError):
            continue  # of a kind that is not known here, as RFC 7517 wants it
    return found


def _fits(key: Key, algorithm: str) -> bool:
    """Whether the key can have signed with this algorithm: a signing key of the right kind and size."""
    if key.get("use", "sig") != "sig" or key.get("alg", algorithm) != algorithm:
        return False
    if algorithm == "RS256":
        return isinstance(key, RSAKey) and key.raw_value.key_size >= LEAST_BITS
    return isinstance(key, ECKey) and key.curve_name == "P-256"
