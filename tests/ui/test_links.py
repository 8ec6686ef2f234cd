"""Whoever follows links never ends nowhere: the site is walked from the home page, one example of each address."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urldefrag, urlsplit

from httpx2 import AsyncClient

from cast import NEED, PASTURO_OFFICER
from page import Page
from raccordo import needs
from ui.conftest import ActAs

MOST = 50_000  # bytes of a page; pictures of the region and of scenarios are the exception
PICTURES = re.compile(r"^(/en)?/(mappa|gestioni-associate)?$")


def pattern(address: str) -> str:
    """The kind of an address: its numbers, codes, slugs and values stand for themselves only once."""
    parts = urlsplit(address)
    names = ",".join(sorted(re.findall(r"(?:^|&)([^=&]+)=", parts.query)))
    folders = parts.path.removeprefix("/en").split("/")
    last = re.sub(r".+", "*", folders[2]) if len(folders) > 2 else ""
    language = "en" if parts.path.startswith("/en/") else "it"
    return "/".join([language, folders[1], last, *folders[3:]]) + "?" + names


async def test_every_link_leads_somewhere(client: AsyncClient, act_as: ActAs) -> None:
    await needs.publish(PASTURO_OFFICER, NEED)
    act_as(PASTURO_OFFICER)
    seen, waiting, broken = {pattern("/")}, deque(["/"]), []
    while waiting:
        address = waiting.popleft()
        answer = await client.get(address, follow_redirects=True)
        if answer.status_code != 200:
            broken.append(f"{answer.status_code} {address}")
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        page = Page(answer.text)
        assert len(page.all("h1")) == 1, address
        assert page.title.endswith("Raccordo") or page.title.startswith("Raccordo"), address
        if not PICTURES.match(urlsplit(address).path) and len(answer.content) >= MOST:
            broken.append(f"{len(answer.content)} bytes {address}")
        for href in page.links.values():
            there = urldefrag(href).url
            if there.startswith("/") and pattern(there) not in seen:
                seen.add(pattern(there))
                waiting.append(there)
    assert broken == []
    assert len(seen) > 40
