"""A small OpenID provider, run as a program of its own: it approves whom it is told to, and can misbehave."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
import socket
import sys
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "raccordo", "un segreto: con 100% di punteggiatura"
Key = RSAKey | ECKey


class State:
    """What the test decides: whom to approve, how to misbehave; and what was asked."""

    def __init__(self, name: str, issuer: str) -> None:
        self.name, self.issuer = name, issuer
        self.mode = ""
        self.person: dict[str, Any] = {}
        self.keys: list[Key] = [new_key("RSA")]
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def tell(self, told: dict[str, Any]) -> None:
        self.mode, self.person, self.asked = told["mode"], told["person"], []
        if told.get("key"):
            self.keys = [new_key(told["key"])]


def new_key(kind: str) -> Key:
    parameters: Any = {"use": "sig", "kid": secrets.token_hex(8)}
    if kind == "RSA":
        return RSAKey.generate_key(2048, parameters)
    return ECKey.generate_key("P-256", parameters)


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def half_hash(text: str) -> str:
    return b64(hashlib.sha256(text.encode()).digest()[:16])


async def control(request: Request) -> Response:
    state: State = request.app.state.of_tests
    if request.method == "POST":
        state.tell(await request.json())
    return JSONResponse({"name": state.name, "asked": state.asked})


async def discovery(request: Request) -> Response:
    state: State = request.app.state.of_tests
    state.asked.append("discovery")
    if state.mode == "redirected":
        return RedirectResponse("/elsewhere")
    issuer, there = state.issuer, "http://idp.invalid" if state.mode == "insecure" else state.issuer
    return JSONResponse(
        {
            "issuer": issuer + "/" if state.mode == "another issuer" else issuer,
            "authorization_endpoint": f"{issuer}/authorize?tenant=1",
            "token_endpoint": f"{there}/token",
            "jwks_uri": f"{issuer}/jwks",
            "userinfo_endpoint": f"{issuer}/userinfo",
        }
    )


async def jwks(request: Request) -> Response:
    state: State = request.app.state.of_tests
    state.asked.append("jwks")
    strange: list[Any] = [{"kty": "AKP", "kid": "of the future"}, {"kty": "RSA"}, 7]
    return JSONResponse({"keys": strange + [key.as_dict(private=False) for key in state.keys]})


async def authorize(request: Request) -> Response:
    """Approve at once, or send the browser back with an error in the provider's own words."""
    state: State = request.app.state.of_tests
    asked = dict(request.query_params)
    assert asked["client_id"] == CLIENT
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert {"openid"} <= set(asked["scope"].split())
    if state.mode.startswith("error:"):
        said = {"error": state.mode.removeprefix("error:"), "error_description": "<b>Chiamare 02-666</b>"}
    else:
        said = {"code": secrets.token_urlsafe(16)}
        state.codes[said["code"]] = asked
    there = {"another sender": {"iss": "https://evil.invalid"}}.get(state.mode, {"iss": state.issuer})
    return RedirectResponse(
        f"{asked['redirect_uri']}?{urlencode({**said, **there, 'state': asked['state']})}", status_code=302
    )


async def token(request: Request) -> Response:
    state: State = request.app.state.of_tests
    form = {name: str(value) for name, value in (await request.form()).items()}
    problem = _wrong(state, request, form)
    if problem:
        return JSONResponse({"error": problem, "error_description": "<script>"}, 400)
    asked = state.codes.pop(form["code"])
    if state.mode == "slow":
        await asyncio.sleep(30)
    if state.mode in STRANGE:
        return STRANGE[state.mode]()
    access = secrets.token_urlsafe(16)
    signed = id_token(state, asked, access)
    answer = {"access_token": access, "token_type": "Bearer", "id_token": signed}
    if state.mode == "huge":
        answer["padding"] = "a" * 2_000_000
    return JSONResponse(answer)


def _wrong(state: State, request: Request, form: dict[str, str]) -> str:
    """The client, its secret, the code, where it was sent to and PKCE: as a careful provider checks them."""
    scheme, _, pair = request.headers.get("authorization", "").partition(" ")
    user, _, password = b64decode(pair).decode().partition(":")
    if (scheme, unquote_plus(user), unquote_plus(password)) != ("Basic", CLIENT, SECRET):
        return "invalid_client"
    asked = state.codes.get(form.get("code", ""))
    if form.get("grant_type") != "authorization_code" or not asked:
        return "invalid_grant"
    challenge = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
    right = (asked["redirect_uri"], asked["code_challenge"]) == (form.get("redirect_uri"), challenge)
    return "" if right and state.mode != "error answer" else "invalid_grant"


STRANGE: dict[str, Callable[[], Response]] = {
    "deep": lambda: Response(b'{"a":' * 40_000),
    "not JSON": lambda: Response(b"<html>"),
    "a list": lambda: JSONResponse([]),
    "no ID token": lambda: JSONResponse({"access_token": "x"}),
    "a number": lambda: JSONResponse({"id_token": 7}),
}


def id_token(state: State, asked: dict[str, str], access: str) -> str:
    """The ID token, right or wrong as the mode wants it."""
    now, key = int(time.time()), state.keys[0]
    claims: dict[str, Any] = {
        "iss": state.issuer,
        "aud": CLIENT,
        "iat": now,
        "exp": now + 300,
        "nonce": asked["nonce"],
        "at_hash": half_hash(access),
    }
    if not state.mode.startswith("userinfo"):
        claims |= state.person
    claims |= {"sub": state.person["sub"]}
    wrong: dict[str, dict[str, Any]] = {
        "wrong nonce": {"nonce": "x"},
        "no nonce": {"nonce": None},
        "wrong issuer": {"iss": "https://evil.invalid"},
        "wrong audience": {"aud": "somebody"},
        "another party": {"aud": [CLIENT, "somebody"], "azp": "somebody"},
        "no party": {"aud": [CLIENT, "somebody"]},
        "expired": {"exp": now - 120, "iat": now - 400},
        "never expires": {"exp": None},
        "old": {"iat": now - 7200},
        "from the future": {"iat": now + 600},
        "wrong at_hash": {"at_hash": half_hash("another")},
        "no subject": {"sub": ""},
        "a number as subject": {"sub": 7},
        "a long subject": {"sub": "s" * 201},
        "fiscal number": {"sub": "TINIT-RSSMRA80A01F205X"},
    }
    claims |= wrong.get(state.mode, {})
    return sign({name: value for name, value in claims.items() if value is not None}, state.mode, key)


def sign(claims: dict[str, Any], mode: str, key: Key) -> str:
    header = {"alg": "RS256" if isinstance(key, RSAKey) else "ES256", "kid": str(key.kid)}
    if mode == "no algorithm":
        parts = {"alg": "none", "kid": header["kid"]}, claims
        return ".".join(b64(json.dumps(part).encode()) for part in parts) + "."
    if mode == "public key as secret":
        secret = OctKey.import_key(key.as_pem(private=False))
        return jwt.encode({**header, "alg": "HS256"}, claims, secret, algorithms=["HS256"])
    if mode == "unknown key":
        return jwt.encode({**header, "kid": "nobody"}, claims, new_key("RSA"))
    if mode == "another key":
        return jwt.encode({**header, "alg": "RS256"}, claims, new_key("RSA"))
    if mode == "no key named":
        del header["kid"]
    signed = jwt.encode(header, claims, key)
    return signed[:-8] + "AAAAAAAA" if mode == "wrong signature" else signed


async def userinfo(request: Request) -> Response:
    state: State = request.app.state.of_tests
    state.asked.append("userinfo")
    assert request.headers["authorization"].startswith("Bearer ")
    return JSONResponse(state.person | ({"sub": "mallory"} if state.mode == "userinfo of another" else {}))


def main(name: str) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    issuer = f"http://127.0.0.1:{listening.getsockname()[1]}"
    app = Starlette(
        routes=[
            Route("/.well-known/openid-configuration", discovery),
            Route("/jwks", jwks),
            Route("/authorize", authorize),
            Route("/token", token, methods=["POST"]),
            Route("/userinfo", userinfo),
            Route("/control", control, methods=["GET", "POST"]),
        ]
    )
    app.state.of_tests = State(name, issuer)
    print(issuer, flush=True)  # noqa: T201  # whoever starts the program reads where it is
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    asyncio.run(server.serve(sockets=[listening]))


if __name__ == "__main__":
    main(sys.argv[1])
