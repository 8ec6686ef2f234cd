"""Logging in with an identity provider in a real browser: two processes, this site and the provider's."""

from __future__ import annotations

import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from command import running
from raccordo.catalogue import Catalogue
from services.browser import Complaints, OpenPage, axe_findings, scrolls_sideways
from services.identity_provider import CLIENT, SECRET
from services.oidc import IdentityProvider

pytestmark = pytest.mark.browser
PROVIDER = """
[{slug}]
issuer = "{issuer}"
client_id = "{client}"
client_secret = "{secret}"
label_it = "{label}"
label_en = "{label}"
trust_email = true
"""


@pytest.fixture(scope="module", autouse=True)
def site(
    loaded_file: tuple[Path, Catalogue],
    identity_process: IdentityProvider,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[str]:
    """A site in production mode that knows the provider, at the address that its settings name."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(loaded_file[0], folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    tables = [
        PROVIDER.format(slug=slug, issuer=identity_process.issuer, client=CLIENT, secret=SECRET, label=label)
        for slug, label in (("polimi", "il Politecnico"), ("spid", "SPID"), ("cie", "CIE"))
    ]
    (folder / "providers.toml").write_text("".join(tables))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RACCORDO_IDENTITY_PROVIDERS", str(folder / "providers.toml"))
        environment.setenv("RACCORDO_ADDRESS", f"http://127.0.0.1:{port}")
        with running("serve", "--data", str(folder), "--port", str(port), mode="production") as server:
            for line in server.stdout or ():
                if found := re.search(r"http://[\d.]+:\d+", line):
                    request.getfixturevalue("chromium")
                    yield found.group()
                    return
            pytest.fail("the site did not start")


def person(name: str) -> dict[str, object]:
    return {"sub": name, "name": f"{name} Rossi", "email": f"{name}@anci.invalid", "email_verified": True}


def first_login(page: Page, site: str) -> None:
    page.goto(f"{site}/accedi")
    page.get_by_role("button", name="Entra con il Politecnico").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Primo accesso con questa identità")


def test_a_first_login_becomes_an_account_that_the_next_one_opens(
    site: str, page: Page, identity_process: IdentityProvider
) -> None:
    identity_process.approve(person("anna"))
    first_login(page, site)
    expect(page).to_have_url(f"{site}/identita")
    assert axe_findings(page) == []
    page.get_by_role("button", name="Chiedi l’utenza").click()
    expect(page).to_have_url(f"{site}/profilo")
    page.get_by_role("button", name="Esci").click()
    page.goto(f"{site}/accedi?poi=/profilo/identita")
    page.get_by_role("button", name="Entra con il Politecnico").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Identità collegate")
    expect(page.get_by_role("heading", name="Accesso con il Politecnico / SPID / CIE")).to_be_visible()
    assert axe_findings(page) == []


def test_without_javascript_and_in_the_dark_too(
    site: str, open_page: OpenPage, identity_process: IdentityProvider
) -> None:
    identity_process.approve(person("bea"))
    page = open_page(java_script_enabled=False, color_scheme="dark")
    first_login(page, site)
    page.get_by_role("button", name="Chiedi l’utenza").click()
    expect(page).to_have_url(f"{site}/profilo")


def test_whoever_says_no_is_back_at_the_login(
    site: str, open_page: OpenPage, identity_process: IdentityProvider, complaints: Complaints
) -> None:
    complaints.expect("422")
    identity_process.approve(person("carla"), mode="error:access_denied")
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/en/accedi")
    page.get_by_role("button", name="Log in with SPID").click()
    expect(page.get_by_role("alert")).to_have_text("The login with SPID was cancelled.")
    expect(page.get_by_label("E-mail address")).to_be_visible()
    page.get_by_role("link", name="Italiano").click()
    expect(page).to_have_url(f"{site}/accedi")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_login_page_with_three_providers_is_accessible(
    site: str, open_page: OpenPage, width: int, scheme: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{site}/accedi")
    assert axe_findings(page) == []
    assert not scrolls_sideways(page)
