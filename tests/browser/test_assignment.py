"""The coordination plans in a real browser: progress, the plan, what blocks it, one scenario beside another."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from browser.logging_in import LogIn
from raccordo.holders import Held
from raccordo.models import CoordinatingBody, Role
from services.browser import OpenPage, axe_findings, scrolls_sideways

pytestmark = pytest.mark.browser

ANCI = Held(coordinates_for=CoordinatingBody.ANCI_LOMBARDIA)


def compute(page: Page, site: str, name: str, **fields: str) -> str:
    page.goto(f"{site}/assegnazione/nuovo")
    for field, value in {"name": name, **fields}.items():
        page.fill(f"[name={field}]", value)
    page.click("text=Calcola lo scenario")
    page.wait_for_selector("#computation h2", timeout=60_000)
    return page.url


@pytest.mark.parametrize("width", [1280, 320])
def test_a_scenario_from_the_form_to_the_repair(
    site: str, open_page: OpenPage, log_in: LogIn, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    log_in(page, (Role.COORDINATOR, ANCI), second_factor=True)
    one = compute(page, site, "Uno")
    other = compute(page, site, "Due", assumed_places="3", mountain_share="50")
    blocked = compute(page, site, "Tre", assumed_places="0", quotas="lia 6")
    assert page.locator("[role=alert]").count() == 1
    page.click("text=Prova così >> nth=0")
    assert "da=" in page.url
    numbers = [address.rpartition("/")[2] for address in (one, other)]
    comparison = f"{site}/assegnazione/confronto?a={numbers[0]}&b={numbers[1]}"
    wrong = {}
    for address in (one, f"{one}/laboratori", other, blocked, page.url, comparison, f"{site}/assegnazione"):
        page.goto(address)
        if found := axe_findings(page) or (["wider than the screen"] if scrolls_sideways(page) else []):
            wrong[address] = found
    assert wrong == {}
