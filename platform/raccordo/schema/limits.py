"""The one limiter: measures a parsed document before validation, looking at each fragment once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from raccordo.language import Sentence
from raccordo.refusals import Refused

DEPTH = 10
ALIASES = 15
DIRECTIVES = 20
FIELDS = 200
TOKENS = 1000
COST = 5000
BODY = 64 * 1024  # bytes

EXEMPT = ("__schema", "__type")  # their subtrees have no depth and no fields: only tokens and cost bound them


@dataclass(frozen=True, slots=True)
class Size:
    """What a selection amounts to once fragments are put in place; `nodes` counts exempt fields too."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    nodes: int = 0

    def __add__(self, other: Size) -> Size:
        return Size(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.fields + other.fields,
            self.nodes + other.nodes,
        )


@dataclass(slots=True)
class Measuring:
    """Sizes of the parts of one document. `visited` counts the selections looked at: never more than written."""

    document: DocumentNode
    visited: int = 0
    _fragments: dict[str, FragmentDefinitionNode] = field(default_factory=dict)
    _sizes: dict[str, Size | None] = field(default_factory=dict)  # None while a fragment is being measured

    def __post_init__(self) -> None:
        for definition in self.document.definitions:
            if isinstance(definition, FragmentDefinitionNode):
                self._fragments[definition.name.value] = definition

    def check(self) -> None:
        """Refuse the document if any part of it is too large or contains itself."""
        for definition in self.document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                size = self.of(definition.selection_set) + Size(directives=len(definition.directives or ()))
                _refuse(size)
            elif isinstance(definition, FragmentDefinitionNode):
                size = self.of_fragment(definition.name.value)
                introspects = definition.type_condition.name.value.startswith("__")
                _refuse(Size(0, size.aliases, size.directives, 0, size.nodes) if introspects else size)

    def of(self, selections: SelectionSetNode | None) -> Size:
        """The size of a selection set."""
        total = Size()
        for selection in selections.selections if selections else ():
            self.visited += 1
            total = total + Size(directives=len(selection.directives or ())) + self._of_one(selection)
        return total

    def of_fragment(self, name: str) -> Size:
        """The size of a fragment, measured the first time that it is spread; raises Refused for a cycle."""
        if name in self._sizes:
            known = self._sizes[name]
            if known is None:
                raise _cycle(name)
            return known
        if name not in self._fragments:
            return Size()  # validation says that it is unknown
        self._sizes[name] = None
        definition = self._fragments[name]
        size = self.of(definition.selection_set) + Size(directives=len(definition.directives or ()))
        self._sizes[name] = size
        return size

    def _of_one(self, selection: SelectionNode) -> Size:
        if isinstance(selection, FragmentSpreadNode):
            return self.of_fragment(selection.name.value)
        inner = self.of(getattr(selection, "selection_set", None))
        if not isinstance(selection, FieldNode):
            return inner
        aliases = inner.aliases + (selection.alias is not None)
        if selection.name.value in EXEMPT:
            return Size(1, aliases, inner.directives, 1, inner.nodes + 1)
        return Size(inner.depth + 1, aliases, inner.directives, inner.fields + 1, inner.nodes + 1)


def _refuse(size: Size) -> None:
    for what, found, most in (
        ("depth", size.depth, DEPTH),
        ("aliases", size.aliases, ALIASES),
        ("directives", size.directives, DIRECTIVES),
        ("fields", size.fields, FIELDS),
        ("cost", size.nodes, COST),
    ):
        if found > most:
            raise too_much(what, found, most)


SENTENCES: Mapping[str, Sentence] = {
    "depth": Sentence("L’interrogazione è troppo profonda. Livelli: {found}; al massimo {most}."),
    "aliases": Sentence("L’interrogazione usa troppi alias: {found}; al massimo {most}."),
    "directives": Sentence("L’interrogazione usa troppe direttive: {found}; al massimo {most}."),
    "fields": Sentence("L’interrogazione chiede troppi campi: {found}; al massimo {most}."),
    "tokens": Sentence("L’interrogazione ha più di {most} simboli: è troppo lunga."),
    "cost": Sentence("L’interrogazione costa {found}; al massimo {most}. Un `first` più piccolo costa meno."),
}


def too_much(what: str, found: int, most: int) -> Refused:
    """The refusal of a document that passes one of the limits."""
    shown = found if found < 10**9 else Sentence("più di un miliardo")
    sentence = Sentence(SENTENCES[what].text, {"found": shown, "most": most})
    return Refused(f"too_much_{what}", sentence)


def _cycle(name: str) -> Refused:
    return Refused(
        "fragment_cycle", Sentence("Il frammento «{name}» contiene sé stesso.", {"name": name[:40]})
    )
