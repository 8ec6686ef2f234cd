"""Places by kind of initiative and semester: what a laboratory declared, less the partnerships under way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tortoise.expressions import Q

from raccordo.language import Sentence
from raccordo.models import InitiativeKind, Laboratory, LaboratoryCapacity, Outcome, Partnership
from raccordo.refusals import Refused
from raccordo.semesters import name_of

Place = tuple[str, InitiativeKind]  # a semester and a kind

KINDS = {
    InitiativeKind.SEMINAR: Sentence("seminario"),
    InitiativeKind.COURSE: Sentence("corso"),
    InitiativeKind.SUMMER_SCHOOL: Sentence("scuola estiva"),
    InitiativeKind.INTERNSHIP: Sentence("tirocinio o tesi"),
    InitiativeKind.TEACHING_MODULE: Sentence("modulo didattico"),
    InitiativeKind.STUDY: Sentence("studio"),
    InitiativeKind.RESEARCH: Sentence("ricerca"),
    InitiativeKind.MEETING: Sentence("incontro"),
    InitiativeKind.CONGRESS: Sentence("congresso"),
    InitiativeKind.CONFERENCE: Sentence("convegno"),
    InitiativeKind.DOCUMENT_EXCHANGE: Sentence("scambio di documenti"),
    InitiativeKind.PROJECT_SUPPORT: Sentence("accompagnamento a un progetto"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SemesterPlaces:
    """A kind of initiative in a semester: `declared` None is unknown and reads "da chiedere".

    A partnership takes its place for the whole semester, also when it is done before the end; abandoned, it gives it back.
    """

    kind: InitiativeKind
    semester: str
    declared: int | None
    taken: int

    @property
    def free(self) -> int | None:
        return None if self.declared is None else max(0, self.declared - self.taken)


async def of_laboratory(laboratory: str) -> tuple[SemesterPlaces, ...]:
    """Every kind and semester that was declared or taken, the first semester first."""
    return (await of_laboratories([laboratory]))[laboratory]


async def of_laboratories(laboratories: Collection[str]) -> dict[str, tuple[SemesterPlaces, ...]]:
    """The same of several laboratories, in two statements however many they are."""
    declared: dict[str, dict[Place, int]] = {slug: {} for slug in laboratories}
    taken: dict[str, Counter[Place]] = {slug: Counter() for slug in laboratories}
    for row in await LaboratoryCapacity.filter(laboratory_id__in=list(laboratories)).values():
        declared[row["laboratory_id"]][row["semester"], InitiativeKind(row["kind"])] = row["places"]
    partnerships = Partnership.filter(
        Q(outcome__isnull=True) | Q(outcome__in=(Outcome.DONE, Outcome.PARTLY_DONE)),
        match__laboratory_id__in=list(laboratories),
        match__kind__not_isnull=True,
    )
    columns = ("match__laboratory_id", "match__semester", "match__kind")
    for slug, semester, kind in await partnerships.values_list(*columns):
        if semester:
            taken[slug][semester, InitiativeKind(kind)] += 1
    return {slug: _places(declared[slug], taken[slug]) for slug in laboratories}


def _places(declared: Mapping[Place, int], taken: Counter[Place]) -> tuple[SemesterPlaces, ...]:
    return tuple(
        SemesterPlaces(kind=kind, semester=semester, declared=declared.get((semester, kind)), taken=taken[semester, kind])
        for semester, kind in sorted({*declared, *taken})
    )  # fmt: skip


async def refuse_when_full(laboratory: str, kind: InitiativeKind | None, semester: str) -> None:
    """Raise Refused when the laboratory declared places for that kind and semester and all are taken."""
    for places in await of_laboratory(laboratory):
        if (places.kind, places.semester) == (kind, semester) and places.free == 0:
            values = {
                "laboratory": (await Laboratory.get(slug=laboratory)).name,
                "kind": KINDS[places.kind],
                "semester": name_of(semester),
            }
            sentence = Sentence(
                "{laboratory} non ha più posti di questo tipo ({kind}) nel {semester}: si cambia semestre "
                "nell’intesa, o il laboratorio ne dichiara altri.",
                values,
            )
            raise Refused("no_capacity", sentence)
