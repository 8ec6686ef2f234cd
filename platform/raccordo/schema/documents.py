"""From a text to a document that may be executed: parsed, measured, validated; once for each text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
    validate,
)

from raccordo.language import Sentence
from raccordo.refusals import Refusal, Refused
from raccordo.schema.definition import CORE
from raccordo.schema.limits import TOKENS, Measuring, too_much

KEPT = 256  # documents in the cache
ERRORS = 5  # validation errors that one answer lists

Problem = Refusal | GraphQLError


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document, or why there is none. `refused` problems were found before GraphQL's own rules looked."""

    document: DocumentNode | None
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        return any(isinstance(problem, Refusal) for problem in self.problems)


@lru_cache(maxsize=KEPT)
def prepare(query: str) -> Prepared:
    """Parse, measure and validate; the answer for a text never changes while the process lives."""
    try:
        document = parse(query, max_tokens=TOKENS)
        Measuring(document).check()
        errors = validate(CORE, document, specified_rules, max_errors=ERRORS)
        return Prepared(document, tuple(errors))
    except GraphQLSyntaxError as error:
        # graphql-core tells a document that is too long only by its words.
        long = f"more than {TOKENS} tokens" in error.message
        return Prepared(None, (too_much("tokens", TOKENS + 1, TOKENS) if long else error,))
    except Refused as refusal:
        return Prepared(None, (refusal,))
    except RecursionError:
        return Prepared(None, (nested_too_deeply(),))


def nested_too_deeply() -> Refused:
    return Refused("nested_too_deeply", Sentence("La richiesta è annidata troppo in profondità."))


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation to execute; raises Refused when the name does not tell which."""
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if name is None and len(operations) == 1:
        return operations[0]
    for operation in operations:
        if name is not None and operation.name and operation.name.value == name:
            return operation
    if name is None:
        raise Refused(
            "which_operation", Sentence("Il documento ha più operazioni: `operationName` deve dire quale.")
        )
    raise Refused(
        "unknown_operation",
        Sentence("Il documento non ha nessuna operazione di nome «{name}».", {"name": name[:60]}),
    )


def is_mutation(operation: OperationDefinitionNode) -> bool:
    return operation.operation is OperationType.MUTATION
