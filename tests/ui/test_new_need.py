"""Writing a need: the empty form, the preview that stores nothing, and publishing."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from httpx2 import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from cast import BALLABIO_OFFICER, COORDINATOR, LABORATORY, NEED, PASTURO_OFFICER
from page import Page
from raccordo import catalogue, database, matches, needs
from raccordo.catalogue import Catalogue
from raccordo.people import VISITOR, Actor
from raccordo_graph import Band
from ui.conftest import ActAs

FORM = {"title": NEED.title, "description": NEED.description}
MATCHES = {"HX-Request": "true", "HX-Target": "section#matches"}
EVERYTHING = {
    "title": "Il ponte «vecchio» & la frana",
    "description": "\n  Prima riga\n\nTerza riga <b>",
    "functions": ["a", "b"],
    "themes": ["strade-ponti"],
    "axes": ["SOCIAL"],
    "funding": "Bando 2026",
    "deadline": "31/02/2026",
}


async def test_the_empty_form_asks_for_two_things(client: AsyncClient) -> None:
    page = Page((await client.get("/bisogni/nuovo")).text)
    required = [e.attributes["name"] for e in page.elements if "required" in e.attributes]
    assert required == ["title", "description"]
    assert page.by_id("matches-count").words == "I laboratori compaiono qui mentre si scrive."


async def test_every_field_has_a_label(client: AsyncClient) -> None:
    page = Page((await client.get("/bisogni/nuovo")).text)
    labelled = {label.attributes["for"] for label in page.all("label") if "for" in label.attributes}
    assert {"title", "description", "funding", "deadline"} <= labelled


async def test_the_preview_without_script_is_the_whole_page_as_typed(client: AsyncClient) -> None:
    answer = await client.post("/bisogni/nuovo", data=FORM)
    page = Page(answer.text)
    sent = page.form()
    assert (sent["title"], sent["description"]) == (NEED.title, NEED.description)
    assert page.all("li", class_="match")


async def test_the_preview_shows_what_the_ranking_says(client: AsyncClient, current: Catalogue) -> None:
    page = Page((await client.post("/bisogni/nuovo", data=FORM)).text)
    found = matches.preview(current, VISITOR, NEED).ranking.matches
    useful = sum(match.band in (Band.STRONG, Band.PLAUSIBLE) for match in found)
    assert page.by_id("matches-count").words.startswith(f"{useful} laborator")
    assert current.laboratories[found[0].laboratory].name in page.all("li", class_="match")[0].words


async def test_while_typing_only_the_matches_come_back(client: AsyncClient) -> None:
    answer = await client.post("/bisogni/nuovo", data=FORM, headers=MATCHES)
    assert answer.text.strip().startswith('<section class="answers" id="matches"')
    assert "<form" not in answer.text


async def test_the_preview_stores_nothing(client: AsyncClient, act_as: ActAs, current: Catalogue) -> None:
    act_as(PASTURO_OFFICER)
    await client.post("/bisogni/nuovo", data=FORM)
    assert (await database.state()).version == current.version


async def test_an_officer_sees_how_far_the_laboratories_are(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    assert "in linea d’aria" in Page((await client.post("/bisogni/nuovo", data=FORM)).text).words


async def test_neighbours_appear_while_one_writes(client: AsyncClient, act_as: ActAs) -> None:
    theirs = await needs.publish(BALLABIO_OFFICER, NEED)
    act_as(PASTURO_OFFICER)
    page = Page((await client.post("/bisogni/nuovo", data=FORM)).text)
    assert "Vicini con lo stesso bisogno" in page.headings
    assert page.links[NEED.title] == f"/bisogni/{theirs.number}"


async def test_an_officer_publishes_and_is_led_to_the_need(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    answer = await client.post("/bisogni", data=FORM)
    assert answer.status_code == 303
    page = Page((await client.get(answer.headers["location"])).text)
    assert page.headings[0] == NEED.title


async def test_everything_that_can_be_chosen_is_stored(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    form = EVERYTHING | {"deadline": "31/12/2027"}
    answer = await client.post("/bisogni", data=form)
    need = catalogue.current().needs[int(answer.headers["location"].rsplit("/", 1)[1])]
    assert (need.functions, need.themes, need.axes) == (("a", "b"), ("strade-ponti",), ("SOCIAL",))
    assert (need.funding, str(need.deadline), need.inferred) == ("Bando 2026", "2027-12-31", frozenset())


async def test_in_english_one_is_led_to_the_english_page(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    assert (await client.post("/en/bisogni", data=FORM)).headers["location"].startswith("/en/bisogni/")


@pytest.mark.parametrize("actor", [None, LABORATORY, COORDINATOR])
async def test_whoever_is_no_officer_is_refused_and_loses_nothing(
    client: AsyncClient, act_as: ActAs, current: Catalogue, actor: Actor | None
) -> None:
    if actor:
        act_as(actor)
    answer = await client.post("/bisogni", data=FORM)
    page = Page(answer.text)
    assert answer.status_code == 403
    assert "Solo chi lavora per un ente" in page.alerts
    assert page.form()["description"] == NEED.description
    assert (await database.state()).version == current.version


async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(PASTURO_OFFICER)
    answer = await client.post("/bisogni", data=EVERYTHING)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert "non è una data" in page.by_id("deadline-problem").words
    assert page.by_id("deadline").attributes["aria-describedby"].split()[0] == "deadline-problem"
    sent = page.form()
    assert {name: sent[name] for name in EVERYTHING} == EVERYTHING


async def test_an_empty_form_says_both_things_at_once(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    page = Page((await client.post("/bisogni", data={"title": " ", "description": ""})).text)
    assert page.by_id("title-problem").words == "Manca il titolo: una riga su che cosa serve."
    assert page.by_id("description-problem").words.startswith("Manca la descrizione")
    assert set(page.links.values()) >= {"#title", "#description"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 201),
        ("title", "ponte\x00"),
        ("description", "ponte \x1b[31m"),
        ("description", "\u202eponte"),
        ("themes", "nulla"),
        ("functions", "zz"),
        ("axes", "MAGIC"),
        ("deadline", "domani"),
        ("funding", "x" * 301),
    ],
)
async def test_each_wrong_value_is_said_beside_its_field(
    client: AsyncClient, act_as: ActAs, field: str, value: str
) -> None:
    act_as(PASTURO_OFFICER)
    for prefix in ("", "/en"):
        answer = await client.post(f"{prefix}/bisogni", data=FORM | {field: value})
        assert answer.status_code == 422
        assert [problem.words for problem in Page(answer.text).all("p", class_="problem")]


async def test_bytes_that_are_no_text_are_no_fault_of_ours(client: AsyncClient, act_as: ActAs) -> None:
    act_as(PASTURO_OFFICER)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for body in (b"title=%FF%FE&description=%00", b"title=\xff\xfe", b"%", b"&&&=", b"title"):
        assert (await client.post("/bisogni", content=body, headers=headers)).status_code in (303, 422)


async def test_too_many_fields_are_refused(client: AsyncClient) -> None:
    body = "&".join(f"a{n}=" for n in range(300)).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await client.post("/bisogni/nuovo", content=body, headers=headers)).status_code == 400


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=some.text(max_size=60), description=some.text(max_size=300), deadline=some.text(max_size=12))
async def test_whatever_is_typed_comes_back_as_it_was_or_is_published(
    client: AsyncClient, act_as: ActAs, title: str, description: str, deadline: str
) -> None:
    act_as(PASTURO_OFFICER)
    typed = {"title": title, "description": description, "deadline": deadline}
    body = "&".join(f"{name}={quote(value, errors='replace')}" for name, value in typed.items()).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for path, answers in (("/bisogni/nuovo", {200}), ("/bisogni", {303, 422})):
        answer = await client.post(path, content=body, headers=headers)
        assert answer.status_code in answers
        assert answer.status_code == 303 or "<h1>" in answer.text


async def test_the_key_of_the_bodys_own_system_is_kept_and_refused_beside_its_field(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(PASTURO_OFFICER)
    form = {"title": "Un ponte", "description": "Vecchio.", "external_id": "con spazio"}
    page = Page((await client.post("/bisogni", data=form)).text)
    assert "Al massimo 64 lettere" in page.by_id("external_id-problem").words
    assert page.form()["external_id"] == "con spazio"
    assert (await client.post("/bisogni", data=form | {"external_id": "a/1"})).status_code == 303
    taken = Page((await client.post("/bisogni", data=form | {"external_id": "a/1"})).text)
    assert "Questo codice è già del bisogno" in taken.by_id("external_id-problem").words
