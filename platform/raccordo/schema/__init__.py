"""GraphQL: the second door to the same rules. Mount `GraphQLEndpoint`, or `ask` from inside the process."""

from raccordo.schema.asking import Answer, Question, ask
from raccordo.schema.context import Context, accepted_language
from raccordo.schema.definition import sdl
from raccordo.schema.endpoint import GraphQLEndpoint
from raccordo.schema.examples import Example, examples

__all__ = [
    "Answer",
    "Context",
    "Example",
    "GraphQLEndpoint",
    "Question",
    "accepted_language",
    "ask",
    "examples",
    "sdl",
]
