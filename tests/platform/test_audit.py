"""The audit log: edits, deletions and reordering are found."""

from __future__ import annotations

from cast import NEED, PASTURO_OFFICER
from raccordo import audit, needs
from raccordo.catalogue import Catalogue
from raccordo.models import AuditEntry


async def five_entries() -> None:
    for _ in range(5):
        await needs.publish(PASTURO_OFFICER, NEED)


async def test_an_untouched_log_is_whole(current: Catalogue) -> None:
    await five_entries()
    found = await audit.verify()
    assert (found.breaks, found.entries) == ((), 5)


async def test_an_edit_is_found(current: Catalogue) -> None:
    await five_entries()
    await AuditEntry.filter(number=3).update(verb="withdraw")
    assert [str(one) for one in (await audit.verify()).breaks] == ["La voce 3 è stata modificata."]


async def test_an_edit_with_a_new_digest_breaks_the_next_entry(current: Catalogue) -> None:
    await five_entries()
    entry = await AuditEntry.get(number=3)
    entry.verb = "withdraw"
    entry.digest = audit.digest(entry)
    await entry.save()
    assert [str(one) for one in (await audit.verify()).breaks] == ["La voce 4 non segue quella prima di lei."]


async def test_a_deletion_is_found(current: Catalogue) -> None:
    await five_entries()
    await AuditEntry.filter(number=2).delete()
    assert [str(one) for one in (await audit.verify()).breaks] == ["Mancano le voci da 2 a 2 del registro."]


async def test_two_entries_in_each_others_place_are_found(current: Catalogue) -> None:
    await five_entries()
    second, third = await AuditEntry.get(number=2), await AuditEntry.get(number=3)
    for entry, other in ((second, third), (third, second)):
        columns = {name: getattr(other, name) for name in ("at", "subject", "details", "previous", "digest")}
        await AuditEntry.filter(number=entry.number).update(**columns)
    assert (await audit.verify()).breaks


async def test_the_log_names_a_role_and_a_body_and_no_person(current: Catalogue) -> None:
    await five_entries()
    entry = await AuditEntry.get(number=1)
    assert entry.acting_as == "DEMO OFFICER MUNICIPALITY:097065"
