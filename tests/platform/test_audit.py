"""The audit log: what it says of whoever acted, and an edit that covers its tracks (the drill tries the rest)."""

from __future__ import annotations

from cast import NEED, PASTURO_OFFICER
from raccordo import audit, needs
from raccordo.catalogue import Catalogue
from raccordo.models import AuditEntry


async def five_entries() -> None:
    for _ in range(5):
        await needs.publish(PASTURO_OFFICER, NEED)


async def test_an_edit_with_a_new_digest_breaks_the_next_entry(current: Catalogue) -> None:
    await five_entries()
    entry = await AuditEntry.get(number=3)
    entry.verb = "withdraw"
    entry.digest = audit.digest(entry)
    await entry.save()
    assert [str(one) for one in (await audit.verify()).breaks] == ["La voce 4 non segue quella prima di lei."]


async def test_the_log_names_a_role_and_a_body_and_no_person(current: Catalogue) -> None:
    await five_entries()
    entry = await AuditEntry.get(number=1)
    assert entry.acting_as == "DEMO OFFICER MUNICIPALITY:097065"
