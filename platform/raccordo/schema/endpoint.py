"""GraphQL over HTTP as one ASGI application: who asks and in which language is told from outside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from raccordo.language import Sentence
from raccordo.people import VISITOR
from raccordo.schema import parameters
from raccordo.schema.asking import Answer, Question, ask, refusing
from raccordo.schema.context import ActorOf, Context, LanguageOf, accepted_language, connection_of
from raccordo.schema.limits import BODY
from raccordo.schema.parameters import Unsuitable

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class GraphQLEndpoint:
    """The application to mount at `/graphql`. It answers GET and POST, and never raises for what was sent."""

    actor_of: ActorOf = lambda _: VISITOR
    language_of: LanguageOf = accepted_language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = connection_of(scope)
        media = accepted(connection.headers.get("accept", ""))
        language = self.language_of(connection)
        try:
            if media is None:
                raise Unsuitable(
                    "not_acceptable", Sentence("La risposta è JSON: `Accept` non lo ammette."), status=406
                )
            question = await _question(scope, receive, connection.headers.get("content-type", ""))
            question = replace(question, key=parameters.key(connection.headers.get("idempotency-key")))
        except Unsuitable as refusal:
            answer = refusing([refusal], language, status=refusal.status, lenient=refusal.status)
        else:
            answer = await ask(question, Context(actor=self.actor_of(connection), language=language))
        await _send(send, media or JSON, answer)


async def _question(scope: Scope, receive: Receive, content_type: str) -> Question:
    if scope["method"] == "GET":
        return parameters.in_query(scope["query_string"])
    if scope["method"] == "POST":
        return parameters.in_body(content_type, await _body(receive))
    raise Unsuitable("wrong_method", Sentence("Si chiede con GET o con POST."), status=405)


async def _body(receive: Receive) -> bytes:
    """The whole body; what is too long is read to its end and thrown away, so that the answer arrives."""
    parts: list[bytes] = []
    total, more = 0, True
    while more:
        message = await receive()
        more = message["type"] == "http.request" and message.get("more_body", False)
        total += len(message.get("body", b""))
        parts.append(message.get("body", b"") if total <= BODY else b"")
    if total > BODY:
        raise Unsuitable(
            "body_too_large",
            Sentence("La richiesta è di {total} byte: al massimo {most}.", {"total": total, "most": BODY}),
            status=413,
        )
    return b"".join(parts)


async def _send(send: Send, media: str, answer: Answer) -> None:
    status = answer.status if media == GRAPHQL else answer.lenient
    body = orjson.dumps(answer.body)
    headers = {
        "content-type": f"{media}; charset=utf-8",
        "content-length": str(len(body)),
        "cache-control": "no-store",
        "vary": "Accept, Accept-Language, Authorization, Cookie",
        **({"allow": "GET, POST"} if status == 405 else {}),
        **({"retry-after": str(answer.again_in)} if answer.again_in is not None else {}),
    }
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


def accepted(header: str) -> str | None:
    """The media type to answer in, None when the client takes neither; plain JSON when it does not care.

    >>> accepted("application/graphql-response+json, application/json;q=0.9")
    'application/graphql-response+json'
    >>> accepted("text/html, */*;q=0.8")
    'application/json'
    """
    if not header.strip():
        return JSON
    best: dict[str, float] = {}
    for part in header[:1000].split(","):
        kind, *options = (piece.strip().lower() for piece in part.split(";"))
        quality = next((_quality(option) for option in options if option.startswith("q=")), 1.0)
        best[kind] = max(quality, best.get(kind, 0.0))
    anything = best.get("application/*", best.get("*/*", 0.0))
    plain, graphql = best.get(JSON, anything), best.get(GRAPHQL, 0.0)
    if max(plain, graphql) <= 0:
        return None
    return GRAPHQL if graphql >= plain else JSON


def _quality(option: str) -> float:
    try:
        return float(option.removeprefix("q="))
    except ValueError:
        return 0.0
