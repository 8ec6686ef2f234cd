"""That for which a role is held: a body, a laboratory, a department, a school, an institution, a side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from raccordo import catalogue
from raccordo.language import Sentence
from raccordo.models import (
    BodyKind,
    CoordinatingBody,
    Department,
    Institution,
    Laboratory,
    Membership,
    ProvinceKind,
    Role,
    School,
    Succession,
    TerritorialBody,
)
from raccordo.people import FOR_A_BODY, FOR_A_LABORATORY
from raccordo.published import Province
from raccordo.published import TerritorialBody as PublishedBody
from raccordo.refusals import Refused, refused
from raccordo.rights import Body, Subject

LONGEST_CODE = 64  # characters of a body's key
# By role, the part of `Held` that it needs; an integrator may do without.
PARTS = {
    **dict.fromkeys(FOR_A_BODY, "body"),
    **dict.fromkeys(FOR_A_LABORATORY, "laboratory"),
    Role.DEPARTMENT_APPROVER: "department",
    Role.SCHOOL_APPROVER: "school",
    Role.INSTITUTION_OFFICER: "institution",
    Role.INTEGRATOR: "body",
    Role.COORDINATOR: "coordinates_for",
}
SIDES = {
    CoordinatingBody.ANCI_LOMBARDIA: "ANCI Lombardia",
    CoordinatingBody.POLITECNICO: "Politecnico di Milano",
}
PROVINCES = {
    ProvinceKind.PROVINCE: "Provincia di {name}",
    ProvinceKind.METROPOLITAN_CITY: "Città metropolitana di {name}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One of these, by its natural key; nothing at all for an integrator of nobody in particular."""

    body: Body | None = None
    laboratory: str = ""
    department: str = ""
    school: str = ""
    institution: str = ""
    coordinates_for: CoordinatingBody | None = None

    @property
    def parts(self) -> frozenset[str]:
        """The names of what is filled in."""
        return frozenset(name for name in set(PARTS.values()) if getattr(self, name))

    @property
    def key(self) -> str:
        """One text that names it: `MUNICIPALITY:097065`, `LABORATORY:lia`."""
        if self.body:
            return f"{self.body[0]}:{self.body[1]}"
        return next((f"{name.upper()}:{getattr(self, name)}" for name in self.parts), "")

    @property
    def subject(self) -> Subject:
        """It as rights see it."""
        return Subject(
            bodies=frozenset({self.body}) if self.body else frozenset(),
            laboratory=self.laboratory or None,
            department=self.department or None,
        )


def held_by(row: Membership) -> Held:
    """What a membership is held for; its body must have been read with it."""
    keys: dict[str, str] = {
        name: getattr(row, f"{name}_id") or ""
        for name in ("laboratory", "department", "school", "institution")
    }
    body = (row.body.kind, row.body.code) if row.body else None
    return Held(body=body, coordinates_for=row.coordinates_for, **keys)


def name_of(row: Membership) -> str:
    """What a membership is held for, in words; its body and its institution must have been read with it."""
    if row.institution:
        return str(row.institution.name)
    return name(held_by(row))


def name(held: Held) -> str:
    """What it is called, as far as the catalogue knows it; else its key."""
    picture = catalogue.current()
    if held.body:
        body = picture.body(*held.body)
        return body_name(body) if body else held.body[1]
    if held.laboratory:
        laboratory = picture.laboratories.get(held.laboratory)
        return laboratory.name if laboratory else held.laboratory
    if held.department or held.school:
        unit = picture.departments.get(held.department) or picture.schools.get(held.school)
        return unit.name_it if unit else held.department or held.school
    return SIDES[held.coordinates_for] if held.coordinates_for else held.institution


def body_name(body: PublishedBody) -> str:
    """ "Pasturo", "Provincia di Lecco"."""
    return PROVINCES[body.kind].format(name=body.name) if isinstance(body, Province) else body.name


async def columns(role: Role, held: Held) -> dict[str, Any]:
    """Every column of a membership that says what it is held for; raises Refused when role and holder do not fit."""
    part = PARTS.get(role)
    nobody = role is Role.INTEGRATOR and not held.parts
    if part is None or (held.parts != {part} and not nobody):
        raise _does_not_fit()
    body = await _body(held.body) if held.body else None
    known = {
        "laboratory": Laboratory.all().values_list("slug", flat=True),
        "department": Department.all().values_list("acronym", flat=True),
        "school": School.all().values_list("acronym", flat=True),
        "institution": Institution.all().values_list("code", flat=True),
    }
    if part in known and getattr(held, part) not in set(await known[part]):
        raise unknown(getattr(held, part))
    return {
        "body_id": body.id if body else None,
        **{f"{name}_id": getattr(held, name) or None for name in known},
        "coordinates_for": held.coordinates_for,
    }


async def _body(body: Body) -> TerritorialBody:
    """The body of today with that key, or the municipality that continues it."""
    kind, code = body
    if kind is BodyKind.MUNICIPALITY:
        # All of them, a handful: Tortoise refuses to ask for a text longer than the column.
        rows = await Succession.all().values_list("predecessor_istat", "successor_id")
        followed = {str(old): str(new) for old, new in rows if old != new}
        while code in followed and not await _today(kind, code):
            code = followed.pop(code)
    found = await _today(kind, code)
    if found is None:
        raise unknown(code)
    return found


async def _today(kind: BodyKind, code: str) -> TerritorialBody | None:
    if len(code) > LONGEST_CODE:
        return None
    return await TerritorialBody.get_or_none(kind=kind, code=code, closed_on=None)


def unknown(said: str) -> Refused:
    return refused(
        "holder",
        "unknown",
        Sentence("Nessun nome e nessun codice assomiglia a «{said}».", {"said": said[:60]}),
    )


def _does_not_fit() -> Refused:
    sentence = Sentence(
        "Il ruolo e ciò per cui vale non vanno insieme: serve un ente, un laboratorio, una struttura o una parte."
    )
    return refused("role", "does_not_fit", sentence)
