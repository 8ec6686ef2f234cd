"""One page of a long list: whole pages with addresses of their own, so that links and printing work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.datastructures import QueryParams
from starlette.requests import Request

from raccordo.whole_numbers import whole
from raccordo_ui.language import bare_path, to

T = TypeVar("T")

PER_PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """`items` of page `number` out of `last`; `first` and `until` count items from 1; addresses or ''."""

    items: tuple[T, ...]
    total: int
    number: int
    last: int
    first: int
    until: int
    previous: str
    next: str


def paged(request: Request, items: Sequence[T], per_page: int = PER_PAGE) -> Page[T]:
    """The page that the address asks for; a number that makes no sense means the nearest page there is."""
    last = max(1, -(-len(items) // per_page))
    number = min(max(1, _asked(request.query_params)), last)
    start = (number - 1) * per_page
    shown = tuple(items[start : start + per_page])
    return Page(
        items=shown,
        total=len(items),
        number=number,
        last=last,
        first=start + 1 if shown else 0,
        until=start + len(shown),
        previous=with_query(request, pagina=number - 1 if number > 2 else "") if number > 1 else "",
        next=with_query(request, pagina=number + 1) if number < last else "",
    )


def with_query(request: Request, path: str = "", **changes: object) -> str:
    """This address with some of its query changed; an empty value takes its name away."""
    kept = {name: request.query_params.getlist(name) for name in request.query_params}
    return to(request, path or bare_path(request), **{**kept, **changes})


def tidied(request: Request) -> str:
    """This address without the fields that a form left empty; empty when there are none."""
    return with_query(request) if "" in request.query_params.values() else ""


def _asked(query: QueryParams) -> int:
    found = whole(query.get("pagina", "1"), most=9_999_999)
    return 1 if found is None else found
