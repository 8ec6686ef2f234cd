"""What an answer says went wrong: refusals in the reader's language, our own faults by number only."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from graphql import GraphQLError

from raccordo.language import Sentence
from raccordo.refusals import Refusal
from raccordo.schema.refusals import graphql_name

log = logging.getLogger("raccordo.graphql")


def told(problem: Refusal | GraphQLError, language: str) -> dict[str, Any]:
    """A problem as an entry of `errors`."""
    if isinstance(problem, Refusal):
        return _refusal(problem, language)
    cause = problem.original_error
    if isinstance(cause, Refusal):
        return {**_place(problem), **_refusal(cause, language)}
    # Without a path nothing of ours ran: the words are graphql-core's own about the question.
    if cause is None or isinstance(cause, GraphQLError) or not problem.path:
        return {**_place(problem), "message": problem.message, "extensions": {"code": "invalid_query"}}
    return {**_place(problem), **fault(cause, language)}


def _refusal(refusal: Refusal, language: str) -> dict[str, Any]:
    extensions: dict[str, Any] = {"code": refusal.code}
    if refusal.fields:
        extensions["fields"] = [
            {
                "field": graphql_name(one.field),
                "code": one.code,
                "message": one.sentence.say(language),
            }
            for one in refusal.fields
        ]
    return {"message": refusal.sentence.say(language), "extensions": extensions}


def fault(error: BaseException, language: str) -> dict[str, Any]:
    """An unexpected exception: the reader gets a number, the log gets the rest under the same number."""
    reference = secrets.token_hex(4)
    log.error("GraphQL fault %s", reference, exc_info=error)
    sentence = Sentence(
        "Errore nostro, non di chi chiede. Segnalandolo, basta il numero {reference}.",
        {"reference": reference},
    )
    return {"message": sentence.say(language), "extensions": {"code": "internal", "reference": reference}}


def _place(problem: GraphQLError) -> dict[str, Any]:
    place: dict[str, Any] = {}
    if problem.locations:
        place["locations"] = [location.formatted for location in problem.locations]
    if problem.path:
        place["path"] = list(problem.path)
    return place
