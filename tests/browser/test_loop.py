"""The loop from a need to its outcome, as four people walk it: accounts, a real mail server, a phone, no JavaScript."""

from __future__ import annotations

import re
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from command import running
from raccordo import second_factor
from raccordo.catalogue import Catalogue
from services.browser import Complaints, OpenPage, axe_findings, runs_scripts, scrolls_sideways
from services.smtp import MailServer

pytestmark = pytest.mark.browser

PASSWORD = "quattro parole a caso"  # noqa: S105  # of a test
OFFICER, BRIDGELAB, GICARUS, LPMSC, COORDINATOR = (
    f"{name}@example.invalid" for name in ("anna", "bruno", "dario", "elena", "carla")
)
TITLE = "Il ponte vecchio sul torrente"
TEXT = "Passano i camion della segheria, le spalle sono scavate e non abbiamo l’ingegnere."
SCOPE = "Un rilievo delle spalle entro giugno, con due studenti."
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
ROLES = {
    OFFICER: ("--role", "OFFICER", "--municipality", "097065"),
    BRIDGELAB: ("--role", "PROFESSOR", "--laboratory", "bridgelab"),
    GICARUS: ("--role", "PROFESSOR", "--laboratory", "gicarus"),
    LPMSC: ("--role", "LABORATORY_MANAGER", "--laboratory", "lpmsc"),
    COORDINATOR: ("--role", "COORDINATOR", "--coordinates-for", "ANCI_LOMBARDIA"),
}


@dataclass(frozen=True, slots=True)
class Site:
    """A site in production mode, where its mail arrives, and the invitations of the four."""

    address: str
    mail: MailServer
    invitations: dict[str, str]

    def mailed(self, to: str, pattern: str, patience: float = 20) -> str:
        """The first address of that pattern in a mail to somebody, once it has arrived."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            for message in reversed(self.mail.mailbox.arrived):
                body = message.get_body(("plain",))
                found = re.search(rf"{self.address}({pattern})", body.get_content() if body else "")
                if to in str(message["To"]) and found:
                    return self.address + found.group(1)
            time.sleep(0.2)
        raise AssertionError(f"no mail to {to} with {pattern}")


@pytest.fixture
def site(
    loaded_file: tuple[Path, Catalogue],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    chromium: Browser,
) -> Iterator[Site]:
    """The site of real accounts: nothing here can choose who acts."""
    shutil.copy(loaded_file[0], tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address, server = f"http://127.0.0.1:{port}", MailServer()
    server.start()
    monkeypatch.setenv("RACCORDO_SMTP_URL", server.url)
    monkeypatch.setenv("RACCORDO_MAIL_FROM", "Raccordo <raccordo@example.it>")
    monkeypatch.setenv("RACCORDO_ADDRESS", address)
    data = ("--data", str(tmp_path))
    invitations = {email: _invited(email, *data, *role) for email, role in ROLES.items()}
    with running("serve", *data, "--port", str(port), mode="production") as process:
        assert any(address in line for line in process.stdout or ())
        yield Site(address, server, invitations)
    server.stop()


def _invited(email: str, *more: str) -> str:
    with running("invite", email, *more, mode="production") as process:
        written, _ = process.communicate(timeout=60)
    found = re.search(r"http\S+/invito/\S+", written)
    assert found, written
    return found.group()


Enter = Callable[..., Page]


@pytest.fixture
def enter(site: Site, open_page: OpenPage) -> Enter:
    """Somebody with an account, in a browser of its own: by invitation the first time, then by password."""

    def enter(email: str, **reader: object) -> Page:
        page = open_page(**reader)
        invitation = site.invitations.pop(email, "")
        page.goto(invitation or f"{site.address}/accedi")
        if invitation:
            page.get_by_label("Nome e cognome").fill(email.partition("@")[0].title())
        else:
            page.get_by_label("Indirizzo di posta").fill(email)
        page.get_by_label("Parola d’ordine").fill(PASSWORD)
        page.get_by_role("button", name="Accetta l’invito" if invitation else "Accedi").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Profilo")
        return page

    return enter


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_a_need_to_its_outcome(
    site: Site, enter: Enter, open_page: OpenPage, complaints: Complaints, scripted: bool
) -> None:
    for email in [email for email in site.invitations if email != OFFICER]:
        enter(email)
    site.mail.mailbox.arrived.clear()
    officer = enter(OFFICER, java_script_enabled=scripted)
    asked(site, officer, "Laboratorio dinamica e monitoraggio strutture")
    asked(site, officer, "LPMSC")
    phone = open_page(**PHONE, java_script_enabled=not scripted)
    answered(site, phone, LPMSC, lambda: phone.get_by_role("button", name="Non ora").click())
    answered(site, phone, BRIDGELAB, lambda: passed_on(phone, "GICARUS"))
    answered(site, phone, GICARUS, lambda: phone.get_by_role("button", name="Interessa").click())
    professor = enter(GICARUS, java_script_enabled=not scripted)
    agreed(site, officer, professor)
    seen_by_the_coordinator(site, enter)
    officer.get_by_label("Com’è andata").select_option("DONE")
    officer.get_by_role("button", name="Concludi la collaborazione").click()
    expect(officer.get_by_text("La collaborazione è conclusa.").first).to_be_visible()
    looked_at(officer)


def looked_at(page: Page) -> None:
    """Accessible and not wider than the screen. Axe itself needs scripts: it looks at the half that has them."""
    assert not scrolls_sideways(page)
    if runs_scripts(page):
        assert axe_findings(page) == []


def asked(site: Site, officer: Page, laboratory: str) -> None:
    """The officer asks a laboratory from the page of the need, which is published if it is not yet."""
    officer.goto(f"{site.address}/bisogni?testo=ponte+vecchio")
    if not officer.get_by_role("link", name=TITLE).count():
        officer.goto(f"{site.address}/bisogni/nuovo")
        officer.get_by_label("Titolo").fill(TITLE)
        officer.get_by_label("Descrizione").fill(TEXT)
        officer.get_by_role("button", name="Pubblica il bisogno").click()
    else:
        officer.get_by_role("link", name=TITLE).first.click()
    officer.get_by_role("button", name=re.compile(rf"^Chiedi.*{laboratory}")).click()
    looked_at(officer)
    officer.get_by_role("button", name="Chiedi a questo laboratorio").click()
    expect(officer.get_by_text("Tocca a").first).to_be_visible()


def answered(site: Site, phone: Page, email: str, answer: Callable[[], object]) -> None:
    """Two taps: the link of the mail, and the answer; nobody logs in."""
    phone.goto(site.mailed(email, r"/risposta/\S+"))
    looked_at(phone)
    answer()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Risposta data")
    looked_at(phone)


def passed_on(phone: Page, laboratory: str) -> None:
    phone.get_by_text("Passa a un altro laboratorio").click()
    field = phone.get_by_label("A chi")
    field.select_option(
        label=next(name for name in field.locator("option").all_inner_texts() if laboratory in name)
    )
    phone.get_by_role("button", name="Passa la richiesta").click()


def agreed(site: Site, officer: Page, professor: Page) -> None:
    """The officer writes what to do, both accept; each side reads whose turn it is."""
    officer.goto(f"{site.address}/collaborazioni")
    looked_at(officer)
    officer.get_by_role("link", name=re.compile(f"{TITLE}.*GICARUS")).first.click()
    officer.get_by_label("Che cosa, entro quando").fill(SCOPE)
    officer.get_by_role("button", name="Proponi questo testo").click()
    officer.get_by_role("button", name="Accetta il testo").click()
    expect(officer.get_by_text("Tocca a GICARUS Lab").first).to_be_visible()
    professor.goto(officer.url)
    expect(professor.get_by_text(SCOPE).first).to_be_visible()
    professor.get_by_role("button", name="Accetta il testo").click()
    looked_at(professor)
    officer.reload()


def seen_by_the_coordinator(site: Site, enter: Enter) -> None:
    """The coordinator reads everybody's matches, but only with the second factor."""
    coordinator = enter(COORDINATOR)
    page = f"{site.address}/collaborazioni"
    coordinator.goto(page)
    assert not coordinator.get_by_role("link", name=re.compile(TITLE)).count()
    coordinator.goto(f"{site.address}/profilo")
    coordinator.locator("#old-factor").fill(PASSWORD)
    coordinator.get_by_role("button", name="Prepara il secondo fattore").click()
    secret = coordinator.locator("#second-factor code").inner_text()
    step = int(time.time()) // second_factor.STEP
    coordinator.get_by_label("Codice di sei cifre").fill(second_factor.code_at(secret, step))
    coordinator.get_by_role("button", name="Attiva").click()
    coordinator.goto(page)
    for laboratory in ("monitoraggio strutture", "LPMSC", "GICARUS"):
        expect(coordinator.get_by_role("link", name=re.compile(laboratory)).first).to_be_visible()
