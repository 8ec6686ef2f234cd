"""What an operation will cost: fields times the sizes of the pages they stand in, known before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

from raccordo.schema.connections import DEFAULT, MOST

PLAIN = 5  # items of a list that has no pages: functions, themes, factors
INTROSPECTED = 3  # the same for the schema's lists, so that standard introspection stays well below the limit
META = ("__schema", "__type")


@dataclass(frozen=True, slots=True)
class Cost:
    """`each` is paid again for every item of the page that the selection belongs to."""

    fixed: int = 0
    each: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.fixed + other.fixed, self.each + other.each)


@dataclass(slots=True)
class Counting:
    """Costs of the parts of one operation; each fragment is counted once."""

    schema: GraphQLSchema
    document: DocumentNode
    operation: OperationDefinitionNode
    variables: Mapping[str, Any]
    visited: int = 0
    _fragments: dict[str, FragmentDefinitionNode] = field(default_factory=dict)
    _defaults: dict[str, Any] = field(default_factory=dict)
    _costs: dict[str, Cost] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for definition in self.document.definitions:
            if isinstance(definition, FragmentDefinitionNode):
                self._fragments[definition.name.value] = definition
        for variable in self.operation.variable_definitions or ():
            self._defaults[variable.variable.name.value] = variable.default_value

    def total(self) -> int:
        """The cost of the whole operation; fragments that contain themselves were refused before."""
        root = self.schema.get_root_type(self.operation.operation)
        return self._of(self.operation.selection_set, root).fixed

    def _of(self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None) -> Cost:
        total = Cost()
        for selection in selections.selections if selections else ():
            self.visited += 1
            total = total + self._of_one(selection, parent)
        return total

    def _of_one(self, selection: SelectionNode, parent: GraphQLNamedType | None) -> Cost:
        if isinstance(selection, FragmentSpreadNode):
            return self._of_fragment(selection.name.value)
        if isinstance(selection, InlineFragmentNode):
            condition = selection.type_condition
            narrowed = self.schema.get_type(condition.name.value) if condition else parent
            return self._of(selection.selection_set, narrowed)
        return self._of_field(selection, parent) if isinstance(selection, FieldNode) else Cost()

    def _of_fragment(self, name: str) -> Cost:
        if name not in self._costs:
            definition = self._fragments.get(name)
            if definition is None:
                return Cost()  # validation says that it is unknown
            narrowed = self.schema.get_type(definition.type_condition.name.value)
            self._costs[name] = self._of(definition.selection_set, narrowed)
        return self._costs[name]

    def _of_field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Cost:
        name = node.name.value
        if name in META:
            return Cost(1 + self._of(node.selection_set, self.schema.get_type(f"__{name[2:].title()}")).fixed)
        definition = _definition(parent, name)
        if definition is None:
            return Cost(1 + self._of(node.selection_set, None).fixed)
        inner = self._of(node.selection_set, get_named_type(definition.type))
        if "first" in definition.args:
            return Cost(weight(definition) + inner.fixed + inner.each * self._page_size(node))
        if parent and parent.name.endswith("Connection") and name == "edges":
            return Cost(1, inner.fixed)
        return Cost(weight(definition) + inner.fixed * _items(definition.type, parent))

    def _page_size(self, node: FieldNode) -> int:
        asked = [
            self._number(argument.value)
            for argument in node.arguments or ()
            if argument.name.value in ("first", "last")
        ]
        # What is out of range is refused when the page is made: here it counts as the largest page.
        return max((min(abs(size), MOST) for size in asked if size is not None), default=DEFAULT)

    def _number(self, value: object) -> int | None:
        if isinstance(value, VariableNode):
            name = value.name.value
            value = self.variables[name] if name in self.variables else self._defaults.get(name)
        if isinstance(value, IntValueNode):
            return int(value.value) if len(value.value) < 10 else MOST
        return int(value) if isinstance(value, int | float) and abs(value) < 10**9 else None


def weight(definition: GraphQLField) -> int:
    """What resolving the field once costs, as the schema declares it."""
    declared = definition.extensions.get("strawberry-definition")
    found: int = declared.metadata.get("cost", 1) if declared else 1
    return found


def _definition(parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
    if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
        fields: Mapping[str, GraphQLField] = parent.fields
        return fields.get(name)
    return None


def _items(kind: GraphQLOutputType, parent: GraphQLNamedType | None) -> int:
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if not isinstance(inner, GraphQLList):
        return 1
    return INTROSPECTED if parent and parent.name.startswith("__") else PLAIN
