"""The register on its page: for coordinators, in pages, filtered, without names."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient

from cast import COORDINATOR, LABORATORY, NEED, PASTURO_OFFICER
from page import Page
from questions import asked
from raccordo import needs
from raccordo.catalogue import Catalogue
from raccordo.models import AuditEntry
from raccordo.people import VISITOR, Actor
from raccordo_ui.paging import PER_PAGE
from ui.conftest import ActAs

pytestmark = pytest.mark.usefixtures("opened_database")


async def acts(count: int = 1) -> None:
    for _ in range(count):
        need = await needs.publish(PASTURO_OFFICER, NEED)
    await needs.withdraw(PASTURO_OFFICER, need.number, 1, "Non serve più.")


def numbers(page: Page) -> list[str]:
    rows = [element.words for element in page.all("td", class_="number")]
    return rows[::2]


async def test_it_says_who_did_what_for_whom_newest_first(client: AsyncClient, act_as: ActAs) -> None:
    await acts()
    act_as(COORDINATOR)
    page = Page((await client.get("/registro")).text)
    assert page.headings[0] == "Registro"
    assert numbers(page) == ["2", "1"]
    assert "PasturoDEMO OFFICER MUNICIPALITY:097065" in page.words  # one under the other


@pytest.mark.parametrize("actor", [VISITOR, PASTURO_OFFICER, LABORATORY], ids=lambda actor: actor.label)
@pytest.mark.parametrize("path", ["/registro", "/registro.csv", "/registro/verifica", "/en/registro"])
async def test_nobody_else_reads_it(client: AsyncClient, act_as: ActAs, actor: Actor, path: str) -> None:
    await acts()
    act_as(actor)
    answer = await client.get(path)
    assert answer.status_code == 403
    assert "MUNICIPALITY" not in answer.text


async def test_pages_follow_one_another_without_a_gap(client: AsyncClient, act_as: ActAs) -> None:
    await acts(PER_PAGE + 3)
    act_as(COORDINATOR)
    first = Page((await client.get("/registro")).text)
    await needs.publish(PASTURO_OFFICER, NEED)  # what is new moves nothing
    second = Page((await client.get(first.links["Più vecchie →"])).text)
    assert numbers(first) + numbers(second) == [str(n) for n in range(PER_PAGE + 4, 0, -1)]
    assert second.links["← Le ultime"] == "/registro"


@pytest.mark.parametrize(
    ("query", "found"),
    [("oggetto=need", 2), ("atto=withdraw", 1), ("oggetto=nee", 0), ("oggetto=need&atto=publish", 1)],
)
async def test_it_is_filtered_by_subject_and_act(
    client: AsyncClient, act_as: ActAs, query: str, found: int
) -> None:
    await acts()
    act_as(COORDINATOR)
    assert len(numbers(Page((await client.get(f"/registro?{query}")).text))) == found


async def test_one_thing_is_found_and_not_one_that_begins_like_it(client: AsyncClient, act_as: ActAs) -> None:
    await acts()
    subject = (await AuditEntry.get(number=1)).subject
    act_as(COORDINATOR)
    assert len(numbers(Page((await client.get(f"/registro?oggetto={subject}")).text))) == 2
    assert numbers(Page((await client.get(f"/registro?oggetto={subject[:-1]}")).text)) == []


@pytest.mark.parametrize("value", ["<b>", "a%00b", "x" * 200, "%25", "need%2012"])
async def test_a_filter_that_makes_no_sense_is_answered_beside_it(
    client: AsyncClient, act_as: ActAs, value: str
) -> None:
    act_as(COORDINATOR)
    answer = await client.get(f"/registro?oggetto={value}")
    assert answer.status_code == 422
    assert Page(answer.text).by_id("oggetto-problem").words.startswith("Si scrive come nel registro")
    assert (await client.get(f"/registro.csv?oggetto={value}")).status_code == 422


@pytest.mark.parametrize("value", ["-1", "x", "9" * 18, "9" * 40, "²"])
async def test_a_page_that_makes_no_sense_is_the_nearest(
    client: AsyncClient, act_as: ActAs, value: str
) -> None:
    await acts()
    act_as(COORDINATOR)
    assert numbers(Page((await client.get(f"/registro?prima={value}")).text)) == ["2", "1"]


async def test_the_sheet_has_the_same_rows(client: AsyncClient, act_as: ActAs) -> None:
    await acts()
    act_as(COORDINATOR)
    sheet = (await client.get("/registro.csv?atto=withdraw")).text.splitlines()
    assert sheet[0].endswith("number;at;person;acting_as;verb;subject;details")
    assert [row.split(";")[0] for row in sheet[1:]] == ["2"]


async def test_it_is_verified_when_asked(client: AsyncClient, act_as: ActAs) -> None:
    await acts()
    act_as(COORDINATOR)
    assert "È intero" in Page((await client.get("/registro/verifica")).text).words
    await AuditEntry.filter(number=1).update(verb="nothing")
    assert "La voce 1 è stata modificata." in Page((await client.get("/registro/verifica")).text).words


async def test_an_entry_that_was_tampered_with_is_still_shown(client: AsyncClient, act_as: ActAs) -> None:
    await acts()
    await AuditEntry.filter(number=1).update(at="ieri", acting_as="", subject="x", details="{")
    act_as(COORDINATOR)
    assert numbers(Page((await client.get("/registro")).text)) == ["2", "1"]
    assert (await client.get("/registro.csv")).status_code == 200


async def test_english_too(client: AsyncClient, act_as: ActAs) -> None:
    act_as(COORDINATOR)
    for path in ("/en/registro", "/en/registro/verifica"):
        assert Page((await client.get(path)).text).language == "en"


QUERY = """query ($first: Int, $after: String, $last: Int, $before: String, $verb: String! = "") {
  auditEntries(first: $first, after: $after, last: $last, before: $before, verb: $verb) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { number who } }
  }
}"""


async def page_of(client: AsyncClient, **window: object) -> dict[str, object]:
    answer = (await client.post("/graphql", json={"query": QUERY, "variables": window})).json()
    page = answer["data"]["auditEntries"]
    info = page["pageInfo"]
    return {
        "numbers": [edge["node"]["number"] for edge in page["edges"]],
        "more": (info["hasPreviousPage"], info["hasNextPage"]),
        "start": info["startCursor"],
        "end": info["endCursor"],
        "total": page["totalCount"],
    }


async def test_graphql_walks_it_forwards_and_backwards(client: AsyncClient, act_as: ActAs) -> None:
    await acts(4)
    act_as(COORDINATOR)
    first = await page_of(client, first=2)
    assert (first["numbers"], first["more"], first["total"]) == ([5, 4], (False, True), 5)
    second = await page_of(client, first=3, after=first["end"])
    assert (second["numbers"], second["more"]) == ([3, 2, 1], (True, False))
    last = await page_of(client, last=2)
    assert (last["numbers"], last["more"]) == ([2, 1], (True, False))
    assert (await page_of(client, last=2, before=last["start"]))["numbers"] == [4, 3]
    assert (await page_of(client, last=0))["numbers"] == (await page_of(client, first=0))["numbers"] == []
    assert (await page_of(client, verb="withdraw"))["numbers"] == [5]


async def test_graphql_has_the_same_right(client: AsyncClient, act_as: ActAs) -> None:
    await acts()
    for query in ("{ auditEntries { totalCount } }", "{ auditVerification { whole } }"):
        act_as(PASTURO_OFFICER)
        answer = (await client.post("/graphql", json={"query": query})).json()
        assert answer["errors"][0]["extensions"]["code"] == "read_audit_entry"
        act_as(COORDINATOR)
        assert "errors" not in (await client.post("/graphql", json={"query": query})).json()


async def test_two_verifications_in_one_request_are_too_many(current: Catalogue) -> None:
    answer = await asked(
        "{ a: auditVerification { whole } b: auditVerification { whole } }", actor=COORDINATOR
    )
    assert "costa" in str(answer)
