"""Every page of whoever has an account: accessible in both languages and schemes, and never wider than the screen."""

from __future__ import annotations

import pytest
from starlette.routing import Route

from browser.logging_in import LogIn
from browser.test_every_page import BEHIND_A_LINK, FILES, example, findings
from raccordo.holders import Held
from raccordo.models import BodyKind, CoordinatingBody, Role
from raccordo_ui.app import PAGES
from services.browser import OpenPage, scrolls_sideways

pytestmark = pytest.mark.browser

PASTURO = Held(body=(BodyKind.MUNICIPALITY, "097065"))
PROVINCE = Held(body=(BodyKind.PROVINCE, "097"))
ANCI = Held(coordinates_for=CoordinatingBody.ANCI_LOMBARDIA)
OWN = (
    "/profilo",
    "/avvisi",
    "/ruoli",
    "/registro",
    "/assegnazione",
    "/laboratori/{slug}/profilo",
    "/laboratori/{slug}/richieste",
    "/collaborazioni",
    "/enti",
    "/lessico",
)
ABOUT_SOMETHING = (
    "{match",
    "{membership",
    "{plan",
    "/confronto",
    BEHIND_A_LINK,
)  # walked where there is one of them


def own_pages() -> list[str]:
    """What only whoever is logged in reads, or reads otherwise than visitors."""
    return sorted(
        example(route.path)
        for route in PAGES
        if isinstance(route, Route)
        and "GET" in (route.methods or ())
        and route.path.startswith(OWN)
        and not any(part in route.path for part in ABOUT_SOMETHING)
        and not route.path.endswith(FILES)
    )


def test_there_are_pages_to_look_at() -> None:
    assert len(own_pages()) > 12


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "/en"], ids=["it", "en"])
def test_own_pages_are_accessible_and_fit(
    site: str, open_page: OpenPage, log_in: LogIn, language: str, scheme: str, width: int
) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    wish = ((Role.OFFICER, PROVINCE),)
    log_in(page, (Role.COORDINATOR, ANCI), (Role.OFFICER, PASTURO), asked=wish, second_factor=True)
    wrong = {}
    for address in [*own_pages(), "/profilo/ruoli/chiedi?role=OFFICER&holder=lecco"]:
        found = findings(page, f"{site}{language}{address}")
        if page.url != f"{site}{language}{address}":
            wrong[address] = [f"leads to {page.url}"]  # a login page would be accessible, too
        elif found or scrolls_sideways(page):
            wrong[address] = found or ["wider than the screen"]
    assert wrong == {}


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", ["", "/en"], ids=["it", "en"])
def test_a_laboratory_that_names_another_one_has_an_accessible_page(
    site: str, open_page: OpenPage, log_in: LogIn, language: str, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    log_in(page, (Role.LABORATORY_MANAGER, Held(laboratory="infralab")))
    address = f"{site}{language}/bisogni/28/non-per-noi"
    assert findings(page, address) == []
    assert page.url == address
    assert not scrolls_sideways(page)
