"""GraphQL stands behind the same frame: origin, actor, headers."""

from __future__ import annotations

from httpx2 import AsyncClient

from cast import PASTURO_OFFICER
from page import Page
from ui.conftest import ActAs

PUBLISH = """mutation {
  publishNeed(input: {title: "Un ponte", description: "Il ponte è vecchio."}) {
    __typename
    ... on Need { number }
    ... on Refusal { code }
  }
}"""


async def published(
    client: AsyncClient, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, object]]:
    answer = await client.post("/graphql", json={"query": PUBLISH}, headers=headers or {})
    body = answer.json()
    return answer.status_code, (body.get("data") or {}).get("publishNeed") or body


async def test_it_answers_a_question(client: AsyncClient) -> None:
    answer = await client.post("/graphql", json={"query": "{ municipalities(first: 1) { totalCount } }"})
    assert answer.json()["data"]["municipalities"]["totalCount"] == 1501
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_whoever_acts_on_pages_acts_there_too(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    _, need = await published(client)
    assert need["__typename"] == "Need"
    assert Page((await client.get(f"/bisogni/{need['number']}")).text).headings[0] == "Un ponte"


async def test_a_visitor_is_refused_there_too(client: AsyncClient) -> None:
    _, refusal = await published(client)
    assert refusal == {"__typename": "Refusal", "code": "officer_only"}


async def test_another_site_cannot_make_a_browser_write(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    status, body = await published(client, {"Sec-Fetch-Site": "cross-site"})
    assert status == 403
    assert "errors" in body


async def test_it_has_one_address(client: AsyncClient) -> None:
    for path in ("/en/graphql", "/graphql/x"):
        assert (await client.get(path)).status_code == 404
