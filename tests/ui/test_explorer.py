"""The explorer: an address asks, only the form changes; limits and refusals are those of the endpoint."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from httpx2 import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from cast import NEED, PASTURO_OFFICER
from page import Page
from raccordo import catalogue
from raccordo.catalogue import Catalogue
from raccordo.schema import examples
from raccordo_ui.explorer import SHOWN
from raccordo_ui.schema_reference import entry, index
from ui.conftest import ActAs

PUBLISH = f"""mutation {{
  publishNeed(input: {{title: "{NEED.title}", description: "{NEED.description}"}}) {{
    __typename
    ... on Need {{ number }}
    ... on Refusal {{ code }}
  }}
}}"""


def address(query: str, variables: str = "") -> str:
    return "/interroga?" + urlencode({"query": query, "variables": variables})


def answered(text: str) -> dict[str, object]:
    found = Page(text).by_id("answer").text
    parsed = json.JSONDecoder().raw_decode(found[found.index("{") :])[0]
    assert isinstance(parsed, dict)
    return parsed


async def test_it_opens_with_an_example_that_is_not_run_yet(client: AsyncClient) -> None:
    page = Page((await client.get("/interroga")).text)
    assert page.form()["query"].strip() == examples()[0].query.strip()
    assert page.all("pre") == []


async def test_an_address_shows_the_question_and_its_answer(client: AsyncClient, current: Catalogue) -> None:
    answer = await client.get(address("{ catalogue { version } }"))
    assert answered(answer.text)["data"] == {"catalogue": {"version": current.version}}
    assert Page(answer.text).form()["query"] == "{ catalogue { version } }"


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
async def test_every_example_answers_from_its_link(client: AsyncClient, example: object) -> None:
    page = Page((await client.get("/interroga")).text)
    answer = await client.get(page.links[getattr(example, "title_it")])  # noqa: B009  # an Example, for ids
    assert "errors" not in answered(answer.text)


async def test_an_address_never_changes_anything(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    before = catalogue.current().version
    answer = await client.get(address(PUBLISH))
    assert "errors" in answered(answer.text)
    assert catalogue.current().version == before


async def test_the_form_changes_what_the_actor_may_change(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    before = len(catalogue.current().needs)
    answer = await client.post("/interroga", data={"query": PUBLISH, "variables": ""})
    assert "Need" in str(answered(answer.text)["data"])
    assert len(catalogue.current().needs) == before + 1


async def test_a_visitor_is_refused_as_on_any_page(client: AsyncClient) -> None:
    before = len(catalogue.current().needs)
    answer = await client.post("/interroga", data={"query": PUBLISH})
    assert "officer_only" in answer.text
    assert len(catalogue.current().needs) == before


async def test_another_site_cannot_send_the_form(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = await client.post("/interroga", data={"query": PUBLISH}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("variables", ["[", "[]", "3", '"x"', "{]", "[" * 2000])
async def test_variables_that_cannot_be_read_are_refused_and_kept(
    client: AsyncClient, variables: str
) -> None:
    answer = await client.post("/interroga", data={"query": "{ me { role } }", "variables": variables})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert "variables" in page.alerts
    assert page.form()["variables"] == variables


async def test_an_empty_question_is_refused(client: AsyncClient) -> None:
    answer = await client.post("/interroga", data={"query": "", "variables": ""})
    assert answer.status_code == 422
    assert "query" in Page(answer.text).alerts


async def test_the_query_that_stalls_others_is_refused_here_too(client: AsyncClient) -> None:
    nested = (
        "".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }} " for n in range(25))
        + "fragment f25 on Query { me { role } } { ...f0 }"
    )
    answer = await client.post("/interroga", data={"query": nested})
    assert "errors" in answered(answer.text)


async def test_markup_in_a_question_stays_text(client: AsyncClient) -> None:
    text = (await client.get(address("{ x<script>alert(1)</script> }"))).text
    assert "<script>alert" not in text


async def test_a_long_answer_is_cut_and_the_page_stays_light(client: AsyncClient) -> None:
    query = """{ municipalities(first: 100) { edges { node { istatCode name population areaKm2 source
      cadastralCode density shareOver65 place { latitude longitude } province { name } } } } }"""
    answer = await client.get(address(query))
    assert len(Page(answer.text).all("pre")[0].text) == SHOWN
    assert "caratteri: qui ci sono i primi" in Page(answer.text).words


async def test_htmx_gets_only_the_answer(client: AsyncClient) -> None:
    headers = {"HX-Request": "true", "HX-Target": "section#answer"}
    answer = await client.post("/interroga", data={"query": "{ me { role } }"}, headers=headers)
    assert answer.text.lstrip().startswith('<section id="answer"')


async def test_every_type_of_the_schema_has_a_page_that_explains_it(client: AsyncClient) -> None:
    page = Page((await client.get("/interroga/schema")).text)
    names = [one.name for _, entries in index() for one in entries]
    assert {"Query", "Mutation", "Need", "Municipality", "NeedFilter", "Band"} <= set(names)
    addresses = {link.attributes["href"] for link in page.all("a")}
    for name in names:
        assert f"/interroga/schema/{name}" in addresses
        answer = await client.get(f"/interroga/schema/{name}")
        assert (answer.status_code, len(answer.content) < 50_000) == (200, True), name


async def test_a_type_that_does_not_exist_is_said(client: AsyncClient) -> None:
    assert (await client.get("/interroga/schema/Nothing")).status_code == 404


def test_a_field_keeps_its_arguments_and_defaults() -> None:
    query = entry("Query")
    assert query is not None
    needs = next(field for field in query.fields if field.name == "needs")
    assert needs.type_name == "NeedConnection"
    assert [one.default for one in needs.arguments if one.name == "orderBy"] == ["NEWEST"]
    assert all(field.description for field in query.fields)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=some.text(max_size=80), variables=some.text(max_size=40))
async def test_whatever_is_asked_gets_an_answer(client: AsyncClient, query: str, variables: str) -> None:
    sent = urlencode({"query": query, "variables": variables}, errors="replace")
    for answer in (
        await client.get(f"/interroga?{sent}"),
        await client.post(
            "/interroga", content=sent, headers={"content-type": "application/x-www-form-urlencoded"}
        ),
    ):
        assert answer.status_code in (200, 422)
