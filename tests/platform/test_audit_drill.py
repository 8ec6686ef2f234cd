"""The drill: whatever is done to the log behind the program's back is found, and said by entry."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cast import NEED, PASTURO_OFFICER
from raccordo import anchors, audit, database, needs
from raccordo.audit import Anchor
from raccordo.catalogue import Catalogue
from raccordo.models import AuditEntry
from raccordo.refusals import Refused

DOCUMENT = Path(__file__).parents[2] / "docs/audit.md"
CUT_OFF = "Il registro finisce alla voce 4, ma l’ancora del 2026 ne contava 6: mancano le voci da 5 a 6."
WRITTEN_ANEW = "La voce 6 non è quella che l’ancora del 2026 ha visto: il registro è stato riscritto fra la voce 3 e la voce 6."


@pytest.fixture
async def kept(current: Catalogue) -> list[Anchor]:
    """Six entries, and what was kept elsewhere after the second and after the sixth."""
    found = []
    for number in range(1, 7):
        await needs.publish(PASTURO_OFFICER, NEED)
        if number in (2, 6):
            found.append(Anchor(number, (await audit.anchor()).head, "2026"))
    return found


async def behind_its_back(statement: str) -> None:
    await database.connection().execute_script(statement)


async def said(known: list[Anchor]) -> list[str]:
    return [str(one) for one in (await audit.verify(known)).breaks]


async def forge_from(number: int) -> None:
    """Write the chain anew from an entry on, every digest right."""
    previous = audit.GENESIS
    for entry in await AuditEntry.all().order_by("number"):
        if entry.number >= number:
            entry.previous, entry.details = previous, '{"forged":true}'
            entry.digest = audit.digest(entry)
            await entry.save()
        previous = entry.digest


async def test_an_untouched_log_holds_against_its_anchors(kept: list[Anchor]) -> None:
    assert await said(kept) == []


async def test_an_edit_is_found(kept: list[Anchor]) -> None:
    await behind_its_back("UPDATE audit_entry SET acting_as = 'SYSTEM' WHERE number = 3")
    assert await said(kept) == ["La voce 3 è stata modificata."]


async def test_a_deletion_is_found(kept: list[Anchor]) -> None:
    await behind_its_back("DELETE FROM audit_entry WHERE number IN (4, 5)")
    assert await said(kept) == ["Mancano le voci da 4 a 5 del registro."]


async def test_a_deletion_that_closes_the_gap_is_found(kept: list[Anchor]) -> None:
    await behind_its_back("DELETE FROM audit_entry WHERE number = 4")
    await behind_its_back("UPDATE audit_entry SET number = number - 1 WHERE number = 5")
    await behind_its_back("UPDATE audit_entry SET number = number - 1 WHERE number = 6")
    assert "La voce 4 non segue quella prima di lei." in await said([])


async def test_two_entries_in_each_others_place_are_found(kept: list[Anchor]) -> None:
    for old, new in ((3, 90), (4, 3), (90, 4)):
        await behind_its_back(f"UPDATE audit_entry SET number = {new} WHERE number = {old}")  # noqa: S608  # of this test
    found = await said([])
    assert "La voce 3 non segue quella prima di lei." in found
    assert "La voce 3 è stata modificata." in found


async def test_an_entry_before_the_first_is_found(kept: list[Anchor]) -> None:
    await behind_its_back(
        "INSERT INTO audit_entry (number, at, acting_as, verb, subject, details, previous, digest) "
        "VALUES (0, '2026', 'SYSTEM', 'publish', 'need:1', '{}', '', '')"
    )
    assert await said(kept) == ["La voce 0 non fa parte della catena, che comincia da 1."]


async def test_a_log_that_was_cut_off_is_found_only_with_its_anchor(kept: list[Anchor]) -> None:
    await behind_its_back("DELETE FROM audit_entry WHERE number > 4")
    assert await said([]) == []
    assert await said(kept) == [CUT_OFF]


async def test_a_chain_written_anew_from_the_middle_is_found_only_with_its_anchor(kept: list[Anchor]) -> None:
    await forge_from(4)
    assert await said([]) == []
    assert await said(kept) == [WRITTEN_ANEW]


async def test_a_log_that_was_emptied_is_found_only_with_its_anchor(kept: list[Anchor]) -> None:
    await behind_its_back("DELETE FROM audit_entry")
    assert await said([]) == []
    assert len(await said(kept)) == 2


async def test_a_log_that_does_not_hold_gets_no_new_anchor(kept: list[Anchor]) -> None:
    await forge_from(4)
    with pytest.raises(Refused, match="broken"):
        await audit.anchor(kept)


async def test_many_breaks_are_said_once_and_counted(
    kept: list[Anchor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "MOST_BREAKS", 2)
    await behind_its_back("UPDATE audit_entry SET verb = 'nothing'")
    assert await said([]) == [
        "La voce 1 è stata modificata.",
        "La voce 2 è stata modificata.",
        "E altre 4 rotture.",
    ]


async def test_the_chain_is_read_a_page_at_a_time(
    kept: list[Anchor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PAGE", 2)
    assert [len(page) async for page in audit.rows()] == [2, 2, 2]
    assert (await audit.verify(kept)).entries == 6


async def test_the_last_entry_is_found_by_its_key(kept: list[Anchor]) -> None:
    asked = AuditEntry.all().order_by("-number").limit(1).values_list("number", "digest").sql()
    if not database.is_sqlite():
        await behind_its_back("SET enable_seqscan = off")
    how = "EXPLAIN QUERY PLAN" if database.is_sqlite() else "EXPLAIN"
    plan = str(await database.connection().execute_query_dict(f"{how} {asked}", [1])).lower()
    assert "b-tree" not in plan
    assert "sort" not in plan


async def test_whoever_has_the_exported_lines_verifies_them_with_the_recipe_of_the_document(
    kept: list[Anchor], tmp_path: Path
) -> None:
    [recipe] = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    lines = [line async for line in audit.lines(since=3)]

    def verified(given: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", recipe],
            check=False,
            input="\n".join(given),
            capture_output=True,
            text=True,
        )

    assert verified(lines).stdout == f"whole up to 6 {kept[1].head}\n"
    assert verified(lines[:1] + lines[2:]).returncode == 1
    assert verified([*lines[:-1], lines[-1].replace("publish", "revise")]).returncode == 1


@pytest.mark.parametrize(
    "line",
    ["nothing", "[]", '{"entries": -1, "head": "a", "at": "b"}', '{"entries": "2", "head": 1, "at": 2}'],
)
def test_a_line_that_is_no_anchor_is_named(line: str, tmp_path: Path) -> None:
    file = tmp_path / "ancore"
    anchors.append(file, Anchor(1, "a", "b"))
    file.write_text(file.read_text() + line)
    with pytest.raises(Refused) as refused:
        anchors.read(file)
    assert str(refused.value.sentence).startswith("ancore, riga 2: ")


def test_a_file_without_anchors_says_how_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "ancore").write_text("\n")
    with pytest.raises(Refused, match="no_anchor"):
        anchors.read(tmp_path / "ancore")
