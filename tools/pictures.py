"""Photographs every page in both schemes, two widths and both languages; called by `make pictures`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from starlette.routing import Route

from raccordo_ui.app import PAGES
from services.browser import FLAGS, NODE_MODULES, Complaints, chromium_program

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "build/pictures"
README_PICTURE = ROOT / "docs/pictures/need.png"
WIDTHS = (1280, 360)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = {"it": "", "en": "/en"}
EXAMPLES = 3  # pages of each kind that are read in search of links to the other kinds
MISSING = "/questa-pagina-non-esiste"
README_NEED = "/bisogni/28"
Form = dict[str, str | float | bool]
OFFICER: Form = {"role": "OFFICER", "body": "017202"}  # Vione, a mountain village
WRITTEN: Form = {
    "title": "Il ponte sul torrente è vecchio",
    "description": "Passano i camion della legna, le spalle sono scavate e non abbiamo un ingegnere.",
}
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@contextmanager
def served() -> Iterator[str]:
    """The address of a Raccordo with demonstration data, gone afterwards."""
    htmx = NODE_MODULES / "htmx.org/dist/htmx.min.js"
    with tempfile.TemporaryDirectory() as data:
        command: list[str | Path] = [
            Path(sys.executable).with_name("raccordo"),
            "run",
            "--port",
            "0",
            "--data",
            data,
        ]
        mode = {"RACCORDO_MODE": "demo", "RACCORDO_HTMX_URL": str(htmx) if htmx.is_file() else ""}
        server = subprocess.Popen(command, env=os.environ | mode, stdout=subprocess.PIPE, text=True)
        try:
            yield address_in(server)
        finally:
            server.terminate()
            server.wait()


def address_in(server: subprocess.Popen[str]) -> str:
    for line in server.stdout or ():
        if found := re.search(r"http://\S+:\d+", line):
            return found.group()
    raise SystemExit("Raccordo did not start: say make run to see why.")


def routes() -> dict[str, Route]:
    """The routes that answer with a page: those of files have a dot in their address."""
    pages = [route for route in PAGES if isinstance(route, Route) and "." not in route.path]
    return {route.path: route for route in pages if "GET" in (route.methods or ())}


def route_of(address: str) -> str | None:
    path = urlsplit(address).path
    return next((name for name, route in routes().items() if route.path_regex.fullmatch(path)), None)


def addresses(context: BrowserContext, site: str, start: str) -> dict[str, str]:
    """For each page's route, the first address that this reader meets by following links from `start`."""
    found: dict[str, str] = {}
    waiting, met = deque([start]), Counter([route_of(start)])
    while waiting:
        address = waiting.popleft()
        route, page = route_of(address), read(context, site + address)
        if route is None or page is None:
            continue
        found.setdefault(route, address)
        for link in dict.fromkeys(links(page, site, address)):
            if met[route_of(link)] < EXAMPLES:
                met[route_of(link)] += 1
                waiting.append(link)
    return found


def read(context: BrowserContext, url: str) -> str | None:
    """The text of an HTML page; None for a file, an error or a way out."""
    answer = context.request.get(url)
    return answer.text() if answer.ok and "text/html" in answer.headers.get("content-type", "") else None


def links(page: str, site: str, address: str) -> list[str]:
    """The addresses of this site that a page links to, in Italian, in their order."""
    absolute = [urljoin(site + address, unescape(link)) for link in re.findall(r'href="([^"#]+)', page)]
    local = [link.removeprefix(site) for link in absolute if link.startswith(f"{site}/")]
    return [link for link in local if not link.startswith(("/en", "/static/"))]


def file_name(path: str) -> str:
    return re.sub(r"[^a-z]+", "-", path.lower()).strip("-") or "home"


def act_as_officer(context: BrowserContext, site: str) -> None:
    context.request.post(f"{site}/dimostrazione", form=OFFICER)


def publish(context: BrowserContext, site: str) -> str:
    """The address of a need published by whoever acts."""
    return urlsplit(context.request.post(f"{site}/bisogni", form=WRITTEN).url).path


def write_live(page: Page, site: str, prefix: str) -> None:
    """The new-need page while somebody writes."""
    page.goto(f"{site}{prefix}/bisogni/nuovo")
    for name, text in WRITTEN.items():
        page.locator(f"[name={name}]").press_sequentially(str(text), delay=1)
    page.wait_for_timeout(1000)  # the preview waits until the writer rests, then asks


def write_nothing(page: Page, site: str, prefix: str) -> None:
    """The new-need page after an empty form was refused."""
    page.goto(f"{site}{prefix}/bisogni/nuovo")
    page.evaluate("form = document.querySelector('[name=title]').form; form.noValidate = true")
    page.locator("form:has([name=title])").evaluate("form => form.requestSubmit()")
    page.wait_for_load_state("networkidle")


def photograph(browser: Browser, site: str, pages: dict[str, str], mine: dict[str, str]) -> None:
    """One picture of every page for every kind of reader; says what the pages complain about."""
    for scheme, width, (language, prefix) in product(SCHEMES, WIDTHS, LANGUAGES.items()):
        print(f"  {language}, {scheme}, {width} pixels")
        heard = Complaints()
        heard.expect("404")
        heard.expect("422")
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        heard.listen(context)
        page, kind = context.new_page(), f"{language}-{scheme}-{width}"
        for name, address in pages.items():
            page.goto(site + prefix + address)
            take(page, f"{name}-{kind}")
        act_as_officer(context, site)
        for name, address in mine.items():
            page.goto(site + prefix + address)
            take(page, f"{name}-{kind}")
        for name, scene in {"bisogni-nuovo-live": write_live, "bisogni-nuovo-refused": write_nothing}.items():
            scene(page, site, prefix)
            take(page, f"{name}-{kind}")
        context.close()
        for complaint in dict.fromkeys(heard.unexpected):
            print(f"    {complaint}")


def take(page: Page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    if page.evaluate(WIDER_THAN_THE_SCREEN):
        print(f"    {name} is wider than the screen")


def photograph_for_the_readme(browser: Browser, site: str, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
    page.goto(site + address)
    README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=README_PICTURE)
    print(f"  {README_PICTURE.relative_to(ROOT)}: {README_PICTURE.stat().st_size // 1024} KB")


def main() -> None:
    program = chromium_program()
    if program is None:
        raise SystemExit("Chromium is missing: say make test-tools, then make pictures again.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    print("Starting a Raccordo of its own")
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        print("Looking for an example of every page")
        visitor, officer = browser.new_context(), browser.new_context()
        seen = addresses(visitor, site, "/")
        act_as_officer(officer, site)
        mine = addresses(officer, site, publish(officer, site))
        only_mine = {path: address for path, address in mine.items() if path not in seen}
        for path in sorted(routes().keys() - seen.keys() - mine.keys()):
            print(f"  {path} is not photographed: no page links to it")
        pages = {file_name(path): address for path, address in seen.items()} | {"not-found": MISSING}
        print(f"Photographing {len(pages) + len(only_mine) + 2} pages into {PICTURES.relative_to(ROOT)}")
        photograph(browser, site, pages, {file_name(path): address for path, address in only_mine.items()})
        photograph_for_the_readme(browser, site, README_NEED)
        browser.close()


if __name__ == "__main__":
    main()
