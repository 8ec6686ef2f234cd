"""A Chromium of the tests' own, which sees this machine only and reports what a page does wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect, sync_playwright

from services.skips import missing

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
HTMX = "/npm/htmx.org@"  # what the path of every pinned copy of htmx holds, whichever network delivers it
NODE_MODULES = Path(__file__).parents[2] / "node_modules"

OpenPage = Callable[..., Page]


def chromium_program() -> Path | None:
    """The installed Chromium, or None."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return Path(found)
    return ON_MACOS if ON_MACOS.is_file() else None


def npm_file(path: str) -> Path:
    """A file of an npm package that only the tests use; skips where it is missing."""
    file = NODE_MODULES / path
    if not file.is_file():
        missing(f"The npm package {path.split('/')[0]}")
    return file


class Complaints:
    """What the pages of one test did that a page must not do: errors, violations, calls to the outside."""

    def __init__(self) -> None:
        self._heard: list[str] = []
        self._expected: list[str] = []

    def expect(self, part: str) -> None:
        """Accept complaints that contain `part`, such as the "422" of a form refused on purpose."""
        self._expected.append(part)

    def hear(self, complaint: str) -> None:
        self._heard.append(complaint)

    @property
    def unexpected(self) -> list[str]:
        return [said for said in self._heard if not any(part in said for part in self._expected)]

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.hear(f"uncaught error: {error.error}"))
        context.route("**/*", self._answer)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":  # violations of the content security policy arrive here too
            self.hear(f"console error: {message.text} ({message.location.get('url', '')})")

    def _answer(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.hostname in LOOPBACK:
            route.fallback()
        elif HTMX in url.path:
            route.fulfill(
                path=NODE_MODULES / "htmx.org/dist/htmx.min.js",
                content_type="text/javascript",
                # A script with `integrity` is fetched anonymously: without this Chromium discards it.
                headers={"access-control-allow-origin": "*"},
            )
        else:
            self.hear(f"request to the outside: {route.request.url}")
            route.abort()


def runs_scripts(page: Page) -> bool:
    """Whether this reader has JavaScript; the question itself is answered without."""
    return bool(page.evaluate("matchMedia('(scripting: enabled)').matches"))


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window; waits for a page that is still on its way."""
    return bool(page.locator("html").evaluate("page => page.scrollWidth > page.clientWidth"))


def axe_findings(page: Page, **options: Any) -> list[str]:
    """What axe-core finds on the page once htmx has its answers, one line a fault; `options` as in axe.run()."""
    if not runs_scripts(page):
        raise RuntimeError("axe-core waits forever in a reader without JavaScript: look at the page with it")
    expect(page.locator(".htmx-request")).to_have_count(0)  # what waits is dimmed on purpose
    # The developer tools' own channel: the page's policy against eval and inline scripts stays in force.
    session = page.context.new_cdp_session(page)
    source = npm_file("axe-core/axe.min.js").read_text("utf-8")
    run = f"axe.run(document, {json.dumps(options)}).then(found => JSON.stringify(found.violations))"
    try:
        session.send("Runtime.evaluate", {"expression": source})
        answer = session.send(
            "Runtime.evaluate", {"expression": run, "awaitPromise": True, "returnByValue": True}
        )
    finally:
        session.detach()
    if "exceptionDetails" in answer:
        raise RuntimeError(f"axe-core did not run: {answer['exceptionDetails']}")
    violations = cast(list[dict[str, Any]], json.loads(answer["result"]["value"]))
    return [
        f"{violation['id']}: {violation['help']}: {' '.join(map(str, node['target']))}"
        for violation in violations
        for node in violation["nodes"]
    ]


@pytest.fixture(scope="module")  # not longer: while it lives, no asynchronous test can run
def chromium() -> Iterator[Browser]:
    """Chromium with a new empty profile; skips where it or the local copy of htmx is missing."""
    program = chromium_program()
    if program is None:
        missing("Chromium")
    npm_file("htmx.org/dist/htmx.min.js")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Fails the test whose pages complained; `complaints.expect("422")` accepts what is on purpose."""
    complaints = Complaints()
    yield complaints
    if complaints.unexpected:
        pytest.fail("\n".join(complaints.unexpected), pytrace=False)


@pytest.fixture
def open_page(chromium: Browser, complaints: Complaints) -> Iterator[OpenPage]:
    """Opens pages for different readers: `open_page(color_scheme="dark", java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def open_page(**reader: Any) -> Page:
        context = chromium.new_context(**{"locale": "it-IT", "reduced_motion": "reduce"} | reader)
        context.set_default_timeout(10_000)
        complaints.listen(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page for an Italian reader with JavaScript, light, 1280 pixels wide."""
    return open_page()
