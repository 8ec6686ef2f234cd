"""The register of joint forms that exist: imported, made here by people, or known as bodies of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from raccordo import catalogue
from raccordo.catalogue import Catalogue
from raccordo.catalogue_managements import ManagementRecord
from raccordo.language import Sentence
from raccordo.models import AssociationForm, BodyKind
from raccordo.municipalities import folded
from raccordo.published import MountainCommunity, UnionOfMunicipalities
from raccordo.refusals import NotFound
from raccordo.spoken import Listed

NAMED = 3  # members of a joint form that a sentence names


async def every() -> tuple[ManagementRecord, ...]:
    """The whole register, by name: what is stored, and the mountain communities and unions that are known."""
    current = await catalogue.catch_up()
    return tuple(sorted([*current.managements, *_bodies(current)], key=place))


async def of_municipality(istat_code: str) -> tuple[ManagementRecord, ...]:
    """The joint forms of one municipality, by name."""
    return select(await every(), municipality=istat_code)


def in_force(current: Catalogue, letter: str, on: date) -> dict[str, tuple[ManagementRecord, ...]]:
    """Who managed that function with others on that day, by municipality; what nobody has read is not said."""
    found: dict[str, list[ManagementRecord]] = {}
    for one in current.managements:
        if letter in one.functions and len(one.members) > 1 and one.valid_on(on):
            for code in one.members:
                found.setdefault(code, []).append(one)
    return {code: tuple(records) for code, records in sorted(found.items())}


def already(
    current: Catalogue, codes: Collection[str], managed: Mapping[str, Iterable[ManagementRecord]]
) -> tuple[Sentence, ...]:
    """Each joint form that some of these municipalities have for a function, once: who has it, and with whom else."""
    forms = {one.code: one for code in codes for one in managed.get(code, ())}
    return tuple(_already(current, one, codes) for _, one in sorted(forms.items()))


def _already(current: Catalogue, one: ManagementRecord, codes: Collection[str]) -> Sentence:
    inside = [current.municipalities[code].name for code in one.members if code in codes]
    others = [current.municipalities[code].name for code in one.members if code not in codes]
    values = {"inside": Listed(inside), "others": company(others), "name": one.name}
    if others:
        return Sentence("Già in gestione: {inside} con {others} ({name}).", values)
    return Sentence("Già in gestione insieme: {inside} ({name}).", values)


def company(names: Sequence[str]) -> Sentence:
    """A few names, and how many more there are."""
    if len(names) <= NAMED + 1:
        return Listed(names)
    values = {"names": ", ".join(names[:NAMED]), "count": len(names) - NAMED}
    return Sentence("{names} e altri {count}", values)


def place(one: ManagementRecord) -> tuple[str, str]:
    """Where it stands in the register."""
    return (folded(one.name), one.code)


def select(
    managements: Iterable[ManagementRecord],
    *,
    form: AssociationForm | None = None,
    function: str | None = None,
    municipality: str | None = None,
) -> tuple[ManagementRecord, ...]:
    """Those of a form, with a function, of a municipality; None is no condition."""
    return tuple(
        one
        for one in managements
        if form in (None, one.form)
        and (function is None or function in one.functions)
        and (municipality is None or municipality in one.members)
    )


async def find(code: str) -> ManagementRecord:
    """The joint form with that code; raises NotFound."""
    found = next((one for one in await every() if one.code == code), None)
    if found is None:
        raise NotFound("unknown_management", Sentence("Nessuna gestione associata ha questo codice."))
    return found


def _bodies(current: Catalogue) -> Iterator[ManagementRecord]:
    """The mountain communities and unions that are known."""
    for slug, community in current.mountain_communities.items():
        yield _body(community, AssociationForm.MOUNTAIN_COMMUNITY, BodyKind.MOUNTAIN_COMMUNITY, slug)
    for code, union in current.unions.items():
        yield _body(union, AssociationForm.UNION, BodyKind.UNION_OF_MUNICIPALITIES, code)


def _body(
    one: MountainCommunity | UnionOfMunicipalities, form: AssociationForm, kind: BodyKind, code: str
) -> ManagementRecord:
    """A body that is a joint form itself: which functions it has nobody has read, so none is said."""
    return ManagementRecord(
        code=f"{kind.value.lower().replace('_', '-')}-{code}",
        name=one.name,
        form=form,
        functions=(),
        members=tuple(sorted(one.municipalities)),
        lead=None,
        valid_from=None,
        valid_to=None,
        source=one.source,
        evidence=one.evidence if isinstance(one, MountainCommunity) else "",
        body=(kind, code),
    )
