"""Who acts in a request: the person of a session, in the demonstration whoever was chosen, else a visitor."""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from raccordo import catalogue, holders, sessions
from raccordo.language import Sentence
from raccordo.models import MembershipStatus, Role, Session
from raccordo.people import VISITOR, Actor, actor_from_claims, actor_of_membership, claims
from raccordo.settings import Settings
from raccordo_ui.language import language_of
from raccordo_ui.role_words import ROLES

COOKIE = "raccordo_session"
LASTS = 30 * 24 * 3600  # seconds


def actor_of(connection: HTTPConnection) -> Actor:
    """Whoever acts in this request, as `Acting` found out before any page was asked."""
    actor: Actor = getattr(connection.state, "actor", VISITOR)
    return actor


def session_of(connection: HTTPConnection) -> Session | None:
    """The live session of a browser that is logged in."""
    session: Session | None = getattr(connection.state, "session", None)
    return session


async def find_out(connection: HTTPConnection) -> tuple[Actor, Session | None]:
    """Who acts: the person of the session, else in the demonstration whoever was chosen.

    A request with a token has no cookies, whatever it sends: `raccordo_ui.programs` finds out who that is.
    """
    if bearer(connection) is not None:
        return VISITOR, None
    value = connection.cookies.get(cookie_name(connection), "")
    if not value:
        return VISITOR, None
    session = await sessions.resolve(value)
    if session is not None:
        actor = actor_of_membership(session.person, session.membership, second_factor=session.second_factor)
        return actor, session
    return _chosen(connection, value), None


def bearer(connection: HTTPConnection) -> str | None:
    """What stands in `Authorization: Bearer`; None when nothing does."""
    scheme, _, value = connection.headers.get("authorization", "").strip().partition(" ")
    return value.strip() if scheme.lower() == "bearer" else None


def _chosen(connection: HTTPConnection, signed: str) -> Actor:
    """Whom the demonstration's cookie names; elsewhere it means nothing, however well it is signed."""
    settings: Settings = connection.app.state.settings
    if not settings.demo:
        return VISITOR
    try:
        said = _signer(settings.data).loads(signed, max_age=LASTS)
    except BadSignature:
        return VISITOR
    return actor_from_claims(catalogue.current(), said) if isinstance(said, dict) else VISITOR


class Acting:
    """Finds out who acts before a page or a resolver is asked, once per request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            actor, session = await find_out(HTTPConnection(scope))
            scope.setdefault("state", {}).update(actor=actor, session=session)
        await self.app(scope, receive, send)


def acting_of(connection: HTTPConnection) -> str:
    """For whom the person of the session acts, in the reader's words; empty for whoever is not logged in."""
    session, language = session_of(connection), language_of(connection)
    if session is None:
        return ""
    chosen = session.membership
    if chosen is None:
        return Sentence("nessun ruolo").say(language)
    if chosen.status is not MembershipStatus.ACTIVE:
        return Sentence("ruolo finito").say(language)
    if name := holders.name_of(chosen):
        return Sentence("per {name}", {"name": name}).say(language)
    return ROLES[chosen.role].say(language)


def name_of(connection: HTTPConnection) -> str:
    """Whoever acts, in the reader's words."""
    actor, picture, session = actor_of(connection), catalogue.current(), session_of(connection)
    if actor.membership and session and session.membership and (name := holders.name_of(session.membership)):
        return name
    if actor.body_kind and actor.body_code:
        body = picture.body(actor.body_kind, actor.body_code)
        return body.name if body else ""
    if actor.laboratory:
        return picture.laboratories[actor.laboratory].name
    sentence = Sentence("Coordinamento") if actor.role is Role.COORDINATOR else Sentence("Visitatore")
    return sentence.say(language_of(connection))


def remember(connection: HTTPConnection, response: Response, actor: Actor) -> None:
    """Write the choice into the cookie; only the demonstration does."""
    settings: Settings = connection.app.state.settings
    if not settings.demo:
        raise RuntimeError("the demonstration's cookie is written in demo mode only")
    response.set_cookie(
        cookie_name(connection),
        _signer(settings.data).dumps(claims(actor)),
        max_age=LASTS,
        secure=connection.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def cookie_name(connection: HTTPConnection) -> str:
    return f"__Host-{COOKIE}" if connection.url.scheme == "https" else COOKIE


@cache
def _signer(data: Path) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_key(data / "demo.key"), salt="raccordo-demo")


def _key(file: Path) -> str:
    """The key of this data folder, made on first use and readable by its owner only."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(descriptor, "w") as written:
        written.write(secrets.token_urlsafe(32))
    return file.read_text()
