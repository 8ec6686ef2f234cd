"""Programs that act for a person: their tokens on the profile, and the requests that come with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from raccordo import catalogue, tokens
from raccordo.language import Sentence
from raccordo.models import AccessToken, Membership, Role
from raccordo.people import Actor
from raccordo.refusals import NotAllowed, Refusal, Refused
from raccordo.tokens import DAYS, MOST_DAYS, SCOPES, TokenInput
from raccordo_ui.doors import needs_right
from raccordo_ui.errors import refusal_page, status_of
from raccordo_ui.forms import Form, Problems, problems_of, read_form
from raccordo_ui.language import language_of, to
from raccordo_ui.origin import SAFE
from raccordo_ui.secret_pages import network_address, render_secret
from raccordo_ui.session import actor_of, bearer, session_of

WRITING_DOOR = "/graphql"
LIFETIMES = (7, 30, DAYS, 180, MOST_DAYS)
ROLES = {
    Role.VISITOR: Sentence("Visitatore"),
    Role.OFFICER: Sentence("Funzionario"),
    Role.ADMINISTRATOR: Sentence("Amministratore dell’ente"),
    Role.LABORATORY_MANAGER: Sentence("Responsabile di laboratorio"),
    Role.PROFESSOR: Sentence("Docente"),
    Role.LABORATORY_MEMBER: Sentence("Membro di laboratorio"),
    Role.DEPARTMENT_APPROVER: Sentence("Approvatore di dipartimento"),
    Role.SCHOOL_APPROVER: Sentence("Approvatore di scuola"),
    Role.INSTITUTION_OFFICER: Sentence("Funzionario di altro ente"),
    Role.INTEGRATOR: Sentence("Integratore"),
    Role.COORDINATOR: Sentence("Coordinamento"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A token as its owner sees it."""

    number: int
    name: str
    acting_as: str
    scopes: tuple[str, ...]
    expires_at: datetime
    used_at: datetime | None
    expired: bool


class ActingByToken:
    """Whoever a token acts as; a token that is not accepted is refused before any page or resolver is asked.

    Only GraphQL writes with one: forms belong to browsers, whose cookies a request with a token has not.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        secret = bearer(HTTPConnection(scope)) if scope["type"] == "http" else None
        if secret is None:
            return await self.app(scope, receive, send)
        request = Request(scope, receive)
        try:
            scope["state"].update(actor=await _acting(request, secret))
        except Refusal as refusal:
            response = await refusal_page(request, refusal)
            return await response(scope, receive, send)
        return await self.app(scope, receive, send)


async def _acting(request: Request, secret: str) -> Actor:
    actor = await tokens.actor_of(secret, network_address(request))
    if request.method not in SAFE and request.url.path != WRITING_DOOR:
        raise NotAllowed(
            "token_on_a_form", Sentence("Con un token si scrive solo a /graphql, non nei moduli.")
        )
    return actor


async def show(request: Request) -> Response:
    if session_of(request) is None:
        where = to(request, "/accedi", poi=to(request, "/profilo/programmi"))
        return RedirectResponse(where, status_code=303)
    return await _page(request, Form())


@needs_right("create", "token")
async def create(request: Request) -> Response:
    form = await read_form(request)
    wanted = TokenInput(
        name=form.text("name"),
        acting_as=form.number("acting_as"),
        scopes=form.texts("scopes"),
        days=form.number("days"),
    )
    try:
        secret = await tokens.create(actor_of(request), wanted, form.text("old"), network_address(request))
    except Refused as refusal:
        return await _page(request, form, refusal)
    view = {"name": wanted.name, "secret": secret, "address": request.app.state.settings.address}
    return render_secret(request, "programs/created.html", view)


@needs_right("revoke", "token")
async def revoke(request: Request) -> Response:
    form = await read_form(request)
    await tokens.revoke(actor_of(request), form.number("token"))
    return RedirectResponse(to(request, "/profilo/programmi", fatto="revocato"), status_code=303)


async def _page(request: Request, form: Form, refusal: Refused | None = None) -> Response:
    actor, language = actor_of(request), language_of(request)
    view = {
        "programs": [_program(row, language) for row in await tokens.tokens_of(actor)],
        "roles": [(str(one.id), _role(one, language)) for one in await tokens.memberships_of(actor)],
        "scopes": [(key, said.say(language)) for key, said in SCOPES.items() if key != tokens.ALWAYS],
        "lifetimes": [
            (str(days), Sentence("{days} giorni", {"days": days}).say(language)) for days in LIFETIMES
        ],
        "form": form,
        "default_days": str(DAYS),
        "wanted": actor.role is Role.COORDINATOR and not actor.second_factor,
        "revoked": request.query_params.get("fatto") == "revocato",
        "problems": problems_of(refusal, language) if refusal else Problems(),
    }
    return render_secret(request, "programs/show.html", view, status=status_of(refusal) if refusal else 200)


def _program(row: AccessToken, language: str) -> Program:
    return Program(
        number=row.id,
        name=row.name,
        acting_as=_role(row.membership, language),
        scopes=tuple(SCOPES[key].say(language) for key in row.scopes.split("|") if key in SCOPES),
        expires_at=row.expires_at,
        used_at=row.used_at,
        expired=row.expires_at <= datetime.now(UTC),
    )


def _role(row: Membership, language: str) -> str:
    """The role, and that for which it is held."""
    laboratory = catalogue.current().laboratories.get(row.laboratory_id or "")  # type: ignore[attr-defined]  # Tortoise adds it
    held = row.body.name if row.body else laboratory.name if laboratory else ""
    return ", ".join(part for part in (ROLES[row.role].say(language), held) if part)


routes = [
    Route("/profilo/programmi", show, name="programs"),
    Route("/profilo/programmi", create, methods=["POST"], name="create_token"),
    Route("/profilo/programmi/revoca", revoke, methods=["POST"], name="revoke_token"),
]
