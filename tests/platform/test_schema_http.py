"""GraphQL over HTTP: statuses, media types, broken requests, faults that stay ours."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st

from questions import asked
from raccordo import catalogue, municipalities
from raccordo.catalogue import Catalogue
from raccordo.people import VISITOR, Actor
from raccordo.schema import Context, GraphQLEndpoint, Question, ask
from raccordo.schema.context import SECONDS
from raccordo.schema.endpoint import GRAPHQL, JSON, accepted
from raccordo.schema.limits import BODY
from services.graphql_audit import audit

ROLE = {"query": "{ me { role } }"}


@pytest.fixture
def picture(loaded_file: tuple[Path, Catalogue], monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """What ships is what is published, without a database."""
    monkeypatch.setattr(catalogue, "_current", loaded_file[1])
    return loaded_file[1]


@pytest.fixture
async def door(picture: Catalogue) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=GraphQLEndpoint())
    async with httpx2.AsyncClient(transport=transport, base_url="http://raccordo") as client:
        yield client


@pytest.fixture
def address(picture: Catalogue) -> Iterator[str]:
    """The endpoint behind a real server, for programs that are not Python."""
    server = uvicorn.Server(
        uvicorn.Config(GraphQLEndpoint(), port=0, log_level="error", lifespan="off", ws="none")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/graphql"
    server.should_exit = True
    thread.join()


def test_the_audit_finds_nothing(address: str) -> None:
    findings = audit(address)
    assert [finding for finding in findings if finding.status != "ok"] == []
    assert len(findings) == 61


async def test_a_question_is_answered_over_post(door: httpx2.AsyncClient) -> None:
    answer = await door.post("/graphql", json=ROLE)
    assert answer.status_code == 200
    assert answer.json() == {"data": {"me": {"role": "VISITOR"}}, "extensions": {"cost": 2}}


async def test_a_question_is_answered_over_get(door: httpx2.AsyncClient) -> None:
    query = "query ($code: String!) { municipality(istatCode: $code) { name } }"
    answer = await door.get("/graphql", params={"query": query, "variables": '{"code": "097042"}'})
    assert answer.json()["data"] == {"municipality": {"name": "Lecco"}}


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
async def test_nothing_is_changed_over_get(door: httpx2.AsyncClient, accept: str) -> None:
    query = "mutation { withdrawNeed(number: 1, version: 1) { __typename } }"
    answer = await door.get("/graphql", params={"query": query}, headers={"accept": accept})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")
    assert answer.json()["errors"][0]["extensions"]["code"] == "post_only"


async def test_a_mutation_hidden_behind_a_query_is_not_run_over_get(door: httpx2.AsyncClient) -> None:
    query = "query A { me { role } } mutation B { withdrawNeed(number: 1, version: 1) { __typename } }"
    answer = await door.get("/graphql", params={"query": query, "operationName": "B"})
    assert answer.status_code == 405


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_are_refused(door: httpx2.AsyncClient, method: str) -> None:
    answer = await door.request(method, "/graphql")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_json"),
        (b'{"query"', "not_json"),
        (b"[" * 100_000, "body_too_large"),
        (b"[" * 5_000 + b"]" * 5_000, "not_json"),
        (b'{"query": "{ me { role } }", "variables": ' + b'{"a":' * 3_000 + b"1" + b"}" * 3_001, "not_json"),
        (b'{"query": "\xff"}', "not_json"),
        (b'{"query": "\\ud800"}', "not_json"),
        (b'[{"query": "{ me { role } }"}]', "batch"),
        (b'"query"', "wrong_parameter"),
        (b"null", "wrong_parameter"),
        (b"{}", "missing_query"),
        (b'{"query": ""}', "missing_query"),
        (b'{"query": 1}', "wrong_parameter"),
        (b'{"query": "{ me { role } }", "variables": []}', "wrong_parameter"),
        (b'{"query": "{ me { role } }", "operationName": 1}', "wrong_parameter"),
        (b'{"query": "{ me { role } }", "operationName": "Other"}', "unknown_operation"),
        (b'{"query": "query A { me { role } } query B { me { role } }"}', "which_operation"),
        (b'{"query": "fragment A on Actor { role }"}', "which_operation"),
        (b'{"query": "{...A} fragment A on Query {...A}"}', "fragment_cycle"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[:40].decode("latin-1"),
)
async def test_a_broken_request_says_what_is_wrong(door: httpx2.AsyncClient, body: bytes, code: str) -> None:
    answer = await door.post("/graphql", content=body, headers={"content-type": JSON})
    found = answer.json()["errors"][0]["extensions"]["code"]
    if code == "which_operation" and b"fragment" in body:
        code = "invalid_query"  # an unused fragment is what GraphQL's own rules see first
    assert (found, "data" in answer.json()) == (code, False)
    assert 200 <= answer.status_code < 500


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                     "application/json; charset=utf-16", "application/graphql"],
)  # fmt: skip
async def test_only_json_is_taken(door: httpx2.AsyncClient, content_type: str) -> None:
    answer = await door.post(
        "/graphql", content=b'{"query":"{me{role}}"}', headers={"content-type": content_type}
    )
    assert answer.status_code == 415


async def test_a_body_of_the_limit_passes_and_one_byte_more_does_not(door: httpx2.AsyncClient) -> None:
    def body(size: int) -> bytes:
        start = b'{"query": "{ me { role } }", "extensions": {"a": "'
        return start + b"x" * (size - len(start) - 3) + b'"}}'

    headers = {"content-type": JSON}
    assert (await door.post("/graphql", content=body(BODY), headers=headers)).status_code == 200
    assert (await door.post("/graphql", content=body(BODY + 1), headers=headers)).status_code == 413


@pytest.mark.parametrize(
    "query", ["variables={", "query=%ff", "query={me{role}}&variables=[]", "", "&" * 50 + "query=x"]
)
async def test_a_broken_address_is_refused(door: httpx2.AsyncClient, query: str) -> None:
    answer = await door.get(f"/graphql?{query}", headers={"accept": GRAPHQL})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("header", "media"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", GRAPHQL),
        (f"{JSON}, {GRAPHQL};q=0.5", JSON),
        (f"{GRAPHQL};q=bad", None),
        ("text/html", None),
        ("text/html;q=1, */*;q=0.1", JSON),
        (f"{JSON};q=0", None),
    ],
)
def test_the_answer_comes_in_what_the_client_prefers(header: str, media: str | None) -> None:
    assert accepted(header) == media


async def test_who_takes_no_json_is_told_so(door: httpx2.AsyncClient) -> None:
    answer = await door.post("/graphql", json=ROLE, headers={"accept": "text/html"})
    assert answer.status_code == 406


@pytest.mark.parametrize(
    ("header", "start"),
    [("", "Nessun"), ("en-GB,en;q=0.9", "No "), ("de, en;q=0.5, it;q=0.4", "No "), ("en;q=x", "Nessun")],
)
async def test_messages_follow_the_language_of_the_request(
    door: httpx2.AsyncClient, header: str, start: str
) -> None:
    asked_for = {"query": '{ province(istatCode: "x") { name } }'}
    answer = await door.post("/graphql", json=asked_for, headers={"accept-language": header})
    assert answer.json()["errors"][0]["message"].startswith(start)


async def test_whoever_mounts_it_tells_who_acts_and_in_which_language(picture: Catalogue) -> None:
    endpoint = GraphQLEndpoint(
        actor_of=lambda connection: Actor(laboratory=connection.headers["x-laboratory"]),
        language_of=lambda _: "en",
    )
    transport = httpx2.ASGITransport(app=endpoint)
    async with httpx2.AsyncClient(transport=transport, base_url="http://raccordo") as client:
        query = '{ me { laboratory { slug } } province(istatCode: "x") { name } }'
        answer = await client.post("/graphql", json={"query": query}, headers={"x-laboratory": "infralab"})
    assert answer.json()["data"]["me"] == {"laboratory": {"slug": "infralab"}}
    assert answer.json()["errors"][0]["message"].startswith("No ")


@given(st.binary(max_size=200))
async def test_no_body_is_a_fault_of_ours(loaded_file: tuple[Path, Catalogue], body: bytes) -> None:
    catalogue._current = loaded_file[1]
    try:
        transport = httpx2.ASGITransport(app=GraphQLEndpoint())
        async with httpx2.AsyncClient(transport=transport, base_url="http://raccordo") as client:
            answer = await client.post("/graphql", content=body, headers={"content-type": JSON})
    finally:
        catalogue._current = None
    assert 400 <= answer.status_code < 500


VARIABLES = st.dictionaries(
    st.sampled_from(["n", "first", "after", "code", "filter"]),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers(), max_size=2),
)
QUERY = """query ($n: Int, $first: Int, $after: String, $code: String!, $filter: NeedFilter) {
  need(number: $n) { title } needs(first: $first, after: $after, filter: $filter) { totalCount }
  municipality(istatCode: $code) { name } node(id: "x") { id } }"""


@given(VARIABLES)
async def test_no_variables_are_a_fault_of_ours(
    loaded_file: tuple[Path, Catalogue], variables: dict[str, Any]
) -> None:
    query = QUERY.replace("number: $n", "number: 1").replace("$n: Int, ", "")
    body = await asked(query, loaded_file[1], **variables)
    assert "internal" not in [error["extensions"]["code"] for error in body.get("errors", [])]


async def test_a_fault_is_masked_and_logged_under_its_number(
    picture: Catalogue, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("the secret of the house")

    monkeypatch.setattr(municipalities, "find", broken)
    with caplog.at_level(logging.ERROR, "raccordo.graphql"):
        body = await asked('{ municipality(istatCode: "097042") { name } me { role } }', picture)
    [error] = body["errors"]
    assert body["data"] == {"municipality": None, "me": {"role": "VISITOR"}}
    assert "secret" not in str(body)
    assert error["extensions"]["reference"] in error["message"]
    assert error["extensions"]["reference"] in caplog.text
    assert "the secret of the house" in caplog.text


async def test_a_fault_outside_resolvers_is_masked_too(
    picture: Catalogue, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("the secret of the house")

    monkeypatch.setattr("raccordo.schema.asking.execute", broken)
    answer = await ask(Question("{ me { role } }", {}), Context())
    assert (answer.status, answer.body["errors"][0]["extensions"]["code"]) == (500, "internal")
    assert "secret" not in str(answer.body)
    assert "secret" in caplog.text


async def test_what_takes_too_long_is_stopped(picture: Catalogue) -> None:
    context = Context(deadline=0.0)
    query = "{ needs(first: 100) { edges { node { matches(first: 1) { totalCount } } } } }"
    answer = await ask(Question(query, {}), context)
    assert answer.body["errors"][0]["extensions"]["code"] == "too_slow"
    assert str(int(SECONDS)) in answer.body["errors"][0]["message"]


async def test_waiting_too_long_is_stopped_as_well(
    picture: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_: object) -> dict[int, str]:
        await asyncio.sleep(60)
        return {}

    monkeypatch.setattr("raccordo.needs.descriptions", never)
    context = Context(actor=VISITOR)
    context.deadline -= SECONDS - 0.2
    answer = await ask(Question("{ needs(first: 1) { edges { node { description } } } }", {}), context)
    assert answer.body["errors"][0]["extensions"]["code"] == "too_slow"
