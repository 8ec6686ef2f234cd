"""The authorization code flow with PKCE: where the browser is sent, and what the code is worth."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from raccordo.identity_settings import Provider
from raccordo.openid.discovery import Endpoints, directory_of
from raccordo.openid.fetching import Unusable, fetch
from raccordo.openid.tokens import claims_of

MOST_SUBJECT = 200  # characters that are kept
# Some proxies call a person by its fiscal number: that is not kept here, whatever it is called.
FISCAL_NUMBER = re.compile(r"(?i)(?<![a-z0-9])(TINIT-)?[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}"
                           r"[A-Z][0-9LMNP-V]{3}[A-Z](?![a-z0-9])")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """Who somebody is for a provider. `email` is there only when the provider calls it verified."""

    provider: Provider
    subject: str
    name: str
    email: str
    strong: bool


def derived(key: str, use: str) -> str:
    """A secret made from a browser's own: nothing but the key must be kept, and nobody else has it."""
    return hashlib.sha256(f"{use} {key}".encode()).hexdigest()


async def address_to_ask(provider: Provider, callback: str, state: str, key: str) -> str:
    """Where the browser goes to prove who it is."""
    endpoints = await directory_of(provider).endpoints()
    return str(
        prepare_grant_uri(
            endpoints.authorization,
            provider.client_id,
            "code",
            redirect_uri=callback,
            scope=provider.scopes,
            state=state,
            nonce=derived(key, "nonce"),
            code_challenge=create_s256_code_challenge(derived(key, "verifier")),
            code_challenge_method="S256",
            acr_values=" ".join(provider.acr) or None,
        )
    )


async def proven_by(provider: Provider, callback: str, code: str, key: str) -> Proven:
    """Change the code for tokens and read who it is; raises Unusable when anything is wrong."""
    directory = directory_of(provider)
    endpoints = await directory.endpoints()
    tokens = await _tokens(provider, endpoints, callback, code, derived(key, "verifier"))
    claims = await claims_of(provider, directory, tokens, derived(key, "nonce"))
    subject = claims["sub"]
    if len(subject) > MOST_SUBJECT or not subject.isprintable():
        raise Unusable("names people in a way that cannot be kept")
    if FISCAL_NUMBER.search(subject):
        raise Unusable("names people by their fiscal number")
    about = claims if "email" in claims else {**await _userinfo(endpoints, tokens, subject), **claims}
    return Proven(
        provider=provider,
        subject=subject,
        name=_name(about),
        email=_text(about, "email") if about.get("email_verified") is True else "",
        strong=_is_strong(provider, claims),
    )


async def _tokens(
    provider: Provider, endpoints: Endpoints, callback: str, code: str, verifier: str
) -> dict[str, Any]:
    body = prepare_token_request(
        "authorization_code", code=code, redirect_uri=callback, code_verifier=verifier
    )
    method = "client_secret_post" if endpoints.secret_in_body else "client_secret_basic"
    # RFC 6749, 2.3.1 wants both encoded before they are joined by a colon; Authlib leaves that to us.
    plain = (lambda value: value) if endpoints.secret_in_body else quote_plus
    auth = ClientAuth(plain(provider.client_id), plain(provider.client_secret), method)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    _, headers, body = auth.prepare("POST", endpoints.token, headers, body)
    return await fetch(endpoints.token, body.encode(), headers)


async def _userinfo(endpoints: Endpoints, tokens: Mapping[str, Any], subject: str) -> Mapping[str, Any]:
    """What the provider says apart from the token, if it says it in JSON and about the same subject."""
    access = tokens.get("access_token")
    if (
        not endpoints.userinfo
        or not isinstance(access, str)
        or not access.isascii()
        or not access.isprintable()
    ):
        return {}
    try:
        said = await fetch(endpoints.userinfo, headers={"Authorization": f"Bearer {access}"})
    except Unusable:
        return {}  # name and address are a convenience: who it is, the token has said
    return said if said.get("sub") == subject else {}


def _name(about: Mapping[str, Any]) -> str:
    parts = [_text(about, "given_name"), _text(about, "family_name")]
    return _text(about, "name") or " ".join(part for part in parts if part)


def _text(about: Mapping[str, Any], claim: str) -> str:
    value = about.get(claim)
    return value.strip() if isinstance(value, str) and value.isprintable() and len(value) <= 254 else ""


def _is_strong(provider: Provider, claims: Mapping[str, Any]) -> bool:
    amr = claims.get("amr")
    said = [claims.get("acr"), *(amr if isinstance(amr, list) else [])]
    return any(isinstance(one, str) and one in provider.strong for one in said)
