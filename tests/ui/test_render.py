"""With htmx only the block whose name is the target's id comes back; otherwise the whole page."""

from __future__ import annotations

import pytest
from httpx2 import AsyncClient


def htmx(target: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Target": target}


async def test_htmx_gets_only_the_block_it_aims_at(client: AsyncClient) -> None:
    answer = await client.get("/bisogni", headers=htmx("section#results"))
    assert answer.text.strip().startswith('<section id="results"')
    assert answer.text.strip().endswith("</section>")


@pytest.mark.parametrize("target", ["body", "section#nothing", "section", "", "section#content block"])
async def test_any_other_target_gets_the_whole_page(client: AsyncClient, target: str) -> None:
    assert (await client.get("/bisogni", headers=htmx(target))).text.startswith("<!doctype html>")


async def test_without_htmx_a_target_means_nothing(client: AsyncClient) -> None:
    answer = await client.get("/bisogni", headers={"HX-Target": "section#results"})
    assert answer.text.startswith("<!doctype html>")


async def test_the_block_is_exactly_a_part_of_the_page(client: AsyncClient) -> None:
    whole = (await client.get("/bisogni?tema=strade-ponti")).text
    block = (await client.get("/bisogni?tema=strade-ponti", headers=htmx("section#results"))).text
    assert block.strip() in whole
