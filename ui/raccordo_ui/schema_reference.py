"""The schema as pages can show it, read from its own text: every type, field and argument with its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from graphql import (
    DefinitionNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    TypeDefinitionNode,
    TypeNode,
    UnionTypeDefinitionNode,
    parse,
    print_ast,
)

from raccordo.language import Sentence
from raccordo.schema import sdl

OPERATIONS = ("Query", "Mutation")
BUILT_IN = frozenset({"Int", "Float", "String", "Boolean", "ID"})
KINDS: Mapping[type[DefinitionNode], Sentence] = {
    ObjectTypeDefinitionNode: Sentence("Tipi"),
    InterfaceTypeDefinitionNode: Sentence("Interfacce"),
    UnionTypeDefinitionNode: Sentence("Risultati con più forme"),
    InputObjectTypeDefinitionNode: Sentence("Ciò che si invia"),
    EnumTypeDefinitionNode: Sentence("Scelte"),
    ScalarTypeDefinitionNode: Sentence("Valori semplici"),
}
ENTRANCE = Sentence("Da dove si comincia")


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    name: str
    type: str
    type_name: str
    default: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a type; `type_name` is the type without lists and exclamation marks, '' when it is built in."""

    name: str
    type: str
    type_name: str
    description: str
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One type: `values` are those of an enum, `names` the members of a union or the interfaces of a type."""

    name: str
    description: str
    fields: tuple[Field, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()


def index() -> list[tuple[Sentence, list[Entry]]]:
    """All types by kind, the entrances first; what only carries a page of a list is left out."""
    found = [(ENTRANCE, [made for name in OPERATIONS if (made := entry(name))])]
    for kind, title in KINDS.items():
        named = [
            _entry(node)
            for node in _types().values()
            if isinstance(node, kind) and not node.name.value.endswith(("Edge", *OPERATIONS))
        ]
        found.append((title, sorted(named, key=lambda one: one.name)))
    return found


def entry(name: str) -> Entry | None:
    """The type of that name, if the schema has it."""
    node = _types().get(name)
    return None if node is None else _entry(node)


@cache
def _types() -> Mapping[str, TypeDefinitionNode]:
    document = parse(sdl(), no_location=True)
    return {node.name.value: node for node in document.definitions if isinstance(node, TypeDefinitionNode)}


def _entry(node: TypeDefinitionNode) -> Entry:
    names: Iterable[str] = ()
    values: Sequence[tuple[str, str]] = ()
    fields: Sequence[Field] = ()
    if isinstance(node, UnionTypeDefinitionNode):
        names = [one.name.value for one in node.types or ()]
    elif isinstance(node, EnumTypeDefinitionNode):
        values = [(one.name.value, _words(one)) for one in node.values or ()]
    elif isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
        names = [one.name.value for one in node.interfaces or ()]
        fields = [_field(one) for one in node.fields or ()]
    elif isinstance(node, InputObjectTypeDefinitionNode):
        fields = [_field(one) for one in node.fields or ()]
    return Entry(
        name=node.name.value,
        description=_words(node),
        fields=tuple(fields),
        values=tuple(values),
        names=tuple(names),
    )


def _field(node: FieldDefinitionNode | InputValueDefinitionNode) -> Field:
    arguments = node.arguments or () if isinstance(node, FieldDefinitionNode) else ()
    return Field(
        name=node.name.value,
        type=print_ast(node.type),
        type_name=_named(node.type),
        description=_words(node),
        arguments=tuple(_argument(one) for one in arguments),
    )


def _argument(node: InputValueDefinitionNode) -> Argument:
    return Argument(
        name=node.name.value,
        type=print_ast(node.type),
        type_name=_named(node.type),
        default="" if node.default_value is None else print_ast(node.default_value),
        description=_words(node),
    )


def _named(node: TypeNode) -> str:
    name = print_ast(node).strip("[]!")
    return "" if name in BUILT_IN else name


def _words(node: object) -> str:
    description = getattr(node, "description", None)
    return "" if description is None else str(description.value)
