"""One need: what it says, who can help and why, who has the same need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from httpx2 import AsyncClient

from cast import BALLABIO_OFFICER, COORDINATOR, LABORATORY, NEED, PASTURO_OFFICER
from page import Page
from raccordo import matches, needs
from raccordo.catalogue import Catalogue
from raccordo_graph import Band
from raccordo_ui.need_cards import deadline_words
from ui.conftest import ActAs


async def shown(client: AsyncClient, number: int, prefix: str = "") -> Page:
    return Page((await client.get(f"{prefix}/bisogni/{number}")).text)


async def test_it_shows_the_whole_text_and_its_owner(client: AsyncClient) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    page = await shown(client, need.number)
    assert page.headings[0] == NEED.title
    assert NEED.description in page.words
    assert "Pasturo" in page.links


async def test_laboratories_come_in_the_order_of_the_ranking(client: AsyncClient, current: Catalogue) -> None:
    page = await shown(client, 1)
    ranking = matches.for_need(current, current.needs[1])
    names = [current.laboratories[match.laboratory].name for match in ranking.matches[:5]]
    assert [heading for heading in page.headings if any(name in heading for name in names)] == [
        f"{match.level}. {name}" for match, name in zip(ranking.matches, names, strict=False)
    ]


async def test_a_card_says_who_why_where_when_and_then_how_much(
    client: AsyncClient, current: Catalogue
) -> None:
    first = matches.for_need(current, current.needs[1]).matches[0]
    card = (await shown(client, 1)).all("li", class_="match")[0].words
    order = [
        current.laboratories[first.laboratory].name,
        first.reasons.sentence_it,
        "Dove",
        "Posti liberi da chiedere",
        "abbinamento",
        f"{first.score:.2f}".replace(".", ","),
    ]
    places = [card.index(part) for part in order]
    assert places == sorted(places)


async def test_the_factors_are_a_table_that_adds_up(client: AsyncClient) -> None:
    page = await shown(client, 1)
    card = page.all("li", class_="match")[0].words
    assert "Fattore Valore Peso Contributo" in card
    assert "parole in comune" in card


async def test_a_recalled_laboratory_is_to_be_confirmed(client: AsyncClient, current: Catalogue) -> None:
    for need in current.needs.values():
        first = matches.for_need(current, need).matches[0]
        if current.laboratories[first.laboratory].recalled and first.band is not Band.NONE:
            card = (await shown(client, need.number)).all("li", class_="match")[0].words
            assert "da confermare" in card
            return
    pytest.fail("no example need has a recalled laboratory first")


async def test_an_example_is_not_a_request(client: AsyncClient) -> None:
    assert "esempio, non una richiesta" in (await shown(client, 1)).words


async def test_a_real_need_is_not_called_an_example(client: AsyncClient) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    article = (await shown(client, need.number)).all("article")[0].words
    assert "esempio" not in article


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (date(2026, 6, 30), "scaduto: chiusura e rendicontazione"),
        (date(2026, 11, 22), "entro il 22 novembre 2026"),
        (date(2027, 1, 31), "entro il 31 gennaio 2027"),
        (None, ""),
    ],
)
def test_a_past_deadline_never_invites_to_begin(deadline: date | None, words: str) -> None:
    assert deadline_words(deadline, date(2026, 11, 22), "it") == words


async def test_neighbours_with_the_same_need_stand_beside_it(client: AsyncClient) -> None:
    mine = await needs.publish(PASTURO_OFFICER, NEED)
    theirs = await needs.publish(BALLABIO_OFFICER, replace(NEED, title="Il ponte dei camion sul torrente"))
    page = await shown(client, mine.number)
    assert page.links["Il ponte dei camion sul torrente"] == f"/bisogni/{theirs.number}"
    assert "Ballabio · confine di" in page.words


async def test_it_names_the_snapshot_it_was_computed_from(client: AsyncClient, current: Catalogue) -> None:
    assert matches.snapshot_id(current) in (await shown(client, 1)).words


@pytest.mark.parametrize("actor", [None, BALLABIO_OFFICER, LABORATORY])
async def test_strangers_are_not_offered_to_change_it(
    client: AsyncClient, act_as: ActAs, actor: object
) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    if actor:
        act_as(actor)  # type: ignore[arg-type]  # one of the cast
    links = (await shown(client, need.number)).links
    assert "Modifica" not in links
    assert "Ritira" not in links


async def test_a_coordinator_may_withdraw_but_not_rewrite(client: AsyncClient, act_as: ActAs) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    act_as(COORDINATOR)
    links = (await shown(client, need.number)).links
    assert "Ritira" in links
    assert "Modifica" not in links


async def test_what_somebody_typed_is_shown_as_text(client: AsyncClient) -> None:
    nasty = replace(
        NEED, title="<b>ponte</b> {{ 7*7 }} %(x)s", description="<script>alert(1)</script> & ponte"
    )
    need = await needs.publish(PASTURO_OFFICER, nasty)
    answer = await client.get(f"/bisogni/{need.number}")
    assert "<script>alert" not in answer.text
    assert Page(answer.text).headings[0] == "<b>ponte</b> {{ 7*7 }} %(x)s"


async def test_the_same_need_in_english(client: AsyncClient, current: Catalogue) -> None:
    page = await shown(client, 1, "/en")
    first = matches.for_need(current, current.needs[1]).matches[0]
    assert first.reasons.sentence_en in page.words
    assert "example, not a request" in page.words


async def test_every_example_has_a_light_page(client: AsyncClient, current: Catalogue) -> None:
    for number in current.needs:
        answer = await client.get(f"/bisogni/{number}")
        assert answer.status_code == 200
        assert len(answer.content) < 50_000


async def test_it_opens_its_own_query(client: AsyncClient) -> None:
    link = (await shown(client, 1)).links["Interroga questi dati"]
    assert link.startswith("/interroga?query=")
    assert "need%28number%3A+1%29" in link
