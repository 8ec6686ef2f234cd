"""The words that speak for a match are marked in both texts, and the way through the graph is a sentence."""

from __future__ import annotations

import re
from html import unescape

from httpx2 import AsyncClient
from hypothesis import given
from hypothesis import strategies as st

from page import Page
from raccordo import catalogue, matches
from raccordo_graph.text import fold
from raccordo_ui.marking import marked, words_of_laboratory, words_of_need

NEED = 28
SHOWN = 5


@given(st.text(max_size=200), st.lists(st.text(max_size=12), max_size=4))
def test_a_marked_text_is_the_same_text(text: str, words: list[str]) -> None:
    parts = marked(text, words)
    assert "".join(part.text for part in parts) == text
    wanted = {fold(found) for word in words for found in re.findall(r"[^\W_]+", word)}
    assert all(fold(part.text) in wanted for part in parts if part.marked)
    assert not any(
        fold(found) in wanted
        for part in parts
        if not part.marked
        for found in re.findall(r"[^\W_]+", part.text)
    )


def _marks(page: str) -> set[str]:
    return {fold(unescape(found)) for found in re.findall(r"<mark>(.*?)</mark>", page)}


async def test_the_need_shows_the_words_from_which_its_laboratories_come(client: AsyncClient) -> None:
    picture = catalogue.current()
    ranked = matches.for_need(picture, picture.needs[NEED]).matches[:SHOWN]
    spoken = {fold(part) for word in words_of_need(one.reasons for one in ranked) for part in word.split()}
    marks = _marks((await client.get(f"/bisogni/{NEED}")).text)
    assert marks
    assert marks <= spoken


async def test_the_laboratory_shows_its_own_words_for_the_need_one_comes_from(client: AsyncClient) -> None:
    picture = catalogue.current()
    ranked = matches.for_need(picture, picture.needs[NEED]).matches
    best = next(one for one in ranked if words_of_laboratory(one.reasons))
    page = Page((await client.get(f"/bisogni/{NEED}")).text)
    there = f"/laboratori/{best.laboratory}?bisogno={NEED}"
    assert there in page.links.values()
    text = (await client.get(there)).text
    assert _marks(text) <= {fold(part) for word in words_of_laboratory(best.reasons) for part in word.split()}
    assert _marks(text)
    words = Page(text).words
    assert best.reasons.sentence_it in words
    assert best.reasons.way_it in words
    assert "<mark>" not in (await client.get(f"/laboratori/{best.laboratory}")).text


async def test_a_need_that_is_not_published_is_said(client: AsyncClient) -> None:
    slug = next(iter(catalogue.current().laboratories))
    for gone in ("999999", "x", "9" * 400, "-1"):
        answer = await client.get(f"/laboratori/{slug}", params={"bisogno": gone})
        assert answer.status_code == 200
        assert f"Il bisogno {gone[:40]} non è pubblicato" in Page(answer.text).words


async def test_the_way_is_a_sentence_on_the_page_and_for_programs(client: AsyncClient) -> None:
    picture = catalogue.current()
    first = matches.for_need(picture, picture.needs[NEED]).matches[0].reasons
    assert first.way_it in Page((await client.get(f"/bisogni/{NEED}")).text).words
    assert first.way_en in Page((await client.get(f"/en/bisogni/{NEED}")).text).words
    query = f"{{ need(number: {NEED}) {{ matches(first: 1) {{ edges {{ node {{ reasons {{ wayIt wayEn }} }} }} }} }} }}"
    answer = await client.post("/graphql", json={"query": query})
    reasons = answer.json()["data"]["need"]["matches"]["edges"][0]["node"]["reasons"]
    assert reasons == {"wayIt": first.way_it, "wayEn": first.way_en}
