"""One question, one answer: prepare, count the cost, execute within the time, tell."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from inspect import isawaitable
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError, OperationDefinitionNode, execute

from raccordo import audit, idempotency
from raccordo.idempotency import KeyReused, Unfinished
from raccordo.language import Sentence
from raccordo.refusals import NotAllowed, Refusal
from raccordo.schema.context import Context, too_slow
from raccordo.schema.costs import Counting
from raccordo.schema.definition import CORE
from raccordo.schema.documents import Prepared, is_mutation, nested_too_deeply, operation_of, prepare
from raccordo.schema.limits import COST, too_much
from raccordo.schema.problems import fault, told
from raccordo.single_use import digest

STATUSES: Mapping[type[Refusal], int] = {NotAllowed: 405, KeyReused: 422, Unfinished: 409}


@dataclass(frozen=True, slots=True)
class Question:
    """The four parameters of GraphQL over HTTP, already of the right types.

    With a `key` a mutation has one effect and one answer, however often it is asked.
    """

    query: str
    variables: Mapping[str, Any]
    operation_name: str | None = None
    reads_only: bool = False  # asked over GET
    key: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send: `status` is for the media type of GraphQL, `lenient` for plain JSON.

    `again_in` are the seconds after which the same question may be answered.
    """

    body: dict[str, Any]
    status: int = 200
    lenient: int = 200
    again_in: int | None = None


async def ask(question: Question, context: Context) -> Answer:
    """Answer a question; every problem is in the answer, nothing is raised."""
    try:
        return await _ask(question, context)
    except Refusal as refusal:
        status = STATUSES.get(type(refusal), 400)
        answer = refusing([refusal], context.language, status=status, lenient=status)
        return replace(answer, again_in=refusal.seconds if isinstance(refusal, Unfinished) else None)
    except RecursionError:
        return refusing([nested_too_deeply()], context.language, lenient=400)
    except Exception as error:  # whatever it was, whoever asked gets a number and the log the rest
        return Answer({"errors": [fault(error, context.language)], "extensions": {"cost": 0}}, 500, 500)


def refusing(
    problems: list[Refusal | GraphQLError],
    language: str,
    *,
    cost: int = 0,
    status: int = 400,
    lenient: int = 200,
) -> Answer:
    """An answer without data: nothing was executed."""
    errors = [told(problem, language) for problem in problems]
    return Answer({"errors": errors, "extensions": {"cost": cost}}, status, lenient)


async def _ask(question: Question, context: Context) -> Answer:
    prepared = prepare(question.query)
    if prepared.document is None or prepared.problems:
        return _unprepared(prepared, context.language)
    operation = operation_of(prepared.document, question.operation_name)
    if question.reads_only and is_mutation(operation):
        raise NotAllowed("post_only", Sentence("Le modifiche si chiedono soltanto con POST."))
    cost = Counting(CORE, prepared.document, operation, question.variables).total()
    if cost > COST:
        return refusing([too_much("cost", cost, COST)], context.language, cost=cost, lenient=400)
    if question.key and is_mutation(operation) and idempotency.applies(context.actor):
        return await _once(prepared, operation, question, context, cost)
    result = await _within_time(prepared, operation, question, context)
    return _answer(result, cost, context.language)


async def _once(
    prepared: Prepared, operation: OperationDefinitionNode, question: Question, context: Context, cost: int
) -> Answer:
    """The answer that the key got before, or this one, kept for the next time."""
    begun = await idempotency.begin(context.actor, question.key, _fingerprint(question, context))
    if isinstance(begun, str):
        return Answer(orjson.loads(begun))
    kept, keep = "", False
    try:
        with begun.signing():
            result = await _within_time(prepared, operation, question, context)
        answer = _answer(result, cost, context.language)
        kept, keep = orjson.dumps(answer.body).decode(), "errors" not in answer.body
    finally:
        await idempotency.finish(begun, kept, keep=keep)
    return answer


def _fingerprint(question: Question, context: Context) -> str:
    """What makes two requests the same: what is asked, with which rights."""
    scopes = sorted(context.actor.scopes) if context.actor.scopes is not None else None
    return digest(audit.canonical([question.query, question.variables, question.operation_name, scopes]))


def _unprepared(prepared: Prepared, language: str) -> Answer:
    return refusing(list(prepared.problems), language, lenient=400 if prepared.refused else 200)


async def _within_time(
    prepared: Prepared, operation: OperationDefinitionNode, question: Question, context: Context
) -> ExecutionResult:
    assert prepared.document is not None  # noqa: S101  # checked by the only caller
    result = execute(
        CORE,
        prepared.document,
        context_value=context,
        variable_values=dict(question.variables),
        operation_name=question.operation_name,
    )
    if not isawaitable(result):
        return result
    if is_mutation(operation):  # a write that happened must not be answered as if it had not
        return await result
    try:
        async with asyncio.timeout(context.seconds_left):
            return await result
    except TimeoutError:
        raise too_slow() from None


def _answer(result: ExecutionResult, cost: int, language: str) -> Answer:
    errors = result.errors or []
    # Errors without a path are about the question (its variables): nothing was executed.
    if result.data is None and errors and not any(error.path for error in errors):
        return refusing(list(errors), language, cost=cost)
    body: dict[str, Any] = {"data": result.data}
    if errors:
        body["errors"] = [told(error, language) for error in errors]
    body["extensions"] = {"cost": cost}
    return Answer(body)
