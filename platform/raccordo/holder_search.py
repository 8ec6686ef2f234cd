"""From what somebody typed to what a role is held for: by name or code; what is not clear is asked, never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from raccordo import catalogue, institutions, municipalities
from raccordo.catalogue import Catalogue
from raccordo.holders import PARTS, Held, body_name, unknown
from raccordo.language import Sentence
from raccordo.models import BodyKind, Role
from raccordo.municipalities import folded, resemblance
from raccordo.published import Department, School
from raccordo.refusals import refused

SHOWN = 12
LONGEST = 200  # characters that are read of what was typed
EXACT, INSIDE = 5, 2  # of `resemblance`: the same, and at least a part that is the same
KINDS = {
    BodyKind.PROVINCE: Sentence("provincia"),
    BodyKind.MOUNTAIN_COMMUNITY: Sentence("comunità montana"),
    BodyKind.UNION_OF_MUNICIPALITIES: Sentence("unione di comuni"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that a role can be held for; `detail` tells it from others of the same name."""

    held: Held
    name: str
    detail: Sentence
    words: tuple[str, ...]  # folded names and codes under which it is found

    @property
    def key(self) -> str:
        return self.held.key

    def resembles(self, asked: str) -> float:
        return max(resemblance(asked, word) for word in self.words)


async def find(role: Role, said: str) -> Held:
    """The one thing of that name, code or key; raises Refused about `holder` when there is none or several."""
    said = said.strip()[:LONGEST]
    if not said:
        raise refused("holder", "missing", Sentence("Manca per chi: bastano il nome o il codice."))
    if held := await _by_key(role, said):
        return held
    found = await candidates(role, said)
    exact = [one for one in found if one.resembles(folded(said)) == EXACT]
    if len(exact) == 1:
        return exact[0].held
    if not found:
        raise unknown(said)
    names = ", ".join(one.name for one in (exact or found)[:5])
    raise refused(
        "holder",
        "several",
        Sentence("«{said}» non basta a capire quale: {names}.", {"said": said[:60], "names": names}),
    )


async def candidates(role: Role, said: str) -> tuple[Candidate, ...]:
    """What the typed text may mean for a role, best first; a key means itself."""
    asked = folded(said[:LONGEST])
    if not asked:
        return ()
    scored = [(one.resembles(asked), one) for one in await _all(role)]
    ranked = sorted(
        (pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1].name, pair[1].key)
    )
    if ranked and ranked[0][0] >= INSIDE:  # real parts make guesses at typing mistakes superfluous
        ranked = [pair for pair in ranked if pair[0] >= INSIDE]
    return tuple(one for _, one in ranked[:SHOWN])


async def _by_key(role: Role, said: str) -> Held | None:
    kind, _, code = said.partition(":")
    if not code:
        return None
    if kind in BodyKind.__members__ and PARTS.get(role) == "body":
        body = catalogue.current().body(BodyKind(kind), code)
        return Held(body=(body.body_kind, body.code)) if body else None
    return next((one.held for one in await _all(role) if one.key == said), None)


async def _all(role: Role) -> list[Candidate]:
    picture, part = catalogue.current(), PARTS.get(role)
    if part == "body":
        return [*_municipalities(picture), *_other_bodies(picture)]
    if part == "institution":
        return [
            _candidate(Held(institution=one.code), one.name, Sentence("altro ente"), one.code)
            for one in await institutions.listed()
        ]
    return list(_units(picture, part or ""))


def _municipalities(picture: Catalogue) -> Iterator[Candidate]:
    former: dict[str, list[str]] = {}
    for row in picture.successions.values():
        successor = municipalities.find(picture, row.successor).istat_code
        former.setdefault(successor, []).extend((row.predecessor, row.predecessor_istat))
    for code, town in picture.municipalities.items():
        province = picture.provinces[town.province].name
        yield _candidate(
            Held(body=(BodyKind.MUNICIPALITY, code)),
            town.name,
            Sentence("comune, provincia di {name}", {"name": province}),
            code,
            town.cadastral_code,
            town.ipa_code or "",
            *former.get(code, ()),
        )


def _other_bodies(picture: Catalogue) -> Iterator[Candidate]:
    shelves = (picture.provinces, picture.mountain_communities, picture.unions)
    for body in (body for shelf in shelves for body in shelf.values()):
        held = Held(body=(body.body_kind, body.code))
        yield _candidate(held, body_name(body), KINDS[body.body_kind], body.name, body.code)


def _units(picture: Catalogue, part: str) -> Iterator[Candidate]:
    if part == "laboratory":
        for slug, one in picture.laboratories.items():
            department = Sentence("laboratorio, {name}", {"name": one.department})
            yield _candidate(Held(laboratory=slug), one.name, department, slug)
    if part == "department":
        for acronym, unit in picture.departments.items():
            yield _unit(Held(department=acronym), unit, acronym)
    if part == "school":
        for acronym, school in picture.schools.items():
            yield _unit(Held(school=acronym), school, acronym)


def _unit(held: Held, unit: Department | School, acronym: str) -> Candidate:
    sign = Sentence("sigla {acronym}", {"acronym": acronym})
    return _candidate(held, unit.name_it, sign, acronym, unit.name_en)


def _candidate(held: Held, name: str, detail: Sentence, *others: str) -> Candidate:
    words = tuple(word for text in (name, *others) if (word := folded(text)))
    return Candidate(held=held, name=name, detail=detail, words=words)
