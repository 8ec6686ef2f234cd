"""Relay connections over sequences that are already sorted: a page, its cursors, the total."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions import FieldExtension
from strawberry.extensions.field_extension import AsyncExtensionResolver, SyncExtensionResolver
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from raccordo.language import Sentence
from raccordo.refusals import refused
from raccordo.schema import cursors
from raccordo.schema.cursors import Key
from raccordo.schema.fields import described

MOST = 100
DEFAULT = 20

T = TypeVar("T")
V = TypeVar("V")
W = TypeVar("W")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = described("Whether items follow the last one of this page.")
    has_previous_page: bool = described("Whether items come before the first one of this page.")
    start_cursor: str | None = described("The cursor of the first item; null when the page is empty.")
    end_cursor: str | None = described("The cursor of the last item: pass it as `after` for the next page.")


@strawberry.type(description="An item of a list and its place in it.")
class Edge(Generic[T]):
    cursor: str = described("An opaque place in this list and order; it stays right when items are added.")
    node: T = described("The item.")


@strawberry.type(description="One page of a list.")
class Connection(Generic[T]):
    total_count: int = described("How many items the whole list has, after the filter.")
    page_info: PageInfo = described("Where this page stands.")
    edges: list[Edge[T]] = described("The items of this page, in order.")


@dataclass(frozen=True, slots=True)
class Listing(Generic[V]):
    """A whole list in its order: `key` strictly increases along `rows`, `name` is the list and the order."""

    name: str
    rows: Sequence[V]
    key: Callable[[V], Sequence[object]]
    show: Callable[[V], object] = lambda row: row  # made for the rows of the page only


class Stored(ABC):
    """A list that is too long for memory: it reads the rows of one page itself."""

    @abstractmethod
    async def page(
        self,
        *,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> object:
        """The page that the four arguments of Relay name, read by attribute access like a Page."""


@dataclass(frozen=True, slots=True)
class _Item(Generic[V]):
    listing: Listing[V]
    row: V

    @property
    def cursor(self) -> str:
        return cursors.encode(self.listing.name, cursors.plain(self.listing.key(self.row)))

    @property
    def node(self) -> object:
        return self.listing.show(self.row)


@dataclass(frozen=True, slots=True)
class Page(Generic[V]):
    """The part of a list between two positions, read by attribute access."""

    listing: Listing[V]
    start: int
    stop: int

    @property
    def total_count(self) -> int:
        return len(self.listing.rows)

    @property
    def page_info(self) -> Page[V]:
        return self

    @property
    def edges(self) -> list[_Item[V]]:
        return [_Item(self.listing, row) for row in self.listing.rows[self.start : self.stop]]

    @property
    def has_next_page(self) -> bool:
        return self.stop < len(self.listing.rows)

    @property
    def has_previous_page(self) -> bool:
        return self.start > 0

    @property
    def start_cursor(self) -> str | None:
        return self._cursor(self.start)

    @property
    def end_cursor(self) -> str | None:
        return self._cursor(self.stop - 1)

    def _cursor(self, position: int) -> str | None:
        if self.start >= self.stop:
            return None
        return _Item(self.listing, self.listing.rows[position]).cursor


def page(
    listing: Listing[V],
    *,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page[V]:
    """The page that the four arguments of Relay name; raises Refused for sizes and cursors that cannot be."""
    check_window(first, last)
    start, stop = _between(listing, after, before)
    if last is not None:
        return Page(listing, max(start, stop - last), stop)
    return Page(listing, start, min(stop, start + (DEFAULT if first is None else first)))


def _between(listing: Listing[V], after: str | None, before: str | None) -> tuple[int, int]:
    start, stop = 0, len(listing.rows)
    if not stop:
        return 0, 0

    def key(row: V) -> Key:
        return cursors.plain(listing.key(row))

    like = key(listing.rows[0])
    if after is not None:
        start = bisect_right(listing.rows, cursors.decode("after", after, listing.name, like), key=key)
    if before is not None:
        stop = bisect_left(listing.rows, cursors.decode("before", before, listing.name, like), key=key)
    return start, max(start, stop)


def check_window(first: int | None, last: int | None) -> None:
    """Raise Refused for sizes that cannot be, or that contradict one another."""
    _check_size("first", first)
    _check_size("last", last)
    if first is not None and last is not None:
        raise refused(
            "last", "first_and_last", Sentence("O `first` o `last`: insieme non dicono quale pagina.")
        )


def _check_size(argument: str, size: int | None) -> None:
    if size is not None and not 0 <= size <= MOST:
        raise refused(
            argument,
            "out_of_range",
            Sentence(
                "`{argument}` è {size}: una pagina ha da 0 a {most} elementi, il resto si chiede con `after`.",
                {"argument": argument, "size": size, "most": MOST},
            ),
        )


ARGUMENTS: dict[str, tuple[Any, str]] = {
    "first": (int | None, f"How many items from the start, at most {MOST}; {DEFAULT} when nothing is said."),
    "after": (str | None, "The cursor after which the page begins."),
    "last": (int | None, f"How many items from the end, at most {MOST}; not together with `first`."),
    "before": (str | None, "The cursor before which the page ends."),
}


class _Paged(FieldExtension):
    """Gives a field the four arguments of Relay and turns its Listing into a page."""

    def apply(self, field: StrawberryField) -> None:
        field.arguments = [
            *field.arguments,
            *(
                StrawberryArgument(
                    python_name=name,
                    graphql_name=None,
                    type_annotation=StrawberryAnnotation(annotation),
                    description=description,
                    default=strawberry.UNSET,
                )
                for name, (annotation, description) in ARGUMENTS.items()
            ),
        ]

    def resolve(
        self, next_: SyncExtensionResolver, source: Any, info: strawberry.Info[Any, None], **given: Any
    ) -> Page[Any]:
        info.context.check_time()
        window = {name: given.pop(name, None) for name in ARGUMENTS}
        return page(next_(source, info, **given), **window)

    async def resolve_async(
        self, next_: AsyncExtensionResolver, source: Any, info: strawberry.Info[Any, None], **given: Any
    ) -> object:
        info.context.check_time()
        window = {name: given.pop(name, None) for name in ARGUMENTS}
        found = await next_(source, info, **given)
        return await found.page(**window) if isinstance(found, Stored) else page(found, **window)


def listed(
    description: str,
    resolver: Callable[..., Listing[Any] | Awaitable[Listing[Any] | Stored]],
    *,
    cost: int = 1,
) -> Any:
    """A field that answers one page of the Listing that `resolver` returns."""
    return described(description, resolver, cost=cost, extensions=(_Paged(),))
