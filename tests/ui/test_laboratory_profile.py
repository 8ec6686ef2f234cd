"""A manager puts her laboratory's profile right: she sees what is inferred, what would move, and that it stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from httpx2 import AsyncClient

from cast import COORDINATOR, LABORATORY, PASTURO_OFFICER
from desk import Desk
from page import Page
from raccordo import catalogue, laboratory_profiles, profile_statements, reference_files, semesters
from raccordo.days import today
from raccordo.models import Role
from raccordo.people import VISITOR, Actor
from raccordo.settings import Settings
from ui.conftest import ActAs

PROFILE = "/laboratori/infralab/profilo"
MEMBER = Actor(role=Role.LABORATORY_MEMBER, laboratory="infralab", demo=True)


async def profile(client: AsyncClient, **query: str) -> Page:
    return Page((await client.get(PROFILE, params=query)).text)


async def concepts(*, mine: bool = True) -> list[str]:
    """Concepts of the laboratory, the heaviest first, or those that nothing links to it."""
    current = catalogue.current()
    known = [one.key for one in (await laboratory_profiles.read(LABORATORY, "infralab")).concepts]
    return (
        known if mine else [one for one in laboratory_profiles.lexicon_concepts(current) if one not in known]
    )


async def test_a_manager_removes_a_concept_adds_one_declares_places_and_sees_her_list_change(
    client: AsyncClient, act_as: ActAs, opened_database: Settings, tmp_path: Path
) -> None:
    act_as(LABORATORY)
    [gone, *_], [added, *_] = await concepts(), await concepts(mine=False)
    label = laboratory_profiles.lexicon_concepts(catalogue.current())[gone].label_it
    before = Page((await client.get("/laboratori/infralab/bisogni")).text).words
    page = await profile(client, concept=gone, emphasis="NOT_OURS")
    assert "Che cosa cambierebbe" in page.headings
    assert "bisogni pubblicati cambierebbero posto" in page.words
    form = {"version": "1", "concept": gone, "emphasis": "NOT_OURS"}
    answer = await client.post(f"{PROFILE}/concetti", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PROFILE}#concetti")
    form = {"version": "2", "concept": added, "emphasis": "TRADE"}
    assert (await client.post(f"{PROFILE}/concetti", data=form)).status_code == 303
    form = {"version": "3", "initiative": "INTERNSHIP", "semester": "2027-1", "places": "2"}
    assert (await client.post(f"{PROFILE}/semestri", data=form)).status_code == 303
    page = await profile(client)
    assert f"{label}: non è suo tolto dal laboratorio" in page.words
    assert "primo semestre 2027 tirocinio o tesi 2 0 2" in page.words
    assert Page((await client.get("/laboratori/infralab/bisogni")).text).words != before
    content = (reference_files.shipped() / "laboratories.csv").read_bytes()
    await Desk(tmp_path).bring("laboratories", content)
    await Desk(tmp_path).bring("profiles", f"laboratory,concept,emphasis\ninfralab,{gone},TRADE\n")
    await catalogue.catch_up()
    assert f"{label}: non è suo tolto dal laboratorio" in (await profile(client)).words


async def test_everybody_reads_on_the_public_page_what_the_laboratory_confirmed(
    client: AsyncClient, act_as: ActAs
) -> None:
    [first, second, *_] = await concepts()
    await profile_statements.state_concept(LABORATORY, "infralab", 1, first, "TRADE")
    await profile_statements.state_concept(LABORATORY, "infralab", 2, second, "NOT_OURS")
    known = laboratory_profiles.lexicon_concepts(catalogue.current())
    act_as(VISITOR)
    page = Page((await client.get("/laboratori/infralab")).text)
    assert f"{known[first].label_it} confermato dal laboratorio" in page.words
    assert (
        known[second].label_it
        not in page.words.partition("Di che cosa si occupa")[2].partition("A chi può servire")[0]
    )
    assert PROFILE not in page.links.values()


@pytest.mark.parametrize("actor", [VISITOR, PASTURO_OFFICER], ids=lambda actor: actor.label)
async def test_strangers_are_refused(client: AsyncClient, act_as: ActAs, actor: Actor) -> None:
    [gone, *_] = await concepts()
    act_as(actor)
    assert (await client.get(PROFILE)).status_code == 403
    form = {"version": "1", "concept": gone, "emphasis": "NOT_OURS"}
    assert (await client.post(f"{PROFILE}/concetti", data=form)).status_code == 403
    assert (await client.get("/laboratori/nessuno/profilo")).status_code == 404


async def test_a_member_reads_and_changes_nothing(client: AsyncClient, act_as: ActAs) -> None:
    act_as(MEMBER)
    assert (await profile(client)).all("form", method="post") == []
    form = {"version": "1", "languages": "it", "radius_km": "10"}
    assert (await client.post(f"{PROFILE}/condizioni", data=form)).status_code == 403


async def test_a_coordinator_may_put_it_right(client: AsyncClient, act_as: ActAs) -> None:
    act_as(COORDINATOR)
    form = {"version": "1", "languages": "en", "radius_km": "80"}
    assert (await client.post(f"{PROFILE}/condizioni", data=form)).status_code == 303
    assert catalogue.current().laboratories["infralab"].radius_km == 80


async def test_an_old_page_is_refused_with_the_present_state(client: AsyncClient, act_as: ActAs) -> None:
    act_as(LABORATORY)
    form = {"version": "7", "languages": "it", "radius_km": "10"}
    answer = await client.post(f"{PROFILE}/condizioni", data=form)
    assert answer.status_code == 409
    assert "Qualcuno ha cambiato il profilo nel frattempo" in Page(answer.text).words


@pytest.mark.parametrize(
    ("part", "form", "field"),
    [
        ("condizioni", {"radius_km": "lontano"}, "radius_km"),
        ("semestri", {"initiative": "STUDY", "semester": "2027-1", "places": "-1"}, "places"),
        ("semestri", {"initiative": "", "semester": "2027-1", "places": "1"}, "initiative"),
        ("semestri", {"initiative": "STUDY", "semester": "domani", "places": "1"}, "semester"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field_with_what_was_typed(
    client: AsyncClient, act_as: ActAs, part: str, form: dict[str, str], field: str
) -> None:
    act_as(LABORATORY)
    answer = await client.post(f"{PROFILE}/{part}", data={"version": "1", **form})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.by_id(f"{field}-problem").words
    if field in {"radius_km", "places"}:
        assert page.by_id(field).attributes["value"] == form[field]


@pytest.mark.parametrize("query", [{"concept": "nessuno", "emphasis": "TRADE"}, {"concept": "x" * 900}])
async def test_a_preview_of_what_there_is_not_is_refused(
    client: AsyncClient, act_as: ActAs, query: dict[str, str]
) -> None:
    act_as(LABORATORY)
    answer = await client.get(PROFILE, params=query)
    assert answer.status_code == 422
    assert "Manca il concetto" in Page(answer.text).words


async def test_the_needs_are_narrowed_by_instrument_and_by_what_the_laboratory_can_give(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(LABORATORY)
    address = "/laboratori/infralab/bisogni"
    every = Page((await client.get(address)).text)
    assert "quelli con posti liberi qui" not in every.words  # nobody declared any
    assert (await client.get(address, params={"strumento": "liberi"})).status_code == 422
    assert "non è fra le scelte" in (await client.get(address, params={"strumento": "x"})).text
    semester = semesters.coming(today())[0]
    await profile_statements.declare_semester_places(LABORATORY, "infralab", 1, "STUDY", semester, "2")
    study = Page((await client.get(address, params={"strumento": "STUDY"})).text)
    free = Page((await client.get(address, params={"strumento": "liberi"})).text)
    assert "quelli con posti liberi qui" in free.words
    assert free.headings == study.headings != every.headings


async def test_a_manager_takes_a_theme_away_after_seeing_what_would_move(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(LABORATORY)
    picture = catalogue.current()
    slug = picture.laboratories["infralab"].themes[0]
    label = picture.themes[slug].label_it
    page = await profile(client, theme=slug, treated="NO", version="1")
    assert "Che cosa cambierebbe" in page.headings
    assert f"{label}: non se ne occupa." in page.words
    form = {"version": "1", "theme": slug, "treated": "NO"}
    answer = await client.post(f"{PROFILE}/temi", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PROFILE}#temi")
    assert f"{label}: non se ne occupa tolto dal laboratorio È nella scheda." in (await profile(client)).words
    stale = await client.post(f"{PROFILE}/temi", data=form)
    assert stale.status_code == 409
    assert "/laboratori/infralab" not in (await client.get(f"/temi/{slug}")).text.split("Chi ci lavora")[1]
    refused = await client.post(f"{PROFILE}/temi", data={"version": "2", "theme": "x", "treated": "NO"})
    assert refused.status_code == 422
    assert "Manca il tema" in Page(refused.text).words
    assert (await client.get(PROFILE, params={"theme": "x", "treated": "NO"})).status_code == 422


async def test_one_form_changes_any_concept_and_stays_small_where_there_are_many(
    client: AsyncClient, act_as: ActAs
) -> None:
    richest = max(catalogue.current().laboratories.values(), key=lambda one: len(one.concepts)).slug
    act_as(Actor(role=Role.LABORATORY_MANAGER, laboratory=richest, demo=True))
    answer = await client.get(f"/laboratori/{richest}/profilo")
    assert len(answer.content) < 50_000
    act_as(LABORATORY)
    [first, *_] = await concepts()
    await profile_statements.state_concept(LABORATORY, "infralab", 1, first, "EDGE")
    text = (await client.get(PROFILE, params={"cambia": first})).text
    assert f'<option value="{first}" selected>' in text
    assert '<option value="EDGE" selected>' in text
    own = Page((await client.get("/laboratorio")).text)
    assert "Profilo: che cosa fa il laboratorio" in own.words


async def test_my_laboratory_says_what_is_possible_this_semester(client: AsyncClient, act_as: ActAs) -> None:
    act_as(LABORATORY)
    semester = semesters.coming(today())[0]
    await profile_statements.declare_semester_places(LABORATORY, "infralab", 1, "STUDY", semester, "2")
    assert "In questo semestre: studio: liberi 2 su 2" in Page((await client.get("/laboratorio")).text).words
