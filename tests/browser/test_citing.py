"""A cited ranking in a browser: one button leads to it, and its page is accessible and fits."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.logging_in import LogIn
from raccordo.holders import Held
from raccordo.models import BodyKind, Role
from services.browser import OpenPage, axe_findings, scrolls_sideways

pytestmark = pytest.mark.browser

PASTURO = Held(body=(BodyKind.MUNICIPALITY, "097065"))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
@pytest.mark.parametrize("language", ["", "/en"], ids=["it", "en"])
def test_a_ranking_is_cited_and_its_page_is_accessible(
    site: str, open_page: OpenPage, log_in: LogIn, language: str, width: int, scheme: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    log_in(page, (Role.OFFICER, PASTURO))
    page.goto(f"{site}{language}/bisogni/28")
    page.get_by_role("button", name="Cite this ranking" if language else "Cita questa classifica").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Cited ranking" if language else "Classifica citata"
    )
    assert axe_findings(page) == []
    assert not scrolls_sideways(page)
