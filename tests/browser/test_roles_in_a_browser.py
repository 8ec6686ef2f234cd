"""Roles as people with accounts meet them in a browser: accessible, without script, on a phone, in both languages."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.logging_in import LogIn
from raccordo.holders import Held
from raccordo.models import BodyKind, Role
from services.browser import Complaints, OpenPage, axe_findings

pytestmark = pytest.mark.browser

PASTURO = Held(body=(BodyKind.MUNICIPALITY, "097065"))
BALLABIO = Held(body=(BodyKind.MUNICIPALITY, "097004"))


def test_the_shared_secretary_chooses_without_javascript_for_whom_to_act(
    site: str, open_page: OpenPage, log_in: LogIn
) -> None:
    page = open_page(java_script_enabled=False)
    log_in(page, (Role.OFFICER, PASTURO), (Role.OFFICER, BALLABIO))
    page.goto(f"{site}/bisogni")
    page.get_by_role("link", name="per Pasturo", exact=True).click()
    page.get_by_role("button", name="Agisci per Ballabio").click()
    expect(page.get_by_role("status")).to_contain_text("ora si agisce così")
    expect(page.get_by_role("link", name="per Ballabio", exact=True)).to_be_visible()


def test_homonyms_appear_while_one_types_and_the_code_page_is_accessible(
    site: str, site_data: Path, open_page: OpenPage, log_in: LogIn, complaints: Complaints
) -> None:
    complaints.expect("422")
    with sqlite3.connect(site_data / "raccordo.sqlite3") as database:
        database.execute("update municipality set mailbox = 'c@pec.invalid' where istat_code = '097042'")
    page = open_page()
    log_in(page)
    page.goto(f"{site}/profilo/ruoli/chiedi")
    page.get_by_label("Per chi").press_sequentially("lecco")
    page.get_by_role("radio", name="Lecco comune").check()
    assert axe_findings(page) == []
    page.get_by_role("button", name="Chiedi il ruolo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Il codice arrivato a Lecco")
    assert axe_findings(page) == []
    page.get_by_label("Codice").fill("AAAA-BBBB-CCCC-DDDD")
    page.get_by_role("button", name="Conferma il ruolo").click()
    expect(page.get_by_text("Il codice non è quello del messaggio.").first).to_be_visible()
    assert axe_findings(page) == []
