"""The register of joint forms that exist: imported, made here by people, or known as bodies of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tortoise.expressions import Subquery

from raccordo import catalogue
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.models import AssociatedManagement, AssociationForm, BodyKind, ManagementMember
from raccordo.municipalities import folded, former_codes
from raccordo.published import MountainCommunity, UnionOfMunicipalities
from raccordo.refusals import NotFound

RELATED = ("lead", "functions", "members__body")
TOWN = BodyKind.MUNICIPALITY


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagementRecord:
    """A joint form. `functions` is empty where nobody has read which ones it has; `body` is its own, if it is one.

    `members` and `lead` are ISTAT codes of today.
    """

    code: str
    name: str
    form: AssociationForm
    functions: tuple[str, ...]
    members: tuple[str, ...]
    lead: str | None
    valid_from: date | None
    valid_to: date | None
    source: str
    evidence: str
    body: tuple[BodyKind, str] | None = None

    @property
    def to_be_confirmed(self) -> bool:
        """True when it was recalled and not read."""
        return self.evidence.startswith("recalled")

    def valid_on(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or self.valid_to >= on
        )


async def every() -> tuple[ManagementRecord, ...]:
    """The whole register, by name: what is stored, and the mountain communities and unions that are known."""
    current = catalogue.current()
    rows = await AssociatedManagement.all().prefetch_related(*RELATED)
    return _in_order(*(_stored(row, current) for row in rows), *_bodies(current))


async def of_municipality(istat_code: str) -> tuple[ManagementRecord, ...]:
    """The joint forms of one municipality, by name."""
    current = catalogue.current()
    members = ManagementMember.filter(body__kind=TOWN, body__code__in=former_codes(current, istat_code))
    stored = AssociatedManagement.filter(code__in=Subquery(members.values("management_id")))
    found = [_stored(row, current) for row in await stored.prefetch_related(*RELATED)]
    return _in_order(*found, *(one for one in _bodies(current) if istat_code in one.members))


def _in_order(*found: ManagementRecord) -> tuple[ManagementRecord, ...]:
    return tuple(sorted(found, key=place))


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
    current = catalogue.current()
    row = await AssociatedManagement.get_or_none(code=code).prefetch_related(*RELATED)
    if row:
        return _stored(row, current)
    found = next((one for one in _bodies(current) if one.code == code), None)
    if found is None:
        raise NotFound("unknown_management", Sentence("Nessuna gestione associata ha questo codice."))
    return found


def _stored(row: AssociatedManagement, current: Catalogue) -> ManagementRecord:
    own = "code name form valid_from valid_to source evidence"
    order = list(current.functions)
    letters = [one.function_id for one in row.functions]  # type: ignore[attr-defined]  # the other end of a relation
    codes = [one.body.code for one in row.members]  # type: ignore[attr-defined]  # the same
    return ManagementRecord(
        **{name: getattr(row, name) for name in own.split()},
        functions=tuple(sorted(letters, key=order.index)),
        members=_today(codes, current),
        lead=next(iter(_today([row.lead.code], current)), None) if row.lead else None,
    )


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


def _today(codes: Iterable[str], current: Catalogue) -> tuple[str, ...]:
    """The codes of today, each once: what merged away is continued by its successor."""
    bodies = (current.body(TOWN, code) for code in codes)
    return tuple(sorted({body.code for body in bodies if body}))
