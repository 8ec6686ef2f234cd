"""What is decided about a membership: accept or refuse a request, end a role, take a lost second factor away."""

from __future__ import annotations

from datetime import UTC, datetime

from raccordo import audit, memberships, second_factor, written_text
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.memberships import MembershipRecord
from raccordo.models import AccessToken, Membership, MembershipStatus, PersonStatus, Role, Verification
from raccordo.notifications import notify
from raccordo.people import Actor
from raccordo.refusals import Refused
from raccordo.rights import demand

REASON = 500  # characters
OWN_PAGE = "/profilo/ruoli"
NOT_YOURS = Sentence(
    "Di questo ruolo decide il coordinamento, o chi amministra l’ente o dirige il laboratorio."
)


async def accept(actor: Actor, number: int) -> MembershipRecord:
    """Somebody's request becomes a role; of two decisions at once the first one counts."""
    record = await _decided_by(actor, number, "accept")

    async def work(writing: Writing) -> None:
        waiting, by = (MembershipStatus.REQUESTED,), Verification.COORDINATOR
        await _move(number, waiting, MembershipStatus.ACTIVE, verified_by=by)
        await memberships.put_to_use(writing, await Membership.get(id=number))
        told = Sentence("La richiesta per {name} è accolta.", {"name": record.held_name})
        await _tell(writing, actor, record, "accept", told)

    await write(work)
    return await memberships.find(actor, number)


async def refuse(actor: Actor, number: int, reason: str) -> MembershipRecord:
    """Somebody's request is refused, with a reason that is told."""
    record = await _decided_by(actor, number, "refuse")
    because = _checked(reason, Sentence("Manca il motivo: lo legge chi ha chiesto."))

    async def work(writing: Writing) -> None:
        await _move(number, (MembershipStatus.REQUESTED,), MembershipStatus.REFUSED, because=because)
        told = Sentence(
            "La richiesta per {name} non è accolta. Motivo: {reason}",
            {"name": record.held_name, "reason": because},
        )
        await _tell(writing, actor, record, "refuse", told)

    await write(work)
    return await memberships.find(actor, number)


async def end(actor: Actor, number: int, reason: str = "") -> MembershipRecord:
    """The role is over: whoever acted with it acts as nobody, and its tokens stop working."""
    record = await _decided_by(actor, number, "end")
    because = _checked(reason, None)

    async def work(writing: Writing) -> None:
        over = (MembershipStatus.ACTIVE, MembershipStatus.REQUESTED)
        await _move(number, over, MembershipStatus.ENDED, because=because)
        if record.role is Role.COORDINATOR and record.second_factor and not await _coordinator_left():
            raise Refused(
                "last_coordinator",
                Sentence("È l’ultimo coordinamento con il secondo fattore: prima ne serve un altro."),
            )
        tokens = AccessToken.filter(membership_id=number, revoked_at=None)
        await tokens.update(revoked_at=datetime.now(UTC))
        told = Sentence("Il ruolo per {name} è finito.", {"name": record.held_name})
        await _tell(writing, actor, record, "end", told)

    await write(work)
    return await memberships.find(actor, number)


async def reset_second_factor(actor: Actor, number: int) -> MembershipRecord:
    """Take the second factor from the person of a membership, who lost it."""
    record = await memberships.find(actor, number)
    await second_factor.reset(actor, record.person)
    return await memberships.find(actor, number)


async def _decided_by(actor: Actor, number: int, verb: str) -> MembershipRecord:
    record = await memberships.find(actor, number)
    demand(actor, verb, "membership", record.subject, NOT_YOURS)
    return record


async def _move(
    number: int, expected: tuple[MembershipStatus, ...], status: MembershipStatus, **columns: object
) -> None:
    """From one of the expected states to the next; somebody else may have been faster."""
    moved = await Membership.filter(id=number, status__in=expected).update(
        status=status, decided_at=datetime.now(UTC), **columns
    )
    if not moved:
        raise Refused("already_decided", Sentence("Qualcun altro ha già deciso: ecco com’è adesso."))


async def _coordinator_left() -> bool:
    return (
        await Membership.filter(
            role=Role.COORDINATOR,
            status=MembershipStatus.ACTIVE,
            person__status=PersonStatus.ACTIVE,
            person__totp_step__isnull=False,
        )
        .exclude(person__totp_secret="")
        .exists()
    )


async def _tell(writing: Writing, actor: Actor, record: MembershipRecord, verb: str, told: Sentence) -> None:
    details = {"person": record.person, "role": record.role.value}
    await audit.record(writing, actor, verb, f"membership:{record.number}", details)
    if record.person != actor.person:
        await notify(writing, [record.person], "membership", told, OWN_PAGE, urgent=True)


def _checked(reason: str, missing: Sentence | None) -> str:
    return written_text.checked("reason", " ".join(reason.split()), REASON, missing)
