"""The page of one group: what it is at a date, what the law said, and what if somebody left, joined or led."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import orjson
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from raccordo import catalogue, group_changes, groups
from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.group_changes import GroupChange, WhatIf
from raccordo.groups import Evaluation, GroupInput
from raccordo.language import Sentence
from raccordo.legal_rules import LegalRule
from raccordo.published import Municipality
from raccordo.refusals import FieldRefusal, Refused, refused
from raccordo.typed_towns import FEWEST
from raccordo_ui import joint_requests
from raccordo_ui.choices import function_choices
from raccordo_ui.formats import number
from raccordo_ui.forms import Problems, problems_of
from raccordo_ui.language import language_of
from raccordo_ui.match_cards import factor_lines
from raccordo_ui.outlines import outlines
from raccordo_ui.paging import tidied
from raccordo_ui.partner_cards import FACTORS, group_address, numbered_map, proposal_address
from raccordo_ui.render import render

JOINING = 8  # neighbours that are offered to join
DATES = (date(2013, 6, 1), date(2021, 6, 1))  # days on which the law said something else
FIELDS = {"function": "funzione", "members": "comuni", "lead": "capofila", "leaves": "esce", "joins": "entra"}
ABOUT = """population needed missing connected duty headlineIt law { sentenceIt rules { norm source } }
    costShares { municipality { name } share } leadership { kilometres farthest couldLead { name } }
    needs { number title } laboratories { onlyTogether laboratory { slug name } }"""
QUERY = """{
  associationGroup(%s) {
    %s
  }
}"""
WHAT_IF_QUERY = """{
  groupWhatIf(%s) {
    differencesIt
    after {
    %s
    }
  }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A member, its number on the map, and the links that try the group without it or led by it."""

    number: int
    municipality: Municipality
    leads: bool
    without: str
    leading: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoiningRow:
    municipality: Municipality
    href: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LawLine:
    """A sentence and the rules that it rests on."""

    sentence: str
    rules: tuple[LegalRule, ...]


async def show(request: Request) -> Response:
    if tidy := tidied(request):
        return RedirectResponse(tidy, status_code=303)
    picture, language = catalogue.current(), language_of(request)
    asked = request.query_params
    try:
        wanted, change = _asked(request)
        found, tried = await asyncio.to_thread(_judged, picture, wanted, change)
        problems = Problems()
    except Refused as refusal:
        tried, found = None, None
        problems = problems_of(_in_italian(refusal), language)
    view = {
        "problems": problems if asked else Problems(),
        "functions": function_choices(picture, language),
        "asked": asked,
        "found": found,
        "today": today().isoformat(),
        **(await asyncio.to_thread(_result, picture, found, tried, language) if found else {}),
        "query": _query(tried.before if tried else found, wanted.lead, change) if found else "",
    }
    return render(request, "groups/show.html", view, status=422 if problems and asked else 200)


def _judged(picture: Catalogue, wanted: GroupInput, change: GroupChange) -> tuple[Evaluation, WhatIf | None]:
    """The group, and what changed where something else was tried."""
    if change == GroupChange():
        return groups.evaluate(picture, wanted), None
    tried = group_changes.what_if(picture, wanted, change)
    return tried.after, tried


def _asked(request: Request) -> tuple[GroupInput, GroupChange]:
    asked = request.query_params
    wanted = GroupInput(
        function=asked.get("funzione", ""),
        members=(asked.get("comuni", ""),),
        lead=asked.get("capofila") or None,
        on=day_asked(asked.get("data", "")),
    )
    change = GroupChange(
        leaves=asked.get("esce") or None, joins=asked.get("entra") or None, lead=asked.get("guida") or None
    )
    return wanted, change


def day_asked(text: str) -> date:
    """The day that the address names, today where it names none; raises Refused about `data`."""
    if not text.strip():
        return today()
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        sentence = Sentence("Questo non è un giorno: scriverlo come 2026-11-24 (anno, mese, giorno).")
        raise refused("data", "not_a_day", sentence) from None


def _in_italian(refusal: Refused) -> Refused:
    """The refusal with the fields by their names in the address."""
    fields = [
        FieldRefusal(FIELDS.get(one.field, one.field), one.code, one.sentence) for one in refusal.fields
    ]
    return Refused(refusal.code, refusal.sentence, fields)


def _result(picture: Catalogue, found: Evaluation, tried: WhatIf | None, language: str) -> dict[str, object]:
    letter, codes = found.function.letter, found.group.members
    joining = group_changes.joinable(picture, found, JOINING)
    around = [town.istat_code for town in joining]
    return {
        "members": _member_rows(found, language),
        "joining": _joining_rows(found, joining, language),
        "map": numbered_map(codes, around, [town.place for town in found.members]),
        "why": found.why.say(language),
        "remedy": found.remedy.say(language) if found.remedy else "",
        "notes": [note.say(language) for note in found.notes],
        "headline": found.law.headline.say(language),
        "law": law_lines(found, language),
        "factors": factor_lines(found.group.factors, language, FACTORS, 3),
        "evidence": picture.evidence[letter],
        **pool_view(picture, found, language),
        "score": number(found.group.score, language, 2),
        "differences": [one.say(language) for one in tried.differences] if tried else [],
        "before": _as_it_is(tried.before, language) if tried else "",
        "keep": _as_it_is(found, language),
        "propose": proposal_address(language, letter, codes, found.lead.istat_code),
        "days": [
            (one, _as_it_is(found, language, data=one.isoformat()))
            for one in (*DATES, today())
            if one != found.on
        ],
    }


def law_lines(found: Evaluation, language: str) -> list[LawLine]:
    """What the law said that day, each sentence with its rules."""
    return [LawLine(sentence=one.sentence.say(language), rules=one.rules) for one in found.law.sentences]


def pool_view(picture: Catalogue, found: Evaluation, language: str) -> dict[str, object]:
    """Who wrote each of the pooled needs, and where one request of all of them is begun."""
    return {
        "owners": {need.number: picture.owner(need).name for need in found.pool.needs},
        "joint": joint_requests.way_to(found, language),
    }


def _query(group: Evaluation, lead: str | None, change: GroupChange) -> str:
    """What a program asks for the same answer; every value was understood before, none is free text."""
    values = {
        "function": f'"{group.function.letter}"',
        "members": orjson.dumps(group.group.members).decode(),
        "on": f'"{group.on.isoformat()}"',
    }
    codes = {"lead": lead, "leaves": change.leaves, "joins": change.joins, "newLead": change.lead}
    values |= {name: f'"{code.strip()}"' for name, code in codes.items() if code}
    asked = ", ".join(f"{name}: {value}" for name, value in values.items())
    return (QUERY if change == GroupChange() else WHAT_IF_QUERY) % (asked, ABOUT)


def _as_it_is(found: Evaluation, language: str, **more: str) -> str:
    """The address of the group itself, or with something more or else in it."""
    asked = {"capofila": found.lead.istat_code, "data": found.on.isoformat()} | more
    return group_address(language, found.function.letter, found.group.members, **asked)


def _member_rows(found: Evaluation, language: str) -> list[MemberRow]:
    shapes = outlines().municipalities
    may_leave = len(found.members) > FEWEST
    return [
        MemberRow(
            number=place,
            municipality=town,
            leads=town == found.lead,
            without=_as_it_is(found, language, esce=town.istat_code) if may_leave else "",
            leading=_as_it_is(found, language, guida=town.istat_code),
            path=shapes[town.istat_code],
        )
        for place, town in enumerate(found.members, start=1)
    ]


def _joining_rows(found: Evaluation, joining: Sequence[Municipality], language: str) -> list[JoiningRow]:
    shapes = outlines().municipalities
    return [
        JoiningRow(
            municipality=town,
            href=_as_it_is(found, language, entra=town.istat_code),
            path=shapes[town.istat_code],
        )
        for town in joining
    ]


routes = [Route("/gestioni-associate/gruppo", show, name="group")]
