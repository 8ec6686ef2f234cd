"""The register of joint forms for the catalogue: suggestions read from it who manages what with whom already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from raccordo.models import AssociatedManagement, AssociationForm, BodyKind

if TYPE_CHECKING:
    from raccordo.catalogue import Catalogue

RELATED = ("lead", "functions", "members__body")


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


async def read_managements(picture: Catalogue) -> tuple[ManagementRecord, ...]:
    """What is stored, by code; members by their codes of today."""
    rows = await AssociatedManagement.all().order_by("code").prefetch_related(*RELATED)
    return tuple(_stored(row, picture) for row in rows)


def _stored(row: AssociatedManagement, picture: Catalogue) -> ManagementRecord:
    own = "code name form valid_from valid_to source evidence"
    order = list(picture.functions)
    letters = [one.function_id for one in row.functions]  # type: ignore[attr-defined]  # the other end of a relation
    codes = [one.body.code for one in row.members]  # type: ignore[attr-defined]  # the same
    return ManagementRecord(
        **{name: getattr(row, name) for name in own.split()},
        functions=tuple(sorted(letters, key=order.index)),
        members=_today(codes, picture),
        lead=next(iter(_today([row.lead.code], picture)), None) if row.lead else None,
    )


def _today(codes: Iterable[str], picture: Catalogue) -> tuple[str, ...]:
    """The codes of today, each once: what merged away is continued by its successor."""
    bodies = (picture.body(BodyKind.MUNICIPALITY, code) for code in codes)
    return tuple(sorted({body.code for body in bodies if body}))
