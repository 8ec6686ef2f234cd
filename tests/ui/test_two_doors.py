"""Two doors, one hall: every form has its mutation, with the same fields, rights and refusals."""

from __future__ import annotations

import re
from typing import Any

import pytest
from httpx2 import AsyncClient
from starlette.routing import Route

from cast import BALLABIO_OFFICER, LABORATORY, NEED, OFFER, PASTURO_OFFICER
from page import Page
from raccordo import needs, offers
from raccordo.catalogue import Catalogue
from raccordo.offer_kinds import BY_SLUG
from raccordo.people import VISITOR, Actor
from raccordo.schema import sdl
from raccordo.schema.refusals import graphql_name
from raccordo_ui.app import PAGES
from ui.conftest import ActAs

# Each form that changes something: where it is sent, where it stands, the mutation that does the same.
DOORS: dict[str, tuple[str | None, str]] = {
    "/bisogni": ("/bisogni/nuovo", "publishNeed"),
    "/bisogni/{number:int}": ("/bisogni/{number}/modifica", "reviseNeed"),
    "/bisogni/{number:int}/ritira": ("/bisogni/{number}/ritira", "withdrawNeed"),
    "/bisogni/{number:int}/ripubblica": (None, "publishNeedAgain"),
    "/bisogni/proposti": (None, "proposeNeed"),
    "/bisogni/proposti/{proposed:int}/modifica": (None, "reviseProposedNeed"),
    "/bisogni/proposti/{proposed:int}/ritira": (None, "takeBackProposedNeed"),
    "/bisogni/proposti/{proposed:int}/conferma": (None, "confirmProposedNeed"),
    "/bisogni/proposti/{proposed:int}/correggi": (None, "confirmProposedNeed"),
    "/bisogni/proposti/{proposed:int}/declina": (None, "declineProposedNeed"),
    "/comuni/{istat}/delega": (None, "acceptProposedNeeds"),
    "/offerte": (None, "publishOffer"),
    "/offerte/{number:int}": (None, "reviseOffer"),
    "/offerte/{number:int}/chiudi": (None, "closeOffer"),
    "/offerte/{number:int}/ritira": (None, "withdrawOffer"),
    "/offerte/{number:int}/ripubblica": (None, "publishOfferAgain"),
    "/offerte/{number:int}/interessa": (None, "askAboutOffer"),
    "/bisogni/{number:int}/rosa": (None, "shortlistLaboratory"),
    "/bisogni/{number:int}/insieme/invita": (None, "inviteParty"),
    "/bisogni/{number:int}/insieme/partecipa": (None, "joinNeed"),
    "/bisogni/{number:int}/insieme/declina": (None, "declineNeed"),
    "/bisogni/{number:int}/messaggi": (None, "postOnNeed"),
    "/collaborazioni/{match:int}/rimetti": (None, "shortlistLaboratory"),
    "/collaborazioni/{match:int}/chiedi": (None, "askLaboratory"),
    "/collaborazioni/{match:int}/interessa": (None, "showInterest"),
    "/collaborazioni/{match:int}/declina": (None, "declineMatch"),
    "/collaborazioni/{match:int}/passa": (None, "passOnMatch"),
    "/collaborazioni/{match:int}/intesa": (None, "agreeScope"),
    "/collaborazioni/{match:int}/accetta": (None, "acceptMatch"),
    "/collaborazioni/{match:int}/rinuncia": (None, "dropMatch"),
    "/collaborazioni/{match:int}/concludi": (None, "finishPartnership"),
    "/collaborazioni/{match:int}/messaggi": (None, "postOnMatch"),
    "/gestioni-associate/proposte": (None, "proposeAssociation"),
    "/gestioni-associate/proposte/{association:int}/aderisci": (None, "adhere"),
    "/gestioni-associate/proposte/{association:int}/declina": (None, "declineAssociation"),
    "/gestioni-associate/proposte/{association:int}/recedi": (None, "withdrawAdherence"),
    "/gestioni-associate/proposte/{association:int}/forma": (None, "chooseForm"),
    "/gestioni-associate/proposte/{association:int}/passo": (None, "recordStep"),
    "/gestioni-associate/proposte/{association:int}/salta": (None, "skipStep"),
    "/gestioni-associate/proposte/{association:int}/ritira": (None, "takeBackAssociation"),
    "/gestioni-associate/proposte/{association:int}/messaggi": (None, "postOnAssociation"),
    "/comuni/{istat}/suggerimenti": (None, "optOutOfSuggestions"),
    "/segui": (None, "follow"),
    "/segui/togli": (None, "unfollow"),
    "/assegnazione/{plan:int}/proponi": (None, "suggestAssignment"),
    "/avvisi": (None, "markRead"),
    "/laboratori/{slug}/posti": (None, "declarePlaces"),
    "/laboratori/{slug}/profilo/concetti": (None, "stateConcept"),
    "/laboratori/{slug}/profilo/temi": (None, "stateTheme"),
    "/laboratori/{slug}/profilo/condizioni": (None, "declareTerms"),
    "/laboratori/{slug}/profilo/semestri": (None, "declareSemesterPlaces"),
    "/laboratori/{slug}/profilo/prova": (None, "rehearseProfileFile"),
    "/laboratori/{slug}/profilo/file": (None, "importProfileFile"),
    "/bisogni/{number:int}/altro-laboratorio": (None, "hintLaboratory"),
    "/laboratori/{slug}/conflitti": (None, "declareConflict"),
    "/laboratori/{slug}/conflitti/{conflict:int}/togli": (None, "removeConflict"),
    "/ruoli/invita": (None, "invitePerson"),
    "/ruoli/{membership:int}/accetta": (None, "acceptMembership"),
    "/ruoli/{membership:int}/rifiuta": (None, "refuseMembership"),
    "/ruoli/{membership:int}/chiudi": (None, "endMembership"),
    "/ruoli/{membership:int}/secondo-fattore": (None, "resetSecondFactor"),
    "/enti": (None, "addInstitution"),
    "/bisogni/{number:int}/cita": (None, "citeRanking"),
    "/calcoli/{token}/annulla": (None, "cancelComputation"),
    "/lessico": (None, "saveLexiconTerm"),
    "/lessico/togli": (None, "removeLexiconTerm"),
    "/lessico/importa": (None, "importLexicon"),
    "/lessico/correzioni": (None, "decideLesson"),
    "/lessico/parole-sconosciute": (None, "ignoreUnknownWord"),
    "/gestioni-associate/prove": (None, "saveFunctionEvidence"),
    "/gestioni-associate/prove/ripristina": (None, "restoreFunctionEvidence"),
    "/assegnazione": (None, "planAssignment"),
    "/assegnazione/vincoli": (None, "fixAssignment"),
    "/assegnazione/vincoli/{lock:int}/togli": (None, "releaseAssignment"),
    "/gestioni-associate/calcola": (None, "computeScenario"),
}
# One's own account and mail belong to a browser and a mailbox: no program logs in or answers a link.
ONESELF = (
    "/accedi",
    "/esci",
    "/password",
    "/nuova-password",
    "/registrati",
    "/invito",
    "/conferma",
    "/identita",
    "/profilo",
    "/avvisi/",
    "/risposta",
    "/proposta",
)
# Forms that change nothing, choose who acts in the demonstration, or are GraphQL itself.
NO_CHANGE = {
    "/bisogni/nuovo",
    "/bisogni/da-testo",
    "/bisogni/{number:int}/modifica",
    "/interroga",
    "/dimostrazione",
}
# What only a program asks: the mutation, and why no page has a form for it.
PROGRAMS_ONLY = {
    "upsertNeed": "whoever types a need sees whether it is there already; only a program that holds it too cannot know"
}
REFUSED: list[dict[str, Any]] = [
    {"title": " ", "description": " "},
    {"title": "x" * 201, "description": "y"},
    {"title": "x", "description": "a\x07b"},
    {"title": "x", "description": "y", "themes": ["nessuno"], "functions": ["z"]},
    {"title": "x", "description": "y", "deadline": "domani"},
]
FIELD_TAGS = ("input", "textarea", "select")
PUBLISH = "mutation($input: NeedInput!) { publishNeed(input: $input) { ... on Refusal { code message fields { field message } } } }"


def arguments(mutation: str) -> set[str]:
    """The arguments of a mutation, with those of its input in their place."""
    found = re.search(rf"\b{mutation}\((.*?)\n  \): ", sdl(), re.DOTALL)
    assert found, mutation
    named = set(re.findall(r"^\s*(\w+): ", found.group(1), re.MULTILINE))
    if "input" not in named:
        return named
    kind = re.search(r"^\s*input: (\w+)", found.group(1), re.MULTILINE)
    assert kind
    body = re.search(rf"input {kind.group(1)} \{{(.*?)\n\}}", sdl(), re.DOTALL)
    assert body
    return (named - {"input"}) | set(re.findall(r"^\s*(\w+): ", body.group(1), re.MULTILINE))


def test_every_form_that_changes_something_is_known_here() -> None:
    posts = {route.path for route in PAGES if isinstance(route, Route) and "POST" in (route.methods or ())}
    assert {path for path in posts if not path.startswith(ONESELF)} == {*DOORS, *NO_CHANGE}


def test_every_mutation_has_its_form() -> None:
    body = re.search(r"type Mutation \{(.*?)\n\}", sdl(), re.DOTALL)
    assert body
    named = set(re.findall(r"^  (\w+)\(", body.group(1), re.MULTILINE))
    assert named == {mutation for _, mutation in DOORS.values()} | set(PROGRAMS_ONLY)


@pytest.mark.parametrize("path", [path for path, (page, _) in DOORS.items() if page])
async def test_a_form_and_its_mutation_have_the_same_fields(
    client: AsyncClient, act_as: ActAs, path: str
) -> None:
    where, mutation = DOORS[path]
    assert where
    act_as(PASTURO_OFFICER)
    number = (await needs.publish(PASTURO_OFFICER, NEED)).number
    page = Page((await client.get(where.format(number=number))).text)
    of_path = {"number"} if "{number" in path else set()
    assert {graphql_name(name) for name in page.form()} | of_path == arguments(mutation)


async def test_the_forms_of_all_kinds_of_offers_have_together_the_fields_of_the_mutation(
    client: AsyncClient, act_as: ActAs
) -> None:
    act_as(LABORATORY)
    asked: set[str] = set()
    for slug, kind in BY_SLUG.items():
        page = Page((await client.get(f"/offerte/nuova?tipo={slug}")).text)
        named = {
            one.attributes["name"]
            for one in page.elements
            if one.tag in FIELD_TAGS
            if "name" in one.attributes
        }
        assert {one.name for one in kind.fields} <= named
        asked |= named
    assert {graphql_name(name) for name in asked} == arguments("publishOffer")
    offer = await offers.publish(LABORATORY, OFFER)
    page = Page((await client.get(f"/offerte/{offer.number}/modifica")).text)
    assert page.form().keys() - asked == {"version"}
    assert arguments("reviseOffer") == arguments("publishOffer") | {"number", "version"}


@pytest.mark.parametrize("verb", ["chiudi", "ritira"])
async def test_an_offer_ends_by_the_same_fields(client: AsyncClient, act_as: ActAs, verb: str) -> None:
    act_as(LABORATORY)
    offer = await offers.publish(LABORATORY, OFFER)
    form = Page((await client.get(f"/offerte/{offer.number}/{verb}")).text).form()
    mutation = {"chiudi": "closeOffer", "ritira": "withdrawOffer"}[verb]
    assert {*form, "number"} == arguments(mutation)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "THESIS", "title": " ", "text": " "},
        {"kind": "THESIS", "title": "x", "text": "Scrivere a a@b.it", "weeks": "3", "duration_months": "99"},
        {"kind": "INTERNSHIP", "title": "x", "text": "y", "funding": "PAID", "radius_km": "900"},
        {"kind": "DATA", "title": "x", "text": "y", "closes_on": "ieri"},
    ],
    ids=lambda wrong: ",".join(wrong),
)
@pytest.mark.parametrize("language", ["it", "en"])
async def test_both_doors_refuse_an_offer_with_the_same_sentences(
    client: AsyncClient, act_as: ActAs, wrong: dict[str, str], language: str
) -> None:
    act_as(LABORATORY)
    prefix = "" if language == "it" else "/en"
    page = Page((await client.post(f"{prefix}/offerte", data=wrong)).text)
    numbers = {"weeks", "duration_months", "radius_km"}
    given = {graphql_name(key): int(value) if key in numbers else value for key, value in wrong.items()}
    query = PUBLISH.replace("NeedInput", "OfferInput").replace("publishNeed", "publishOffer")
    answer = await client.post(
        "/graphql",
        json={"query": query, "variables": {"input": given}},
        headers={"accept-language": language},
    )
    refusal = answer.json()["data"]["publishOffer"]
    assert refusal["fields"]
    for problem in refusal["fields"]:
        assert " ".join(problem["message"].split()) in page.words


@pytest.mark.parametrize("wrong", REFUSED, ids=lambda wrong: ",".join(wrong))
@pytest.mark.parametrize("language", ["it", "en"])
async def test_both_doors_refuse_with_the_same_sentences(
    client: AsyncClient, act_as: ActAs, wrong: dict[str, Any], language: str
) -> None:
    act_as(PASTURO_OFFICER)
    prefix = "" if language == "it" else "/en"
    page = Page((await client.post(f"{prefix}/bisogni", data=wrong)).text)
    answer = await client.post(
        "/graphql",
        json={"query": PUBLISH, "variables": {"input": wrong}},
        headers={"accept-language": language},
    )
    refusal = answer.json()["data"]["publishNeed"]
    assert refusal["fields"]
    for problem in refusal["fields"]:
        assert " ".join(problem["message"].split()) in page.words


@pytest.mark.parametrize("stranger", [VISITOR, BALLABIO_OFFICER], ids=lambda actor: actor.label)
async def test_both_doors_keep_strangers_out(
    client: AsyncClient, act_as: ActAs, current: Catalogue, stranger: Actor
) -> None:
    number = (await needs.publish(PASTURO_OFFICER, NEED)).number
    act_as(stranger)
    form = {"title": "Altro", "description": "Altro", "version": "1"}
    assert (await client.post(f"/bisogni/{number}", data=form)).status_code == 403
    query = "mutation($n: Int!) { withdrawNeed(number: $n, version: 1) { ... on Refusal { code } } }"
    answer = await client.post("/graphql", json={"query": query, "variables": {"n": number}})
    assert answer.json()["data"]["withdrawNeed"]["code"] == "not_the_owner"
