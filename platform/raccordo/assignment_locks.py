"""What the coordination fixes by hand: a need and a laboratory together or apart, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from raccordo import audit, catalogue, needs, written_text
from raccordo.database import Writing, write
from raccordo.laboratories import laboratory as find_laboratory
from raccordo.language import Sentence
from raccordo.models import AssignmentLock, LockKind
from raccordo.people import Actor
from raccordo.refusals import NotFound, refused
from raccordo.rights import NOTHING, demand

REASON = 300  # characters
MOST = 500  # locks in all
NO_REASON = Sentence("Manca il motivo: una riga, che il coordinamento rileggerà.")
COORDINATION = Sentence("I vincoli a mano li mette e li toglie il coordinamento, dopo il secondo fattore.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """One lock; `need_title` and `laboratory_name` are empty where the thing is not published any more."""

    number: int
    need: int
    need_title: str
    laboratory: str
    laboratory_name: str
    kind: LockKind
    reason: str
    fixed_at: datetime


async def every(actor: Actor) -> tuple[Lock, ...]:
    """Every lock, by need and laboratory; raises NotAllowed."""
    demand(actor, "read", "assignment", NOTHING, COORDINATION)
    return tuple(_lock(row) for row in await AssignmentLock.all().order_by("need_id", "laboratory_id"))


async def pairs() -> list[tuple[int, str, LockKind]]:
    """Every lock as the need, the laboratory and the kind, in order."""
    rows = (
        await AssignmentLock.all()
        .order_by("need_id", "laboratory_id")
        .values_list("need_id", "laboratory_id", "kind")
    )
    return [(need, laboratory, LockKind(kind)) for need, laboratory, kind in rows]


async def fix(actor: Actor, need_number: int, laboratory: str, lock: str, reason: str) -> Lock:
    """Put a need and a laboratory together in every plan, or apart; raises NotAllowed, NotFound or Refused."""
    demand(actor, "fix", "assignment", NOTHING, COORDINATION)
    picture = catalogue.current()
    found = _laboratory(laboratory.strip())
    if need_number not in picture.needs:
        raise refused("need_number", "unknown", Sentence("Questo bisogno non è fra quelli pubblicati."))
    if lock not in LockKind.__members__:
        raise refused("lock", "unknown", Sentence("Il vincolo è «insieme» o «separati»."))
    because = written_text.checked("reason", " ".join(reason.split()), REASON, NO_REASON)
    published = needs.find(picture, need_number)

    async def work(writing: Writing) -> AssignmentLock:
        if await AssignmentLock.exists(need_id=published.number, laboratory_id=found):
            sentence = Sentence("Per questa coppia c’è già un vincolo: prima va tolto.")
            raise refused("laboratory", "already_fixed", sentence)
        if await AssignmentLock.all().count() >= MOST:
            raise refused("reason", "too_many", Sentence("I vincoli sono al massimo {most}.", {"most": MOST}))
        row = await AssignmentLock.create(
            need_id=published.number,
            laboratory_id=found,
            kind=LockKind[lock],
            reason=because,
            fixed_at=datetime.now(UTC),
        )
        details = {"need": published.number, "laboratory": found, "lock": lock}
        await audit.record(writing, actor, "fix_assignment", f"assignment_lock:{row.id}", details)
        return row

    return _lock(await write(work))


async def release(actor: Actor, number: int) -> Lock:
    """Take a lock away; raises NotAllowed or NotFound."""
    demand(actor, "release", "assignment", NOTHING, COORDINATION)
    row = await AssignmentLock.get_or_none(id=number) if 0 < number < 2**31 else None
    if row is None:
        raise NotFound("unknown_lock", Sentence("Qui non c’è nessun vincolo."))
    gone = _lock(row)

    async def work(writing: Writing) -> None:
        if await AssignmentLock.filter(id=number).delete():
            details = {"need": gone.need, "laboratory": gone.laboratory, "lock": gone.kind.value}
            await audit.record(writing, actor, "release_assignment", f"assignment_lock:{number}", details)

    await write(work)
    return gone


def _laboratory(slug: str) -> str:
    try:
        return find_laboratory(catalogue.current(), slug).slug
    except NotFound as missing:
        raise refused("laboratory", "unknown", missing.sentence) from None


def _lock(row: AssignmentLock) -> Lock:
    picture = catalogue.current()
    number: int = row.need_id  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
    slug: str = row.laboratory_id  # type: ignore[attr-defined]  # the same
    need, laboratory = picture.needs.get(number), picture.laboratories.get(slug)
    return Lock(
        number=row.id,
        need=number,
        need_title=need.title if need else "",
        laboratory=slug,
        laboratory_name=laboratory.name if laboratory else "",
        kind=row.kind,
        reason=row.reason,
        fixed_at=row.fixed_at,
    )
