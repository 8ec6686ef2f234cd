"""How often somebody is written to: chosen on its own page, or from a link in any mail."""

from __future__ import annotations

from raccordo import audit, digests, single_use
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import MailFrequency, MailPreference, Purpose
from raccordo.people import Actor, person_of
from raccordo.refusals import NotAllowed, refused
from raccordo.rights import allows

NOBODY = Sentence("Gli avvisi sono di chi è entrato: prima bisogna farsi riconoscere.")


async def chosen(actor: Actor) -> MailFrequency:
    """What somebody chose for itself; raises NotAllowed for visitors."""
    if actor.system or not allows(actor, "read", "mail_preference"):
        raise NotAllowed("read_mail_preference", NOBODY)
    return await digests.frequency_of(actor.person) if actor.person else await _of_demo(actor)


async def choose(actor: Actor, frequency: str) -> MailFrequency:
    """Choose for oneself; raises NotAllowed for visitors, Refused for an unknown frequency."""
    if actor.system or not allows(actor, "change", "mail_preference"):
        raise NotAllowed("change_mail_preference", NOBODY)
    wanted = _known(frequency)

    async def work(writing: Writing) -> None:
        await _keep(writing, actor, wanted)

    await write(work)
    return wanted


async def chosen_by_link(secret: str) -> MailFrequency:
    """What the reader of a mail chose; raises NotFound for a link that is over."""
    return await digests.frequency_of(await _reader(secret))


async def choose_by_link(secret: str, frequency: str) -> MailFrequency:
    """Choose from a mail's link, which stays good: nobody has to look for the newest mail to unsubscribe."""
    wanted, reader = _known(frequency), Actor(person=await _reader(secret))

    async def work(writing: Writing) -> None:
        await _keep(writing, reader, wanted)

    await write(work)
    return wanted


async def _reader(secret: str) -> int:
    row = await single_use.look(secret, Purpose.PREFERENCES)
    return int(row.person.id) if row.person else 0


async def _keep(writing: Writing, actor: Actor, frequency: MailFrequency) -> None:
    person = await person_of(actor)
    if person is None:
        return
    await MailPreference.update_or_create(person=person, defaults={"frequency": frequency})
    details = {"frequency": frequency.value}
    await audit.record(writing, actor, "change_mail_preference", f"person:{person.id}", details)


async def _of_demo(actor: Actor) -> MailFrequency:
    async def work(_: Writing) -> int:
        person = await person_of(actor)
        return person.id if person else 0

    return await digests.frequency_of(await write(work))


def _known(frequency: str) -> MailFrequency:
    if frequency not in MailFrequency.__members__:
        raise refused("frequency", "unknown", Sentence("Va scelta una delle quattro possibilità."))
    return MailFrequency[frequency]
