"""The document shows the table of rights as it is, and folds together only what is alike."""

from __future__ import annotations

from pathlib import Path

from raccordo import rights_table
from raccordo.models import Role
from raccordo.rights import EVERYBODY, RIGHTS

DOCUMENT = Path(__file__).parents[2] / "docs/rights.md"


def test_the_document_shows_the_table() -> None:
    assert rights_table.markdown("en") in DOCUMENT.read_text("utf-8"), "python tools/documents.py"


def test_every_row_of_the_code_is_in_the_table() -> None:
    named = {"everybody": set(EVERYBODY), "whoever has a role": set(EVERYBODY) - {Role.VISITOR}}
    named["everybody but coordinators"] = set(EVERYBODY) - {Role.COORDINATOR}
    shown = {
        (what, verb, role, when, "" if scope == "—" else scope)
        for what, verb, who, when, scope in rights_table.table("en")
        for role in named.get(who) or {Role(name) for name in who.split(", ")}
    }
    rows = {(one.what, one.verb, one.who, one.condition.sentence.say("en"), one.scope) for one in RIGHTS}
    assert shown == rows
