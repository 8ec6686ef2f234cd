"""What people come for, as they do it: with JavaScript, without, and with the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from services.browser import Complaints, OpenPage, axe_findings

pytestmark = pytest.mark.browser

PASTURO = "097065"
TITLE = "Il ponte vecchio sul torrente"
TEXT = "Passano i camion della segheria, le spalle sono scavate e non abbiamo l’ingegnere."
Acting = Callable[[Page, str], None]


def number_of_need(page: Page) -> str:
    return page.url.rstrip("/").rsplit("/", 1)[-1].partition("?")[0]


def test_an_officer_chooses_her_town_and_posts_a_need_while_answers_appear(
    site: str, page: Page, complaints: Complaints
) -> None:
    page.goto(f"{site}/dimostrazione")
    page.get_by_label("Nome del comune").press_sequentially("pastur")
    page.get_by_role("button", name="Agisci per Pasturo").click()
    page.goto(f"{site}/bisogni/nuovo")
    page.get_by_label("Titolo").fill(TITLE)
    description = page.get_by_label("Descrizione")
    description.press_sequentially(TEXT[:40], delay=5)
    expect(page.locator("#matches ol.matches > li").first).to_be_visible()
    expect(description).to_be_focused()
    description.press_sequentially(TEXT[40:], delay=5)
    expect(description).to_have_value(TEXT)
    expect(page.locator("#matches-count")).to_contain_text("possono aiutare")
    expect(page.locator("#matches")).not_to_have_class(re.compile("htmx-request"))
    assert axe_findings(page) == []
    page.get_by_role("button", name="Pubblica il bisogno").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("heading", name="Chi può aiutare")).to_be_visible()
    assert complaints.unexpected == []


def test_without_javascript_the_whole_way_is_open(
    site: str, open_page: OpenPage, complaints: Complaints
) -> None:
    complaints.expect("422")
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/dimostrazione")
    page.get_by_label("Nome del comune").fill("pasturo")
    page.get_by_role("button", name="Cerca").click()
    page.get_by_role("button", name="Agisci per Pasturo").click()
    page.goto(site)
    page.get_by_role("main").get_by_role("textbox").fill(TEXT)
    page.get_by_role("button", name="Trova chi può aiutare").click()
    expect(page.get_by_label("Descrizione")).to_have_value(TEXT)
    page.get_by_label("Titolo").fill("   ")  # an empty one is kept back by the browser itself
    page.get_by_role("button", name="Pubblica il bisogno").click()
    expect(page.get_by_text("Manca il titolo").first).to_be_visible()
    expect(page.get_by_label("Descrizione")).to_have_value(TEXT)
    page.get_by_label("Titolo").fill(TITLE)
    page.get_by_role("button", name="Anteprima").click()
    expect(page.locator("#matches ol.matches > li").first).to_be_visible()
    page.get_by_role("button", name="Pubblica il bisogno").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_the_keyboard_alone_publishes_a_need(site: str, page: Page, acting_for: Acting) -> None:
    acting_for(page, PASTURO)
    page.goto(f"{site}/bisogni/nuovo")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.textContent.trim()")
    assert skip == "Vai al contenuto"
    page.keyboard.press("Enter")
    tab_to(page, "title")
    page.keyboard.type(TITLE)
    ring = page.evaluate(
        "(({outlineWidth, boxShadow}) => outlineWidth)(getComputedStyle(document.activeElement))"
    )
    assert float(ring.removesuffix("px")) >= 3
    page.keyboard.press("Tab")
    page.keyboard.type(TEXT)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Pubblica il bisogno":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    details = page.locator("details summary").first
    details.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details").first).to_have_attribute("open", "")


def tab_to(page: Page, name: str) -> None:
    for _ in range(20):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the field {name} is out of reach of the keyboard")


def test_of_two_editors_the_second_reads_what_the_first_wrote(
    site: str, page: Page, acting_for: Acting, complaints: Complaints
) -> None:
    complaints.expect("409")
    acting_for(page, PASTURO)
    number = published(site, page)
    page.goto(f"{site}/bisogni/{number}/modifica")
    other = page.context.new_page()
    other.goto(f"{site}/bisogni/{number}/modifica")
    other.get_by_label("Titolo").fill("Vince chi arriva prima")
    other.get_by_role("button", name="Salva le modifiche").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Vince chi arriva prima")
    page.get_by_label("Titolo").fill("Arriva dopo")
    page.get_by_role("button", name="Salva le modifiche").click()
    expect(page.get_by_text("Vince chi arriva prima").first).to_be_visible()
    expect(page.get_by_label("Titolo")).to_have_value("Arriva dopo")
    assert axe_findings(page) == []


def published(site: str, page: Page) -> str:
    form: dict[str, str | float | bool] = {"title": TITLE, "description": TEXT}
    return page.request.post(f"{site}/bisogni", form=form).url.rsplit("/", 1)[-1]


def test_a_need_is_withdrawn_and_published_again(
    site: str, page: Page, acting_for: Acting, complaints: Complaints
) -> None:
    complaints.expect("410")
    acting_for(page, PASTURO)
    number = published(site, page)
    page.goto(f"{site}/bisogni/{number}")
    page.get_by_role("link", name="Ritira").click()
    page.get_by_role("main").get_by_role("button", name="Ritira").click()
    again = page.get_by_role("button", name="Annulla il ritiro")
    expect(again).to_be_visible()
    assert axe_findings(page) == []
    again.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_filters_live_in_the_address(site: str, page: Page) -> None:
    page.goto(f"{site}/bisogni")
    before = page.locator("#results").inner_text()
    page.get_by_label("Tema").select_option("servizio-idrico")
    expect(page.locator("#results")).not_to_have_text(before, use_inner_text=True)
    expect(page).to_have_url(f"{site}/bisogni?tema=servizio-idrico")
    shown = page.locator("#results").inner_text()
    page.reload()
    assert page.locator("#results").inner_text() == shown


def test_the_language_changes_and_the_filters_stay(site: str, page: Page) -> None:
    page.goto(f"{site}/bisogni?tema=servizio-idrico")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{site}/en/bisogni?tema=servizio-idrico")
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs")


def test_a_town_is_found_with_a_typing_mistake(site: str, page: Page) -> None:
    page.goto(f"{site}/comuni")
    page.get_by_label("Nome o codice").press_sequentially("castelo di brianza", delay=5)
    expect(page.get_by_role("link", name="Castello di Brianza")).to_be_visible()


def test_a_page_shows_its_own_query_and_the_explorer_answers_it(site: str, page: Page) -> None:
    page.goto(f"{site}/bisogni/28")
    page.get_by_role("link", name="Interroga questi dati").click()
    expect(page.get_by_label("Interrogazione")).to_have_value(re.compile("need"))
    expect(page.get_by_role("main")).to_contain_text("Controllare ponti e passerelle comunali")


def test_the_map_leads_to_the_table_of_the_same_municipalities(site: str, page: Page) -> None:
    page.goto(f"{site}/mappa")
    page.get_by_role("link", name="Gli stessi comuni in tabella").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Comuni")
