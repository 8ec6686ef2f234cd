"""A joint management as officers meet it: proposed, adhered to and walked without script; every page accessible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.test_every_page import findings
from services.browser import OpenPage, scrolls_sideways

pytestmark = pytest.mark.browser

PASTURO, BALLABIO = "097065", "097004"
ONE = "/gestioni-associate/proposte/1"
Acting = Callable[[Page, str], None]


def test_two_officers_begin_without_script_and_every_page_is_accessible(
    site: str, open_page: OpenPage, acting_for: Acting
) -> None:
    page = open_page(java_script_enabled=False)
    acting_for(page, PASTURO)
    page.goto(f"{site}/gestioni-associate/proposte/nuova?comuni={PASTURO}")
    page.get_by_label("Quale funzione").select_option("i")
    page.get_by_label("Ballabio").check()
    page.get_by_label("Perché insieme").fill(
        "Un agente solo in valle: d’estate servono turni, d’inverno la strada."
    )
    page.get_by_role("button", name="Manda la proposta ai comuni").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Polizia locale: Pasturo, Ballabio")
    adhere(page, site, acting_for)
    page.get_by_label("Documento").fill("Relazione del comandante")
    page.get_by_label("Dove si legge").fill("https://example.org/relazione.pdf")
    page.get_by_role("button", name="Segna il passo").click()
    expect(page.get_by_role("link", name="Relazione del comandante")).to_be_visible()
    page.get_by_label("Costo di un anno, in euro").fill("90.000")
    page.get_by_role("button", name="Calcola le quote").click()
    expect(page.get_by_role("row", name="Insieme")).to_contain_text("90.000,00")
    wrong = {}
    for scheme, width in (("light", 1280), ("dark", 320)):
        reader = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
        acting_for(reader, BALLABIO)
        for address in addresses():
            found = findings(reader, f"{site}{address}")
            if found or scrolls_sideways(reader):
                wrong[f"{address} {width}"] = found or ["wider than the screen"]
    assert wrong == {}


def adhere(page: Page, site: str, acting_for: Acting) -> None:
    """Each of the two for itself; the neighbour finds it on its own page."""
    acting_for(page, BALLABIO)
    page.goto(f"{site}/comuni/{BALLABIO}")
    page.get_by_role("link", name="Gestione associata proposta: Polizia locale").click()
    page.get_by_role("button", name="Il mio comune aderisce").click()
    acting_for(page, PASTURO)
    page.goto(f"{site}{ONE}")
    page.get_by_role("button", name="Il mio comune aderisce").click()
    expect(page.get_by_role("button", name="Il mio comune aderisce")).to_have_count(0)


def addresses() -> list[str]:
    pages = (
        ONE,
        f"{ONE}?costo=90.000&abitanti=1&superficie=1",
        f"{ONE}/convenzione",
        f"{ONE}/delibera",
        "/gestioni-associate/proposte",
        f"/gestioni-associate/proposte/nuova?funzione=i&comuni={PASTURO},{BALLABIO}",
        "/gestioni-associate/riparto?comuni=Pasturo,Ballabio&costo=1000",
        "/gestioni-associate/esistenti",
        f"/comuni/{BALLABIO}",
    )
    return [prefix + page for prefix in ("", "/en") for page in pages]
