"""The site as visitors meet it: a server process of its own, with a copy of the loaded data."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from browser.logging_in import LogIn
from command import running
from raccordo.catalogue import Catalogue

PASTURO = "097065"


@pytest.fixture(scope="module")
def site_data(loaded_file: tuple[Path, Catalogue], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the site that this file's tests share."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(loaded_file[0], folder)
    return folder


@pytest.fixture(scope="module", autouse=True)
def site(site_data: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a demonstration that this file's tests share."""
    with running("serve", "--data", str(site_data), "--port", "0") as server:
        for line in server.stdout or ():
            if found := re.search(r"http://[\d.]+:\d+", line):
                # Playwright starts after the data were prepared: both want the event loop for themselves.
                request.getfixturevalue("chromium")
                yield found.group()
                return
        pytest.fail("the site did not start")


@pytest.fixture
def acting_for(site: str) -> Callable[[Page | BrowserContext, str], None]:
    """Choose who acts, as the page of the demonstration does."""

    def act(reader: Page | BrowserContext, istat_code: str) -> None:
        form: dict[str, str | float | bool] = {"role": "OFFICER", "body": istat_code}
        assert reader.request.post(f"{site}/dimostrazione", form=form).ok

    return act


@pytest.fixture
def log_in(site: str, site_data: Path) -> LogIn:
    """Open pages as somebody with an account and roles of its own: `log_in(page, (Role.OFFICER, held))`."""
    return LogIn(site, site_data)
