"""The language of a request is the start of its address: `/en/...` is English, everything else Italian."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import HTTPConnection

from raccordo.language import DEFAULT

PREFIXES = {"it": "", "en": "/en"}


def language_of(connection: HTTPConnection) -> str:
    path = connection.scope["path"]
    return "en" if path == "/en" or path.startswith("/en/") else DEFAULT


def bare_path(connection: HTTPConnection) -> str:
    """The path as it would be in Italian."""
    path: str = connection.scope["path"]
    return path[len(PREFIXES[language_of(connection)]) :] or "/"


def address(language: str, path: str, **query: object) -> str:
    """The address of a page in `language`; what is empty in `query` is left out.

    >>> address("en", "/bisogni", tema="ponti", testo="", pagina=2)
    '/en/bisogni?tema=ponti&pagina=2'
    """
    kept = [(name, item) for name, value in query.items() for item in _items(value)]
    return PREFIXES[language] + path + (f"?{urlencode(kept)}" if kept else "")


def _items(value: object) -> list[object]:
    items = value if isinstance(value, list | tuple) else (value,)
    return [item for item in items if item not in ("", None)]


def to(connection: HTTPConnection, path: str, **query: object) -> str:
    """The address of a page in the language in which the request was made."""
    return address(language_of(connection), path, **query)


def other_language(connection: HTTPConnection) -> tuple[str, str]:
    """The language that this page is not in, and the address of this page, with its filters, in it."""
    language = "it" if language_of(connection) == "en" else "en"
    query = connection.scope["query_string"].decode("latin-1")
    return language, address(language, bare_path(connection)) + (f"?{query}" if query else "")


def other_page(connection: HTTPConnection, path: str, **query: object) -> str:
    """The address of a page in the language that this one is not in, where this one's own cannot be asked again."""
    return address(other_language(connection)[0], path, **query)


def local_address(asked: str) -> str:
    """An address of this site, or nothing: nobody is sent elsewhere."""
    plain = asked.isascii() and asked.isprintable() and "\\" not in asked
    return asked if plain and asked.startswith("/") and not asked.startswith("//") else ""
