"""The tests' Chromium reads pages under the product's own policy and reports what they do wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError

from raccordo.settings import HTMX_INTEGRITY, HTMX_URL
from services.browser import Complaints, OpenPage, axe_findings

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; style-src 'self'; connect-src 'self'; img-src 'self'; script-src 'self' "
    + HTMX_URL.partition("/npm/")[0]
)
PAGE = """<!doctype html><html lang="it"><head><title>Prova</title>
<meta name="htmx-config" content='{{"includeIndicatorCSS": false}}'>
<script src="{htmx}" integrity="{integrity}" crossorigin="anonymous" defer></script></head>
<body><main><h1>Prova</h1>
<button hx-get="/answer.html" hx-target="#answer">Chiedi</button>
<div id="answer"></div>{more}</main></body></html>"""


class Policed(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: the tests read the pages, not the log."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    pages = {
        "good": "",
        "inline": "<script>document.title = 'written inline'</script>",
        "outside": '<img alt="Logo" src="https://elsewhere.example/logo.png">',
        "unnamed": '<img src="/logo.png">',
        "broken": '<script src="/throws.js"></script>',
    }
    for name, more in pages.items():
        text = PAGE.format(htmx=HTMX_URL, integrity=HTMX_INTEGRITY, more=more)
        Path(folder, f"{name}.html").write_text(text, "utf-8")
    Path(folder, "answer.html").write_text("<p>Risposta</p>")
    Path(folder, "throws.js").write_text("throw new Error('torn')")
    Path(folder, "favicon.ico").write_bytes(b"")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Policed, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_htmx_works_from_the_local_copy_with_its_pinned_hash(open_page: OpenPage, site: str) -> None:
    page = open_page()
    page.goto(f"{site}/good.html")
    page.get_by_role("button").click()
    page.get_by_text("Risposta").wait_for()


def test_without_javascript_the_page_stays_as_it_was_sent(open_page: OpenPage, site: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/good.html")
    page.get_by_role("button").click()
    assert page.locator("#answer").inner_text() == ""


def test_axe_runs_under_a_policy_without_inline_and_eval(open_page: OpenPage, site: str) -> None:
    page = open_page()
    page.goto(f"{site}/good.html")
    assert axe_findings(page) == []


def test_axe_finds_a_picture_without_a_name(open_page: OpenPage, site: str, complaints: Complaints) -> None:
    complaints.expect("404")
    page = open_page()
    page.goto(f"{site}/unnamed.html")
    assert [finding.split(":")[0] for finding in axe_findings(page)] == ["image-alt"]


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("inline", "Content Security Policy"),
        ("outside", "https://elsewhere.example/logo.png"),
        ("broken", "torn"),
    ],
)
def test_what_a_page_does_wrong_is_heard(
    open_page: OpenPage, site: str, complaints: Complaints, name: str, complaint: str
) -> None:
    page = open_page()
    page.goto(f"{site}/{name}.html")
    page.wait_for_load_state("networkidle")
    assert any(complaint in said for said in complaints.unexpected)
    complaints.expect("")  # all heard: this test is about hearing


def test_the_world_outside_is_out_of_reach(open_page: OpenPage, complaints: Complaints) -> None:
    page = open_page()
    with pytest.raises(PlaywrightError, match="ERR_FAILED"):
        page.goto("https://elsewhere.example/")
    assert complaints.unexpected == ["request to the outside: https://elsewhere.example/"]
    complaints.expect("elsewhere.example")


def test_only_what_was_expected_is_accepted() -> None:
    complaints = Complaints()
    complaints.hear("console error: 422")
    complaints.hear("console error: 500")
    complaints.expect("422")
    assert complaints.unexpected == ["console error: 500"]


def test_axe_in_a_reader_without_javascript_says_so_instead_of_waiting(
    open_page: OpenPage, site: str
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/good.html")
    with pytest.raises(RuntimeError, match="without JavaScript"):
        axe_findings(page)
