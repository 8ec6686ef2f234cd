"""Following as a person does it: filter, follow, be told, read; with JavaScript, and without on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from services.browser import Complaints, OpenPage, axe_findings, scrolls_sideways

pytestmark = pytest.mark.browser

TITLE = "La frana sopra la strada del cimitero"
TEXT = "Dopo ogni pioggia scende una frana sulla strada comunale e non sappiamo che cosa misurare."
LECCO, BALLABIO = "097042", "097004"
Acting = Callable[[Page, str], None]


def publish(page: Page, site: str) -> None:
    page.goto(f"{site}/bisogni/nuovo")
    page.get_by_label("Titolo").fill(TITLE)
    page.get_by_label("Descrizione").fill(TEXT)
    page.get_by_role("button", name="Pubblica il bisogno").click()


def test_a_search_is_followed_with_the_filters_on_show_and_its_news_is_read(
    site: str, page: Page, complaints: Complaints, acting_for: Acting
) -> None:
    acting_for(page, LECCO)
    page.goto(f"{site}/bisogni")
    page.get_by_label("Parole").press_sequentially("frana cimitero")
    expect(page.locator("#results-count")).to_have_text("Nessun bisogno con questi filtri")
    page.get_by_role("button", name="Segui questa ricerca").click()
    expect(page.get_by_role("button", name="Non seguire più")).to_be_visible()
    assert axe_findings(page) == []
    acting_for(page, BALLABIO)
    publish(page, site)
    acting_for(page, LECCO)
    inbox = page.get_by_role("link", name="Avvisi 1 da leggere")
    for _ in range(10):
        page.wait_for_timeout(2_000)  # the worker looks every five seconds
        page.goto(f"{site}/avvisi")
        if inbox.count():
            break
    expect(inbox).to_be_visible()
    assert axe_findings(page) == []
    page.get_by_role("main").get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(inbox).to_have_count(0)
    assert complaints.unexpected == []


def test_without_javascript_what_is_followed_can_be_left(
    site: str, open_page: OpenPage, acting_for: Acting
) -> None:
    page = open_page(java_script_enabled=False)
    acting_for(page, BALLABIO)
    for address in ("/temi/strade-ponti", f"/comuni/{LECCO}"):
        page.goto(site + address)
        page.get_by_role("button", name="Segui").click()
    page.goto(f"{site}/profilo/segui")
    page.get_by_role("button", name=re.compile("Non seguire più.*Lecco")).click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Temi"])


def test_its_pages_are_accessible_and_fit_on_a_phone(
    site: str, open_page: OpenPage, acting_for: Acting
) -> None:
    page = open_page(viewport={"width": 320, "height": 640}, color_scheme="dark")
    acting_for(page, LECCO)
    for address in ("/profilo/segui", "/avvisi", "/en/temi/strade-ponti", f"/comuni/{LECCO}"):
        page.goto(site + address)
        assert axe_findings(page) == []
        assert not scrolls_sideways(page)
