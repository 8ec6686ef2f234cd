"""An ID token is believed only when all of it is right: signature, issuer, audience, times, nonce, at_hash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError

from raccordo.identity_settings import Provider
from raccordo.openid.discovery import Directory
from raccordo.openid.fetching import Unusable

ALGORITHMS = ("RS256", "ES256")  # never "none", never one whose key both sides know
LEEWAY = 60  # seconds by which clocks may differ
OLDEST = 600  # seconds since it was issued: it was asked for a moment ago


async def claims_of(
    provider: Provider, directory: Directory, tokens: Mapping[str, Any], nonce: str
) -> Mapping[str, Any]:
    """The claims of the ID token that came with these tokens; raises Unusable when anything is wrong."""
    text, access = tokens.get("id_token"), tokens.get("access_token")
    if not isinstance(text, str) or not text.isascii():
        raise Unusable("gives no ID token")
    try:
        header = jws.extract_compact(text.encode()).headers()
        algorithm, kid = header.get("alg"), header.get("kid")
        if algorithm not in ALGORITHMS or not isinstance(kid, str | None):
            raise Unusable("signs in a way that is not accepted")
        key = await directory.key(algorithm, kid)
        token = jwt.decode(text, key, algorithms=[algorithm])
        _check(provider, token, nonce, access if isinstance(access, str) else "")
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unusable(
            f"gives an ID token that is not right: {type(error).__name__} {_claim(error)}"
        ) from None
    return token.claims


def _check(provider: Provider, token: jwt.Token, nonce: str, access: str) -> None:
    now = int(datetime.now(UTC).timestamp())
    wanted = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "sub": {"essential": True},
    }
    params = {"nonce": nonce, "client_id": provider.client_id, "access_token": access}
    claims = CodeIDToken(token.claims, token.header, wanted, params)
    claims.validate(now=now, leeway=LEEWAY)
    if claims["iat"] < now - OLDEST:
        raise ValueError("iat")


def _claim(error: Exception) -> str:
    """Which claim was wrong, without its value."""
    return str(getattr(error, "claim", ""))
