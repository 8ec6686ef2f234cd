"""Role x door x thing: whatever the table of rights denies is denied by the page and by the mutation alike."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from httpx2 import AsyncClient, Response
from starlette.routing import Route

from dump import dump
from raccordo.people import Actor
from raccordo.rights import CELLS, RIGHTS, Right, Subject, allows
from raccordo.schema.definition import CORE
from raccordo.tokens import SCOPES
from raccordo_ui.app import PAGES
from raccordo_ui.doors import right_of
from rights.knocking import FIELDS, SMUGGLED, Door, doors
from rights.players import Player, players, programs
from rights.stage import Thing, things

DOORS = doors()
BUILD = Path(__file__).parents[2] / "build"
# Whoever may is told that there is nothing, too: what these name only one account has, or an identity provider.
OF_ONE_ACCOUNT = {
    "POST /accedi/codice", "POST /accedi/{provider}", "POST /calcoli/{token}/annulla",
    "POST /profilo/identita/aggiungi", "POST /profilo/identita/togli", "POST /profilo/programmi/revoca",
    "POST /profilo/ruoli/{membership:int}/codice",
}  # fmt: skip
RIGHT_CODES = {"officer_only", "not_the_owner", *("_".join(cell) for cell in CELLS)}
TRIED: dict[str, tuple[int, int]] = {}  # door -> cells, leaks


@pytest.fixture(scope="module", autouse=True)
def size() -> Iterator[None]:
    """At the end, the size of the matrix and the leaks go to build/rights.txt."""
    yield
    cells, leaks = (sum(column) for column in zip(*TRIED.values(), strict=True)) if TRIED else (0, 0)
    BUILD.mkdir(exist_ok=True)
    text = f"doors: {len(TRIED)}\nrole x door x thing: {cells}\nleaks: {leaks}\n"
    (BUILD / "rights.txt").write_text(text, encoding="utf-8")


def remedy(name: str) -> str:
    return (
        f"{name} names no row of the table. Write, above the form's handler, "
        '@needs_right("verb", "what") (raccordo_ui.doors), or in described(...) of the mutation right=("verb", "what"); '
        'and in RIGHTS of platform/raccordo/rights.py: *_rows(OFFICERS, "verb", "what", OWN_BODY, "needs:write"),'
    )


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_every_form_and_mutation_has_its_row(door: Door) -> None:
    assert door.right in CELLS, remedy(door.name)


def test_every_field_that_is_not_for_all_has_its_row() -> None:
    """A type may show to all what the catalogue publishes; whatever else it shows needs a right."""
    missing = []
    for name, kind in CORE.type_map.items():
        definition = (getattr(kind, "extensions", None) or {}).get("strawberry-definition")
        source = getattr(getattr(definition, "origin", None), "shown_from", None)
        if (
            definition is None
            or source is None
            or f"{source.__module__}.{source.__name__}" in FOR_ALL
            or _published(source)
        ):
            continue
        right = definition.origin.read_right
        if right not in CELLS:
            missing.append(
                f'{name} shows {source.__name__}: write right=("read", "what") in its shows(...), '
                'and in RIGHTS *_rows(OFFICERS, "read", "what", OWN_BODY, "needs:read"),; or, if it is for all, '
                "name it in FOR_ALL of tests/rights/test_matrix.py"
            )
    assert missing == []


# Read by everybody, though not part of the catalogue: computed from it, about the reader, or for the reader.
FOR_ALL = {
    "raccordo.chips.Chip", "raccordo.lexicon_edits.Entry", "raccordo.lexicon_overlay.Lessoned", "raccordo_graph.facts.Concept",
    "raccordo.catalogue.Catalogue", "raccordo.matches.Preview", "raccordo.municipalities.Neighbour",
    "raccordo.computations.Calculation", "raccordo.scenarios.Scenario", "raccordo_graph.partition.ScenarioGroup", "raccordo_graph.anchoring.Stranded",
    "raccordo_graph.anchoring.Anchor", "raccordo_graph.partition.Figures",
    "raccordo_graph.counterfactuals.Help", "raccordo.citations.Citation", "raccordo.citations.CitedMatch",
    "raccordo.citations.Comparison", "raccordo.citations.Move",
    "raccordo.municipalities.Registration", "raccordo.people.Actor", "raccordo.refusals.FieldRefusal",
    "raccordo.schema.refusals.Declined", "raccordo.schema.partnerships.TrustOf", "raccordo.trust.Figures",
    "raccordo.capacity.Places", "raccordo.schema.matches.Fit", "raccordo.schema.matches.Step",
    "raccordo.need_search.AlikeNeed", "raccordo.institutions.Institution", "raccordo.published_offers.Offer",
    "raccordo_graph.offers.OfferMatch", "raccordo.schema.offers.Word",
    "raccordo.laboratory_profiles.ProfileConcept", "raccordo.laboratory_profiles.ProfileTheme", "raccordo.semester_places.SemesterPlaces",
    "raccordo.partners.SuggestedPartner", "raccordo.groups.Evaluation", "raccordo.group_changes.WhatIf",
    "raccordo.group_law.Cited", "raccordo.group_needs.PooledLaboratory", "raccordo.legal_rules.LegalRule",
    "raccordo.function_evidence.FunctionEvidence", "raccordo.group_effects.PopulationShare",
    "raccordo.group_effects.Leadership", "raccordo.schema.cost_sharing.Shared", "raccordo_graph.cost_sharing.Share",
    "raccordo.scenario_comparing.Change", "raccordo.scenario_comparing.Comparison", "raccordo.citations.Heard",
}  # fmt: skip


def _published(source: type) -> bool:
    return source.__module__ == "raccordo.published" or source.__module__.startswith("raccordo_graph")


def test_every_field_of_a_form_is_tried() -> None:
    """Whatever the handlers of the forms read by name is filled in by the matrix."""
    known = {*FIELDS, *SMUGGLED, "version"}
    handlers = [route.endpoint for route in PAGES if isinstance(route, Route) and right_of(route.endpoint)]
    modules = {inspect.getmodule(handler) for handler in handlers}
    read = {
        name
        for module in modules
        if module
        for name in re.findall(r'form\.(?:text|texts|number)\(\s*"(\w+)"', inspect.getsource(module))
    }
    assert len(read) > 20
    assert read - known == set(), "write its name with a good value into FIELDS of tests/rights/knocking.py"


@pytest.mark.parametrize("door", DOORS, ids=str)
async def test_what_the_table_denies_is_denied_and_changes_nothing(
    door: Door, client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert door.right
    cast, all_things = await players(), await things()
    if not door.is_form:  # what a token may do in a form has one answer, in the test below
        cast += await programs(cast)
    cells = list(_cells(door, cast, all_things))
    before, leaks = await dump(), []
    for player, name, thing in cells:
        if not _allowed(door, player, thing):
            answer: Response = await door.knock(client, player, thing)  # type: ignore[misc]  # a coroutine
            if not _denied(answer):
                leaks.append(f"{player.name}, {name}: {answer.status_code} {answer.text[:200]}")
    if await dump() != before:
        leaks.append(f"something was written: {_difference(before, await dump())}")
    opened = False
    for player, name, thing in cells:
        if _allowed(door, player, thing):
            answer = await door.knock(client, player, thing)  # type: ignore[misc]  # the same
            opened = opened or not _denied(answer)
            if _not_allowed(answer):
                leaks.append(
                    f"{player.name}, {name} is refused although the table allows it: {answer.text[:300]}"
                )
    TRIED[door.name] = (len(cells), len(leaks))
    if not (opened or door.name in OF_ONE_ACCOUNT or "{secret}" in door.name):
        leaks.append("whoever may is answered as if it had no right: name something that exists in FIELDS")
    assert leaks == []


async def test_no_form_takes_a_token_whatever_it_may_do(client: AsyncClient) -> None:
    cast, thing = await players(), (await things())["own"]
    found = await programs(cast)
    before, taken = await dump(), []
    for door in DOORS:
        for player in found if door.is_form else ():
            answer: Response = await door.knock(client, player, thing)  # type: ignore[misc]  # a coroutine
            if answer.status_code != 403:
                taken.append(f"{door.name} as {player.name}: {answer.status_code}")
    assert taken == []
    assert await dump() == before


def named(right: Right) -> str:
    return f"{right.who} {right.verb} {right.what}"


@pytest.mark.parametrize("right", [right for right in RIGHTS if not right.scope], ids=named)
def test_what_has_no_scope_is_in_the_reach_of_no_token(right: Right) -> None:
    """Accounts, invitations and tokens themselves: not even with every scope, or with an empty one."""
    actor = Actor(role=right.who, person=1, second_factor=True, scopes=frozenset({*SCOPES, ""}))
    assert not allows(actor, right.verb, right.what, Subject(person=1, open=True))


def _cells(
    door: Door, cast: list[Player], all_things: Mapping[str, Thing]
) -> Iterator[tuple[Player, str, Thing]]:
    for player in cast:
        for name, thing in all_things.items():
            if door.about_something or name == "own":
                yield player, name, thing


def _allowed(door: Door, player: Player, thing: Thing) -> bool:
    assert door.right
    verb, what = door.right
    subject = thing.seen_as(verb, what)
    if what in {"account", "token"}:
        subject = Subject(person=player.actor.person)
    if (verb, what) == ("publish", "need") and player.actor.body_kind and player.actor.body_code:
        subject = Subject(bodies=frozenset({(player.actor.body_kind, player.actor.body_code)}))
    return allows(player.actor, verb, what, subject)


def _denied(answer: Response) -> bool:
    """Refused for want of a right, told that there is nothing, or sent to log in; nothing else counts."""
    if _is_data(answer) and answer.status_code == 200:
        code = _code(answer)
        return code in RIGHT_CODES or code.startswith("unknown_") or code == "withdrawn"
    return answer.status_code in {403, 404, 410} or "/accedi" in answer.headers.get("location", "")


def _not_allowed(answer: Response) -> bool:
    if _is_data(answer):
        body: dict[str, Any] = answer.json()
        assert "errors" not in body or body.get("data") is None, body
        return _code(answer) in RIGHT_CODES
    assert answer.status_code < 500, answer.text
    return answer.status_code == 403


def _is_data(answer: Response) -> bool:
    return answer.headers.get("content-type", "").startswith("application/")


def _code(answer: Response) -> str:
    """The code of a mutation's refusal; empty when it was not refused."""
    [result] = (answer.json().get("data") or {"": {}}).values()
    return str((result or {}).get("code", ""))


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name in before if before[name] != after[name]]
