"""Long lists in pages with addresses of their own."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from raccordo_ui.paging import paged, with_query


def asking(query: str, path: str = "/bisogni") -> Request:
    return Request({"type": "http", "path": path, "query_string": query.encode(), "headers": []})


@pytest.mark.parametrize(
    ("query", "items"),
    [("", (0, 1)), ("pagina=2", (2, 3)), ("pagina=3", (4,)), ("pagina=9", (4,)), ("pagina=-1", (0, 1))],
)
def test_a_page_holds_its_part(query: str, items: tuple[int, ...]) -> None:
    assert paged(asking(query), range(5), per_page=2).items == items


def test_it_counts_from_one() -> None:
    page = paged(asking("pagina=2"), range(5), per_page=2)
    assert (page.first, page.until, page.total, page.number, page.last) == (3, 4, 5, 2, 3)


def test_nothing_is_one_empty_page() -> None:
    nobody: list[str] = []
    page = paged(asking(""), nobody, per_page=2)
    assert (page.items, page.first, page.until, page.last, page.previous, page.next) == ((), 0, 0, 1, "", "")


def test_the_first_page_has_the_plain_address() -> None:
    page = paged(asking("tema=x&pagina=2"), range(5), per_page=2)
    assert (page.previous, page.next) == ("/bisogni?tema=x", "/bisogni?tema=x&pagina=3")


def test_changing_one_filter_keeps_the_others_and_the_language() -> None:
    request = asking("a=1&a=2&b=%26", "/en/bisogni")
    assert with_query(request, b="") == "/en/bisogni?a=1&a=2"
    assert with_query(request, "/bisogni.csv", c="3") == "/en/bisogni.csv?a=1&a=2&b=%26&c=3"
