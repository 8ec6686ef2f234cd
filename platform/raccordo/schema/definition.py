"""The one schema of this process."""

from __future__ import annotations

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from raccordo.schema.mutations import Mutation
from raccordo.schema.queries import Query

STRAWBERRY = strawberry.Schema(query=Query, mutation=Mutation, config=StrawberryConfig())
# The executable schema below Strawberry's: parsing, limits, validation and execution are our own steps around it.
CORE: GraphQLSchema = STRAWBERRY._schema


def sdl() -> str:
    """The schema in GraphQL's own language, as it is committed in schema.graphql."""
    return STRAWBERRY.as_str() + "\n"
