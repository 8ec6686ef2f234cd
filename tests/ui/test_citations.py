"""Citing a ranking: kept whole, checked by anybody, compared with today's, explained by the command."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from httpx2 import AsyncClient

import command
from cast import NEED, PASTURO_OFFICER
from page import Page
from raccordo import catalogue, citations, database, matches, needs
from raccordo.citations import Citation
from raccordo.models import AuditEntry, CitedRanking
from raccordo.people import VISITOR
from raccordo.refusals import NotAllowed, NotFound
from raccordo.settings import Mode, Settings
from raccordo_ui import cli
from ui.conftest import ActAs

plain_environment, prepared = command.plain_environment, command.prepared


@pytest.fixture
async def kept(client: AsyncClient, act_as: ActAs) -> Citation:
    act_as(PASTURO_OFFICER)
    need = await needs.publish(PASTURO_OFFICER, NEED)
    return await citations.cite(PASTURO_OFFICER, need.number)


async def test_a_citation_holds_the_whole_ranking(kept: Citation) -> None:
    picture = catalogue.current()
    ranking = matches.for_need(picture, picture.needs[kept.need])
    assert [one.laboratory for one in kept.matches] == [match.laboratory for match in ranking.matches]
    assert len(kept.matches) == len(picture.laboratories)
    for one, match in zip(kept.matches, ranking.matches, strict=True):
        assert (one.score, one.position, one.factors) == (match.score, match.level, match.factors)
        assert abs(sum(part.contribution for part in one.factors) - one.score) < 1e-9
    assert {topic.key for topic in picture.needs[kept.need].understanding.themes} == {
        key for key, _ in kept.understood["themes"]
    }


async def test_the_text_itself_is_not_kept(kept: Citation) -> None:
    [row] = await CitedRanking.all()
    assert NEED.description not in row.content
    assert re.fullmatch(r"[0-9a-f]{64}", kept.text_digest)


async def test_what_cannot_be_told_apart_stays_a_tie(client: AsyncClient, kept: Citation) -> None:
    places = [one.position for one in kept.matches]
    assert [one.tied for one in kept.matches] == [places.count(place) > 1 for place in places]
    assert any(one.tied for one in kept.matches)
    page = Page((await client.get(f"/citazioni/{kept.name}")).text)
    assert "a pari merito" in page.words
    assert "da confermare" in page.words


async def test_what_the_text_was_understood_as_is_told(client: AsyncClient, kept: Citation) -> None:
    page = Page((await client.get(f"/citazioni/{kept.name}")).text)
    picture = catalogue.current()
    for slug, _ in kept.understood["themes"]:
        assert picture.themes[slug].label_it in page.words
    labels = {concept.slug: concept.label_it for concept in picture.lexicon.concepts}
    assert labels[kept.understood["concepts"][0][0]] in page.words


async def test_a_citation_of_before_ties_were_kept_reads_them_from_its_scores(kept: Citation) -> None:
    [row] = await CitedRanking.all()
    content = json.loads(row.content)
    for place, one in enumerate(content["matches"], start=1):
        del one["tied"], one["recalled"]
        one["position"] = place
    row.content = json.dumps(content)
    await row.save()
    old = await citations.find(kept.name)
    assert [one.position for one in old.matches] == [one.position for one in kept.matches]
    assert [one.tied for one in old.matches] == [one.tied for one in kept.matches]
    assert {one.recalled for one in old.matches} == {None}


async def test_citing_twice_keeps_one_and_says_it_once(kept: Citation) -> None:
    again = await citations.cite(PASTURO_OFFICER, kept.need)
    assert (again.name, again.cited_at) == (kept.name, kept.cited_at)
    assert await CitedRanking.all().count() == 1
    assert await AuditEntry.filter(verb="cite_ranking", subject=f"need:{kept.need}").count() == 1


async def test_today_is_the_same_until_something_changes(kept: Citation) -> None:
    same = await citations.compare(catalogue.current(), kept)
    assert (same.differs, same.causes, same.moves) == (False, (), ())
    other = replace(NEED, title="Le stelle", description="I ragazzi guardano le stelle dal prato.")
    await needs.revise(PASTURO_OFFICER, kept.need, 1, other)
    changed = await citations.compare(catalogue.current(), kept)
    assert changed.differs
    assert "il testo del bisogno" in [one.say("it") for one in changed.causes]
    first = kept.matches[0]
    assert first.name in [move.name for move in changed.moves]
    now = matches.for_need(catalogue.current(), catalogue.current().needs[kept.need])
    positions = {match.laboratory: match.level for match in now.matches}
    by_name = {one.name: one for one in kept.matches}
    for move in changed.moves:
        assert move.now == positions[by_name[move.name].laboratory]
        assert move.then == by_name[move.name].position


async def test_what_does_not_touch_the_ranking_is_told_as_such(kept: Citation) -> None:
    await needs.publish(PASTURO_OFFICER, replace(NEED, title="Un altro bisogno"))
    today = await citations.compare(catalogue.current(), kept)
    assert not today.differs
    assert [one.say("it") for one in today.causes] == ["i dati pubblicati"]
    assert today.snapshot_id != kept.snapshot_id


async def test_a_citation_outlives_its_need(client: AsyncClient, kept: Citation) -> None:
    await needs.withdraw(PASTURO_OFFICER, kept.need, 1, "Risolto")
    page = Page((await client.get(f"/citazioni/{kept.name}")).text)
    assert "è stato ritirato" in page.words
    assert kept.matches[0].name in page.words
    with pytest.raises(NotFound):
        await citations.cite(PASTURO_OFFICER, kept.need)


async def test_visitors_read_and_do_not_cite(client: AsyncClient, act_as: ActAs, kept: Citation) -> None:
    act_as(VISITOR)
    with pytest.raises(NotAllowed):
        await citations.cite(VISITOR, kept.need)
    assert (await client.get(f"/citazioni/{kept.name}")).status_code == 200
    assert "Cita questa classifica" not in Page((await client.get(f"/bisogni/{kept.need}")).text).words


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["it", "en"])
async def test_the_button_leads_to_the_page(client: AsyncClient, act_as: ActAs, prefix: str) -> None:
    act_as(PASTURO_OFFICER)
    answer = await client.post(f"{prefix}/bisogni/28/cita", data={"then": ""})
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert re.fullmatch(prefix + r"/citazioni/[0-9a-f]{16}-28", where)
    page = Page((await client.get(where)).text)
    assert page.headings[0] == ("Cited ranking" if prefix else "Classifica citata")


@pytest.mark.parametrize("name", ["nessuno", "x" * 1500, "0000000000000000-28", "a%20b"])
async def test_an_unknown_code_is_a_page(client: AsyncClient, kept: Citation, name: str) -> None:
    assert (await client.get(f"/citazioni/{name}")).status_code == 404


async def test_programs_read_all_of_it(client: AsyncClient, kept: Citation) -> None:
    query = """query($name: String!) { citation(name: $name) { snapshotId weights { factor weight }
      matches(first: 100) { totalCount edges { node { position score factors { contribution } } } }
      today { differs moves { totalCount } } } }"""
    answer = await client.post("/graphql", json={"query": query, "variables": {"name": kept.name}})
    found = answer.json()["data"]["citation"]
    assert found["matches"]["totalCount"] == len(kept.matches)
    assert [edge["node"]["score"] for edge in found["matches"]["edges"]] == [
        one.score for one in kept.matches[:100]
    ]
    assert found["today"] == {"differs": False, "moves": {"totalCount": 0}}
    weights = {one["factor"]: one["weight"] for one in found["weights"]}
    assert abs(sum(weights.values()) - weights["feedback"] - 1) < 1e-9


@pytest.mark.usefixtures("plain_environment")
def test_the_command_explains_factor_by_factor(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = asyncio.run(_cited(prepared))
    assert cli.main(["explain", name, "--most", "2"]) == 0
    said = capsys.readouterr().out
    parts = [float(found) for found in re.findall(r" = (0\.\d{9})$", said, re.MULTILINE)]
    [first, second] = [float(found) for found in re.findall(r"^ +\d+\. (0\.\d{9}) ", said, re.MULTILINE)]
    assert abs(sum(parts) - first - second) < 1e-6
    assert "la stessa classifica" in said
    assert cli.main(["explain", "nessuno"]) == 1


async def _cited(folder: Path) -> str:
    async with database.opened(Settings(mode=Mode.DEMO, data=folder)):
        await catalogue.open_catalogue()
        return (await citations.cite(PASTURO_OFFICER, 28)).name
