"""The register of who did what, for the coordination: read a page at a time, verified when asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from raccordo import audit, audit_register
from raccordo.audit_register import RegisterEntry, RegisterFilter
from raccordo.people import Actor
from raccordo.schema import cursors
from raccordo.schema.connections import DEFAULT, Connection, Stored, check_window, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, shows

READING = 10  # what reading a page costs in the limiter's count
VERIFYING = 3000  # what reading everything costs: two in one request are too many


def _who(root: strawberry.Parent[RegisterEntry], info: Info) -> str:
    return root.who.say(info.context.language)


@shows(
    RegisterEntry,
    "One act in the register; it names nobody, only the number of an account.",
    right=("read", "audit_entry"),
)
class AuditEntry:
    number: int = described("The number of the entry, without gaps.")
    at: datetime | None = described("When it happened; null where the entry was tampered with.")
    person: int | None = described("The number of the account that acted; null for the command line.")
    acting_as: str = described("The role, and for whom it was held, as the register keeps them.")
    who: str = described("For whom it was done, in words; never a person's name.", _who)
    verb: str = described("What was done.")
    subject: str = described("What it was done to, such as need:12.")
    details: str = described("What else is known of it, as JSON; empty when nothing is.")


def _breaks(root: strawberry.Parent[audit.Verification], info: Info) -> list[str]:
    return [one.say(info.context.language) for one in root.breaks]


def _whole(root: strawberry.Parent[audit.Verification]) -> bool:
    return not root.breaks


@shows(audit.Verification, "What reading the whole register found.", right=("read", "audit_entry"))
class AuditVerification:
    whole: bool = described("Whether every entry follows the one before it.", _whole)
    entries: int = described("How many entries there are.")
    head: str = described("The digest of the last entry: with `entries`, what an anchor holds.")
    breaks: list[str] = described("Every break, in words; at most twenty, then how many more.", _breaks)


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    node: RegisterEntry

    @property
    def cursor(self) -> str:
        return cursors.encode(self.name, (self.node.number,))


@dataclass(frozen=True, slots=True)
class _Page:
    edges: Sequence[_Item]
    total_count: int
    has_next_page: bool
    has_previous_page: bool

    @property
    def page_info(self) -> _Page:
        return self

    @property
    def start_cursor(self) -> str | None:
        return self.edges[0].cursor if self.edges else None

    @property
    def end_cursor(self) -> str | None:
        return self.edges[-1].cursor if self.edges else None


@dataclass(frozen=True, slots=True)
class _Register(Stored):
    actor: Actor
    wanted: RegisterFilter

    @property
    def name(self) -> str:
        return f"audit_entries:{self.wanted.subject}:{self.wanted.verb}"

    async def page(
        self,
        *,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> _Page:
        check_window(first, last)
        size = last if last is not None else DEFAULT if first is None else first
        older, newer = self._number("after", after), self._number("before", before)
        rows = await audit_register.entries(
            self.actor,
            self.wanted,
            before=audit_register.HIGHEST if older is None else older,
            after=newer or 0,
            most=size + 1,
            oldest=last is not None,
        )
        more, shown = len(rows) > size, rows[-size:] if last else rows[:size]
        return _Page(
            [_Item(self.name, row) for row in shown],
            await audit_register.count(self.actor, self.wanted),
            has_next_page=newer is not None if last is not None else more,
            has_previous_page=more if last is not None else older is not None,
        )

    def _number(self, argument: str, cursor: str | None) -> int | None:
        if cursor is None:
            return None
        [number] = cursors.decode(argument, cursor, self.name, (0,))
        return int(number)


Subject: TypeAlias = Annotated[
    str, strawberry.argument(description='Only this thing, "need:12", or this kind of things, "need".')
]
Verb: TypeAlias = Annotated[str, strawberry.argument(description="Only what was done in this way.")]


async def _entries(info: Info, subject: Subject = "", verb: Verb = "") -> _Register:
    return _Register(info.context.actor, RegisterFilter(subject=subject.strip(), verb=verb.strip()))


async def _verification(info: Info) -> audit.Verification:
    return await audit_register.verify(info.context.actor)


@strawberry.type
class RegisterQuery:
    audit_entries: Connection[AuditEntry] = listed(
        "The register, newest first, for a coordinator after its second factor.", _entries, cost=READING
    )
    audit_verification: AuditVerification = described(
        "Reads the whole register and says what it found; for a coordinator after its second factor.",
        _verification,
        cost=VERIFYING,
    )
