"""Places by kind of initiative and semester: what a laboratory declared, less the partnerships under way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from tortoise.expressions import Q

from raccordo.initiatives import Kind
from raccordo.language import Sentence
from raccordo.models import InitiativeKind, Laboratory, LaboratoryCapacity, Outcome, Partnership
from raccordo.refusals import Refused
from raccordo.semesters import name_of


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
    return (await of_laboratories([laboratory])).get(laboratory, ())


async def of_laboratories(only: Collection[str] | None = None) -> dict[str, tuple[SemesterPlaces, ...]]:
    """The same of every laboratory that declared or gave any, or of some alone, by slug, in two statements."""
    capacity, partnerships = LaboratoryCapacity.all(), Partnership.all()
    if only is not None:
        capacity = capacity.filter(laboratory_id__in=list(only))
        partnerships = partnerships.filter(match__laboratory_id__in=list(only))
    declared = {
        (str(slug), semester, InitiativeKind(kind)): places
        for slug, semester, kind, places in await capacity.values_list(
            "laboratory_id", "semester", "kind", "places"
        )
    }
    under_way = partnerships.filter(
        Q(outcome__isnull=True) | Q(outcome__in=(Outcome.DONE, Outcome.PARTLY_DONE)),
        match__kind__not_isnull=True,
    )
    taken = Counter(
        (str(slug), semester, InitiativeKind(kind))
        for slug, semester, kind in await under_way.values_list(
            "match__laboratory_id", "match__semester", "match__kind"
        )
        if semester
    )
    found: dict[str, list[SemesterPlaces]] = {}
    for key in sorted({*declared, *taken}):
        slug, semester, kind = key
        places = SemesterPlaces(kind=kind, semester=semester, declared=declared.get(key), taken=taken[key])
        found.setdefault(slug, []).append(places)
    return {slug: tuple(places) for slug, places in found.items()}


async def refuse_when_full(laboratory: str, kind: InitiativeKind | None, semester: str) -> None:
    """Raise Refused when the laboratory declared places for that kind and semester and all are taken."""
    for places in await of_laboratory(laboratory):
        if (places.kind, places.semester) == (kind, semester) and places.free == 0:
            values = {
                "laboratory": (await Laboratory.get(slug=laboratory)).name,
                "kind": Kind(places.kind),
                "semester": name_of(semester),
            }
            sentence = Sentence(
                "{laboratory} non ha più posti di questo tipo ({kind}) nel {semester}: si cambia semestre "
                "nell’intesa, o il laboratorio ne dichiara altri.",
                values,
            )
            raise Refused("no_capacity", sentence)
