"""Both doors, found and not listed: every form of the pages and every mutation of the schema, with its right."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from graphql import GraphQLArgument, GraphQLEnumType, GraphQLInputObjectType, get_named_type, is_non_null_type
from httpx2 import AsyncClient, Response
from starlette.routing import Route

from raccordo import offer_kinds
from raccordo.schema.definition import CORE
from raccordo_ui.app import PAGES
from raccordo_ui.doors import right_of
from rights.players import OWN_LABORATORY, Player
from rights.stage import CHOSEN, STEM, STRANGE_WORD, Thing

Cell = tuple[str, str]
# What forms and mutations are filled in with. One that asks for something else is refused by the test
# `test_every_field_of_a_form_is_tried`: its line goes here.
FIELDS: Mapping[str, str] = {
    "title": "Un ponte vecchio", "description": "Il ponte sul torrente è vecchio e non abbiamo l’ingegnere.",
    "functions": "", "themes": "", "axes": "", "funding": "", "deadline": "",
    "reason": "OTHER", "note": "Una nota.", "scope": "Un rilievo.", "outcome": "DONE", "laboratory": "lia",
    "then": "", "code": "097042", "neighbour": "", "kind": "MUNICIPALITY", "places": "3", "text": "Una domanda.",
    "public": "", "frequency": "NEVER", "verb": "show_interest", "query": "{ me { role } }", "variables": "",
    "email": "nessuno@example.invalid", "password": "quattro parole a caso", "old": "una parola sbagliata",
    "name": "Nome", "language": "it", "next": "", "browser": "nessuno", "all": "", "role": "VISITOR", "body": "",
    "secret": "nessuno", "municipality": "097065", "accepts": "si", "value": "097042", "number": "",
    "acting_as": "1", "scopes": "read", "days": "90", "token": "0",
    "external_id": "", "externalId": "nostro-1",
    "holder": "097065", "key": "", "side": "", "website": "",
    "confirmation": "altro",
    "provider": "nessuno", "identity": "0",
    "intent": "", "amount": "", "starts": "", "sites": "", "rejected": "", "summary_en": "", "chip": "",
    "term": "ponte", "concepts": "ponti", "variants": "arnie", "content": "term,language,variants,concepts\nponte,it,arnie,ponti\n",
    "need_number": "28", "lock": "APART",
    "function": "i", "members": "097065, 097004, 097036", "lead": "097065", "form": "CONVENTION", "snapshot_id": "",
    "snapshotId": "", "step": "NEED", "done_on": "", "doneOn": "", "document": "Una delibera", "link": "",
    "opted_out": "si",
    "concept": "sito-comunale", "initiative": "STUDY", "emphasis": "TRADE", "languages": "it", "radius_km": "50", "semester": "2027-1",
    "file": "",
    "title_en": "", "text_en": "", "opens_on": "", "closes_on": "", "need": "28",
    "dry_run": "no", "stem": STEM, "chosen": CHOSEN, "taught": "si", "word": STRANGE_WORD,
    "theme": "bonifiche", "treated": "YES", "cambia": "",
    "prior": "0,5", "source": "Uno studio, 2024",
}  # fmt: skip
# A good offer; `kind` and `language` mean something else in other forms.
OFFER = {
    **dict.fromkeys(offer_kinds.FIELDS, ""),
    "kind": "THESIS", "level": "MASTER", "duration_months": "6", "language": "IT", "town_provides": "Un ponte.",
    "title_en": "", "text_en": "", "radius_km": "", "opens_on": "", "closes_on": "",
    "zona": "lombardia", "funzione": "a", "data": "2026-11-24", "area": "lombardia", "function": "a",
}  # fmt: skip
THESIS: Mapping[str, object] = {
    "level": "MASTER",
    "durationMonths": 6,
    "language": "IT",
    "townProvides": "Un ponte.",
}
AS_SHIPPED = 0  # the version of a term or a lesson that nobody has changed
PROFILE_FILE = f"laboratory,concept,emphasis\n{OWN_LABORATORY},ponti,TRADE\n"
CODE = "000000"  # of a second factor; `code` elsewhere is a municipality's
# Fields that no form has: whoever sends them gets nothing by it.
SMUGGLED = {"owner": "MUNICIPALITY:097065", "author": "1", "person": "1", "status": "PUBLISHED", "example": "on",
            "membership": "1", "second_factor": "on", "system": "on"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Door:
    """A form or a mutation: how to knock as somebody about something, and which right it says it needs."""

    name: str
    right: Cell | None
    about_something: bool
    knock: Callable[[AsyncClient, Player, Thing], object]

    @property
    def is_form(self) -> bool:
        return self.name.startswith("POST ")

    def __str__(self) -> str:
        return self.name


def doors() -> list[Door]:
    """Every form, then every mutation."""
    return [*_forms(), *_mutations()]


def _forms() -> Iterator[Door]:
    for route in PAGES:
        if isinstance(route, Route) and "POST" in (route.methods or ()):
            about = re.search(r"\{(?!secret)", route.path) is not None
            yield Door(f"POST {route.path}", right_of(route.endpoint), about, _form(route.path))


def _form(path: str) -> Callable[[AsyncClient, Player, Thing], object]:
    async def knock(client: AsyncClient, player: Player, thing: Thing) -> Response:
        client.cookies.clear()
        version = thing.match_version if "{match" in path else thing.need_version
        version = 1 if "{proposed" in path or "{association" in path else version
        if path.startswith("/offerte"):
            version = thing.offer_version
        if path.startswith("/lessico"):
            version = AS_SHIPPED
        sent = {**FIELDS, **SMUGGLED, "need": str(thing.need), "version": str(version)}
        if path in ("/offerte", "/offerte/{number:int}"):
            sent |= OFFER
        if path == "/lessico/correzioni":
            sent["kind"] = "THEME"
        if path.endswith(("/codice", "/conferma")):
            sent["code"] = CODE
        return await client.post(address(path, thing), data=sent, headers=player.headers)

    return knock


def address(path: str, thing: Thing) -> str:
    """A route's path with the thing in the places of its parameters."""
    values = {
        "number": thing.offer if path.startswith("/offerte") else thing.need,
        "proposed": thing.proposed,
        "match": thing.match,
        "slug": thing.laboratory,
        "conflict": thing.conflict,
        "membership": thing.membership,
        "secret": "nessuno",
        "istat": "097065",
        "acronym": "DABC",
        "letter": "a",
        "token": "nessuno",
        "code": "097",
        "name": "Need",
        "provider": "nessuno",
        "lock": thing.lock,
        "plan": thing.plan,
        "association": thing.association,
    }
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: str(values[found[1]]), path)


def _mutations() -> Iterator[Door]:
    assert CORE.mutation_type
    for name, field in CORE.mutation_type.fields.items():
        right: Cell | None = field.extensions["strawberry-definition"].metadata.get("right")
        about = not set(field.args) <= {"input", "externalId", "version"}
        yield Door(f"mutation {name}", right, about, _mutation(name, field.args, right))


def _mutation(
    name: str, arguments: Mapping[str, GraphQLArgument], right: Cell | None
) -> Callable[[AsyncClient, Player, Thing], object]:
    declared = ", ".join(f"${key}: {one.type}" for key, one in arguments.items())
    passed = ", ".join(f"{key}: ${key}" for key in arguments)
    query = f"mutation ({declared}) {{ {name}({passed}) {{ __typename ... on Refusal {{ code message }} }} }}"

    async def knock(client: AsyncClient, player: Player, thing: Thing) -> Response:
        client.cookies.clear()
        values = {key: _value(key, one, right, thing) for key, one in arguments.items()}
        if name == "askAboutOffer":
            values["number"] = thing.offer_of_another
        if name == "upsertNeed":
            del values["version"]  # of a need that is new
        if name.endswith("ProfileFile"):
            values["content"] = PROFILE_FILE
        body = json.dumps({"query": query, "variables": values})
        headers = {"content-type": "application/json", **player.headers}
        return await client.post("/graphql", content=body, headers=headers)

    return knock


def _value(key: str, argument: GraphQLArgument, right: Cell | None, thing: Thing) -> object:
    kind = get_named_type(argument.type)
    if isinstance(kind, GraphQLInputObjectType):
        needed = (name for name, one in kind.fields.items() if is_non_null_type(one.type))
        fields, more = ({**FIELDS, **OFFER}, THESIS) if kind.name == "OfferInput" else (FIELDS, {})
        return {name: fields[name] for name in needed if fields.get(name)} | dict(more)
    objects = _objects(right, thing)
    if isinstance(kind, GraphQLEnumType) and key not in objects and FIELDS[key] not in kind.values:
        return next(iter(kind.values))
    if key == "laboratory" and (right or ("",))[0] not in {"pass_on", "shortlist"}:
        return thing.laboratory
    return objects[key] if key in objects else FIELDS[key]


def _objects(right: Cell | None, thing: Thing) -> dict[str, object]:
    """The arguments that are no texts, for whoever needs that right."""
    verb, what = right or ("", "")
    numbers = {
        "proposed_need": thing.proposed,
        "association": thing.association,
        "need": thing.need,
        "question": thing.need,
        "conflict": thing.conflict,
        "membership": thing.membership,
        "account": thing.membership,
        "offer": thing.offer,
        "assignment": thing.lock,
    }
    versions = {
        "match": thing.match_version,
        "proposed_need": 1,
        "association": 1,
        "offer": thing.offer_version,
        "lexicon_term": AS_SHIPPED,
        "lesson": AS_SHIPPED,
    }
    number = thing.partnership if verb == "finish" else numbers.get(what, thing.match)
    return {
        "number": number,
        "needNumber": thing.need,
        "plan": thing.plan,
        "need": thing.need,
        "version": versions.get(what, thing.need_version),
        "public": False,
        "accepts": True,
        "optedOut": True,
        "places": 3,
        "dryRun": True,
        "taught": True,
        "treated": True,
        "radiusKm": 50,
        "prior": 0.5,
    }
