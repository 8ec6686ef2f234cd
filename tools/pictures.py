"""Photographs every page in both schemes, two widths and both languages; called by `make pictures`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from starlette.routing import Route

from raccordo_ui.app import PAGES
from services.browser import FLAGS, NODE_MODULES, Complaints, chromium_program

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "build/pictures"
README_PICTURE = ROOT / "docs/pictures/need.png"
WIDTHS = (1280, 360)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = {"it": "", "en": "/en"}
MOST_VISITED = 400  # pages looked at in search of an example for every address
MISSING = "/questa-pagina-non-esiste"
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


def addresses(page: Page, site: str) -> dict[str, str]:
    """For each route of a page, the first address that the site itself links to; by a name for the file."""
    wanted = {
        route.path: route for route in PAGES if isinstance(route, Route) and "GET" in (route.methods or ())
    }
    found = {path: path for path in wanted if "{" not in path}
    waiting, seen = deque(["/"]), {"/"}
    while waiting and len(found) < len(wanted) and len(seen) < MOST_VISITED:
        for link in links(page, site, waiting.popleft()):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
                for path, route in wanted.items():
                    if route.path_regex.fullmatch(urlsplit(link).path):
                        found.setdefault(path, link)
    for path in wanted.keys() - found.keys():
        print(f"  {path}: no page links to it, so it is not photographed")
    return {file_name(path): address for path, address in found.items()}


def links(page: Page, site: str, address: str) -> list[str]:
    """The addresses of this site that an HTML page links to."""
    answer = page.request.get(site + address)
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return []
    absolute = [urljoin(site + address, link) for link in re.findall(r'href="([^"#]+)', answer.text())]
    return [link.removeprefix(site) for link in absolute if link.startswith(f"{site}/")]


def file_name(path: str) -> str:
    return re.sub(r"[^a-z]+", "-", path.lower()).strip("-") or "home"


def is_page(page: Page, url: str) -> bool:
    return page.request.get(url).headers.get("content-type", "").startswith("text/html")


def photograph(browser: Browser, site: str, pages: dict[str, str]) -> None:
    """One picture of every page for every kind of reader; says which pages are wider than the screen."""
    for scheme, width, (language, prefix) in product(SCHEMES, WIDTHS, LANGUAGES.items()):
        print(f"  {language}, {scheme}, {width} pixels")
        heard = Complaints()
        heard.expect(MISSING)
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        heard.listen(context)
        page = context.new_page()
        for name, address in pages.items():
            page.goto(site + prefix + address)
            page.screenshot(path=PICTURES / f"{name}-{language}-{scheme}-{width}.png", full_page=True)
            if page.evaluate(WIDER_THAN_THE_SCREEN):
                print(f"    {address} is wider than {width} pixels")
        context.close()
        for complaint in heard.unexpected:
            print(f"    {complaint}")


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
        page = browser.new_page()
        print("Looking for an example of every page")
        pages = {name: link for name, link in addresses(page, site).items() if is_page(page, site + link)}
        print(f"Photographing {len(pages) + 1} pages into {PICTURES.relative_to(ROOT)}")
        photograph(browser, site, pages | {"not-found": MISSING})
        photograph_for_the_readme(browser, site, pages["bisogni-number"])
        browser.close()


if __name__ == "__main__":
    main()
