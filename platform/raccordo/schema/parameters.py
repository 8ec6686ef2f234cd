"""The parameters of GraphQL over HTTP, from the body of a POST or the query of a GET."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import orjson

from raccordo.idempotency import KEY
from raccordo.language import Sentence
from raccordo.refusals import Refused
from raccordo.schema.asking import Question


class Unsuitable(Refused):
    """The request is no question; `status` says which way it is wrong in HTTP."""

    def __init__(self, code: str, sentence: Sentence, status: int = 400) -> None:
        super().__init__(code, sentence)
        self.status = status


def in_body(content_type: str, body: bytes) -> Question:
    """The question in the body of a POST; raises Unsuitable."""
    kind, _, parameters = content_type.partition(";")
    charset = parameters.partition("charset=")[2].strip(' "').lower()
    if kind.strip().lower() != "application/json" or charset not in ("", "utf-8", "utf8"):
        raise Unsuitable(
            "unsupported_media_type",
            Sentence("Il corpo di una richiesta POST è JSON in UTF-8, di tipo `application/json`."),
            415,
        )
    found = _json("body", body)
    if isinstance(found, list):
        raise Unsuitable("batch", Sentence("Una richiesta porta una sola interrogazione, non un elenco."))
    if not isinstance(found, dict):
        raise _wrong("body")
    return _question(found)


def in_query(query_string: bytes) -> Question:
    """The question in the address of a GET; raises Unsuitable."""
    try:
        parsed = parse_qs(query_string.decode("ascii"), errors="strict", max_num_fields=10)
    except ValueError:
        raise _wrong("query string") from None
    given: dict[str, Any] = {name: values[0] for name, values in parsed.items()}
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _json(name, given[name].encode())
    return _question(given, reads_only=True)


def key(header: str | None) -> str:
    """The key of `Idempotency-Key`, empty when there is none; raises Unsuitable."""
    if header is not None and not KEY.fullmatch(header):
        raise Unsuitable("wrong_key", Sentence("`Idempotency-Key` ha da 1 a 128 caratteri ASCII stampabili."))
    return header or ""


def _question(given: dict[str, Any], *, reads_only: bool = False) -> Question:
    query, name = given.get("query"), given.get("operationName")
    variables, extensions = given.get("variables"), given.get("extensions")
    if query is None or query == "":
        raise Unsuitable("missing_query", Sentence("Manca `query`: il testo dell’interrogazione."))
    for parameter, value, kind in (
        ("query", query, str),
        ("operationName", name, str | None),
        ("variables", variables, dict | None),
        ("extensions", extensions, dict | None),
    ):
        if not isinstance(value, kind):
            raise _wrong(parameter)
    return Question(query, variables or {}, name or None, reads_only)


def _json(what: str, text: bytes) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Unsuitable(
            "not_json", Sentence("`{what}` non è JSON, o è annidato troppo in profondità.", {"what": what})
        ) from None


def _wrong(what: str) -> Unsuitable:
    return Unsuitable("wrong_parameter", Sentence("`{what}` non è del tipo giusto.", {"what": what}))
