"""What something was computed from has one name on every page, and the name leads to its explanation."""

from __future__ import annotations

import re
from pathlib import Path

from httpx2 import AsyncClient

import raccordo_ui
from page import Page

TEMPLATES = Path(raccordo_ui.__file__).parent / "templates"
SHOWN = re.compile(r"\{\{ [\w.]*snapshot_id \}\}")


def test_every_template_that_shows_a_snapshot_names_it_by_the_one_macro() -> None:
    lines = [
        (path.name, line.strip())
        for path in TEMPLATES.rglob("*.html")
        if path.parent.name != "method"  # which explains it
        for line in path.read_text("utf-8").splitlines()
        if SHOWN.search(line) and "<input" not in line
    ]
    assert len(lines) > 6
    assert [one for one in lines if "{{ snapshot() }}" not in one[1]] == []


async def test_the_name_leads_to_its_explanation(client: AsyncClient) -> None:
    page = Page((await client.get("/laboratori/lia")).text)
    assert page.links["Fotografia dei dati"] == "/metodo#fotografia"
    explained = Page((await client.get("/metodo")).text).by_id("fotografia")
    assert "Con lo stesso codice" in explained.words
