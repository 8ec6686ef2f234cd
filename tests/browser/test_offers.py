"""From a thesis that looks for a bridge to an answer: a professor, an officer, a reader with a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.logging_in import LogIn
from raccordo.holders import Held
from raccordo.models import BodyKind, Role
from services.browser import Complaints, OpenPage, axe_findings, scrolls_sideways

pytestmark = pytest.mark.browser

PASTURO = Held(body=(BodyKind.MUNICIPALITY, "097065"))
INFRALAB = Held(laboratory="infralab")
OFFERED = "Una tesi su un ponte vecchio"
NEEDED = "Un ponte vecchio sul torrente"


def looked_at(page: Page) -> None:
    assert axe_findings(page) == []
    assert not scrolls_sideways(page)


def test_a_professor_offers_an_officer_asks_and_the_professor_answers(
    site: str, open_page: OpenPage, log_in: LogIn, complaints: Complaints
) -> None:
    complaints.expect("422")
    professor, officer = open_page(), open_page(viewport={"width": 360, "height": 740}, has_touch=True)
    log_in(professor, (Role.PROFESSOR, INFRALAB))
    log_in(officer, (Role.OFFICER, PASTURO))
    offered(site, professor)
    needed(site, officer)
    officer.get_by_role("link", name=OFFERED).click()
    looked_at(officer)
    officer.get_by_label("Due righe per il laboratorio").fill("Il nostro è sul Pioverna.")
    officer.get_by_role("button", name="Ci interessa: chiedi al laboratorio").click()
    expect(officer.get_by_role("heading", name="A proposito di un’offerta")).to_be_visible()
    looked_at(officer)
    answered(site, professor)
    officer.reload()
    expect(officer.get_by_text("scrivere che cosa fare insieme").first).to_be_visible()


def offered(site: str, professor: Page) -> None:
    professor.goto(f"{site}/laboratorio")
    looked_at(professor)
    professor.get_by_role("main").get_by_role("link", name="Scrivi un’offerta").click()
    looked_at(professor)
    professor.get_by_role("main").get_by_role("link", name="tesi", exact=True).click()
    professor.get_by_label("Titolo", exact=True).fill(OFFERED)
    professor.get_by_label("Testo", exact=True).fill(
        "Si cerca un ponte di un piccolo comune da rilevare e da controllare con sensori poco costosi."
    )
    professor.get_by_label("Livello").select_option("MASTER")
    professor.get_by_label("Durata in mesi").fill("sei")
    professor.get_by_label("Lingua").select_option("IT")
    professor.get_by_label("Che cosa deve mettere il comune").fill("L’accesso al ponte.")
    professor.get_by_role("button", name="Pubblica l’offerta").click()
    expect(professor.locator("#duration_months-problem")).to_have_text("Un numero intero da 1 a 60.")
    looked_at(professor)
    professor.get_by_label("Durata in mesi").fill("6")
    professor.get_by_role("button", name="Pubblica l’offerta").click()
    expect(professor.get_by_role("heading", level=1)).to_have_text(OFFERED)
    looked_at(professor)


def needed(site: str, officer: Page) -> None:
    """The officer publishes its need and finds the offer beside it, with its reason."""
    officer.goto(f"{site}/bisogni/nuovo")
    officer.get_by_label("Titolo").fill(NEEDED)
    officer.get_by_label("Descrizione").fill("Passano i camion della segheria e non abbiamo l’ingegnere.")
    officer.get_by_role("button", name="Pubblica il bisogno").click()
    expect(officer.get_by_role("heading", name="Offerte che c’entrano")).to_be_visible()
    expect(officer.get_by_text(re.compile("in comune: .*«ponte»")).first).to_be_visible()
    looked_at(officer)


def answered(site: str, professor: Page) -> None:
    professor.goto(f"{site}/laboratorio")
    expect(professor.get_by_text("1 ente ha chiesto")).to_be_visible()
    looked_at(professor)
    professor.get_by_role("main").get_by_role("link", name=NEEDED).first.click()
    expect(professor.get_by_text("Il nostro è sul Pioverna.").first).to_be_visible()
    professor.get_by_role("button", name="Ci interessa").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "/en"], ids=["it", "en"])
def test_the_pages_of_one_offer_are_accessible_and_fit(
    site: str, open_page: OpenPage, log_in: LogIn, complaints: Complaints, language: str, scheme: str
) -> None:
    for status in ("404", "422"):  # where no other test has published yet
        complaints.expect(status)
    page = open_page(color_scheme=scheme, viewport={"width": 320, "height": 640})
    log_in(page, (Role.LABORATORY_MANAGER, INFRALAB))
    if page.goto(f"{site}/offerte/1").status == 404:  # type: ignore[union-attr]  # a page always answers
        offered(site, page)
    for path in (
        "/offerte",
        "/offerte/1",
        "/offerte/1/modifica",
        "/offerte/1/chiudi",
        "/offerte/1/ritira",
        "/laboratorio",
    ):
        page.goto(f"{site}{language}{path}")
        looked_at(page)
