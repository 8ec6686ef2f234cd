"""Every page of the site, for every reader: accessible, never wider than the screen, without complaint."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from starlette.routing import Route

from raccordo_ui.app import PAGES
from services.browser import Complaints, OpenPage, axe_findings, scrolls_sideways

pytestmark = pytest.mark.browser

EXAMPLES: dict[str, str | dict[str, str]] = {
    "number": "28",
    "name": "Need",
    "istat": "097042",
    "slug": {
        "laboratori": "infralab",
        "temi": "strade-ponti",
        "comunita-montane": "valle-sabbia",
        "settori": "digitale",
    },
    "acronym": {"dipartimenti": "DICA", "scuole": "AUIC"},
    "letter": "b",
    "code": {"province": "097"},
}
# Pages that answer a reader without rights or data with a refusal: their own tests look at them.
NOT_FOR_VISITORS = {
    "/accedi/{provider}/ritorno",
    "/bisogni/{number:int}/modifica",
    "/bisogni/{number:int}/ritira",
    "/bisogni/{number:int}/insieme",
    "/bisogni/proposti/{proposed:int}",
    "/bisogni/proposti/{proposed:int}/modifica",
    "/bisogni/proposti/{proposed:int}/correggi",
    "/citazioni/{name}",
    "/collaborazioni/{match:int}",
    "/gestioni-associate/proposte/{association:int}",
    "/gestioni-associate/proposte/{association:int}/convenzione",
    "/gestioni-associate/proposte/{association:int}/delibera",
    "/bisogni/{number:int}/non-per-noi",
    "/laboratori/{slug}/profilo",
    "/laboratori/{slug}/richieste",
    "/laboratorio",
    "/offerte/{number:int}",
    "/offerte/{number:int}/modifica",
    "/offerte/{number:int}/chiudi",
    "/offerte/{number:int}/ritira",
    "/lessico/parole-sconosciute",
    "/profilo",
    "/profilo/avvisi",
    "/profilo/ruoli",
    "/profilo/ruoli/chiedi",
    "/profilo/ruoli/{membership:int}/codice",
    "/ruoli",
    "/profilo/dati",
    "/assegnazione",
    "/assegnazione/nuovo",
    "/assegnazione/confronto",
    "/assegnazione/vincoli",
    "/assegnazione/{plan:int}",
    "/assegnazione/{plan:int}/laboratori",
    "/registro",
    "/registro/verifica",
    "/profilo/identita",
    "/unioni/{code}",
}
# Pages that say most when something is asked of them.
ANSWERS = (
    "/gestioni-associate/con-chi?comune=097065&funzione=a",
    "/gestioni-associate/con-chi?comune=013040&funzione=g",
    "/gestioni-associate/gruppo?funzione=a&comuni=097065,097004,013199&data=2013-06-01&entra=097029",
    "/gestioni-associate?zona=097&funzione=b",
    "/gestioni-associate/confronto?zona=097&funzione=b&numero_2=0&somiglianza_2=10",
    "/lessico?q=ponte",
)
BEHIND_A_LINK = "{secret}"
FILES = (".csv", ".atom", ".txt", ".xml", ".odt")


def example(path: str) -> str:
    """The address of a page with one example for each of its parameters."""
    subject = path.strip("/").partition("/")[0]
    for part in path.split("/"):
        if part.startswith("{"):
            name = part.strip("{}").partition(":")[0]
            value = EXAMPLES[name]
            path = path.replace(part, value if isinstance(value, str) else value[subject])
    return path


def addresses() -> list[str]:
    routes = [route for route in PAGES if isinstance(route, Route) and "GET" in (route.methods or ())]
    return [
        *ANSWERS,
        *sorted(
            example(route.path)
            for route in routes
            if route.path not in NOT_FOR_VISITORS
            and BEHIND_A_LINK not in route.path
            and not route.path.endswith(FILES)
        ),
    ]


ADDRESSES = addresses()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "/en"], ids=["it", "en"])
def test_axe_finds_nothing_on_any_page(site: str, open_page: OpenPage, scheme: str, language: str) -> None:
    page = open_page(color_scheme=scheme)
    assert {
        address: found for address in ADDRESSES if (found := findings(page, f"{site}{language}{address}"))
    } == {}


def findings(page: Page, url: str) -> list[str]:
    answer = page.goto(url)
    assert answer is not None, url
    assert answer.ok, f"{url} answers {answer.status}"
    return axe_findings(page)


@pytest.mark.parametrize("language", ["", "/en"], ids=["it", "en"])
def test_axe_finds_nothing_on_a_phone_and_nothing_is_wider_than_320_pixels(
    site: str, open_page: OpenPage, language: str
) -> None:
    page = open_page(viewport={"width": 320, "height": 640}, has_touch=True)
    wrong = {}
    for address in ADDRESSES:
        found = findings(page, f"{site}{language}{address}")
        if found or scrolls_sideways(page):
            wrong[address] = found or ["wider than the screen"]
    assert wrong == {}


@pytest.mark.parametrize("address", ["/bisogni/999", "/comuni/999999", "/questa-pagina-non-esiste"])
def test_what_is_not_there_is_said_accessibly(
    site: str, page: Page, complaints: Complaints, address: str
) -> None:
    complaints.expect("404")
    answer = page.goto(site + address)
    assert answer is not None
    assert answer.status == 404
    assert axe_findings(page) == []


def test_an_empty_list_says_what_to_do_next(site: str, page: Page) -> None:
    page.goto(f"{site}/bisogni?testo=xyzxyz")
    assert page.get_by_role("main").get_by_role("link").count() > 0
    assert axe_findings(page) == []


def test_without_the_network_that_delivers_htmx_pages_still_work(
    site: str, open_page: OpenPage, complaints: Complaints
) -> None:
    complaints.expect("htmx")
    page = open_page()
    page.context.route("**/npm/htmx.org@*/**", lambda route: route.abort())
    page.goto(f"{site}/comuni")
    page.get_by_label("Nome o codice").fill("cantu")
    page.get_by_role("button", name="Filtra").click()
    page.get_by_role("link", name="Cantù", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Cantù"


def test_reduced_motion_is_respected(site: str, page: Page) -> None:
    page.goto(f"{site}/bisogni/28")
    moving = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0.01 || parseFloat(getComputedStyle(e).animationDuration) > 0.01).length"
    assert page.evaluate(moving) == 0
