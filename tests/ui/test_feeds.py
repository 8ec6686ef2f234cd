"""Atom feeds of needs: valid, filtered like the pages, with names that last."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from xml.etree.ElementTree import Element, fromstring

import pytest
from httpx2 import AsyncClient

from cast import NEED, PASTURO, PASTURO_OFFICER
from page import Page
from raccordo import needs
from raccordo.catalogue import Catalogue
from raccordo.need_input import NeedInput
from raccordo.settings import Settings

CHOSEN = replace(NEED, themes=("bonifiche",))
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/bisogni.atom", "/en/bisogni.atom", "/temi/bonifiche.atom", f"/comuni/{PASTURO}.atom"]


async def feed(client: AsyncClient, path: str) -> Element:
    answer = await client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml"
    return fromstring(answer.content)  # noqa: S314  # our own bytes


def said(element: Element, name: str) -> str:
    [found] = element.findall(ATOM + name)
    return found.text or ""


def ids(atom: Element) -> list[str]:
    return [said(entry, "id") for entry in atom.findall(f"{ATOM}entry")]


def must_have(element: Element) -> None:
    """What RFC 4287 (4.1.1 and 4.1.2) asks of a feed and of an entry."""
    assert said(element, "id").startswith("http")
    assert said(element, "title")
    assert datetime.fromisoformat(said(element, "updated")).tzinfo
    assert said(element.findall(f"{ATOM}author")[0], "name")


@pytest.mark.parametrize("path", FEEDS)
async def test_it_has_what_the_standard_asks(client: AsyncClient, path: str) -> None:
    await needs.publish(PASTURO_OFFICER, CHOSEN)
    atom = await feed(client, path)
    assert atom.tag == f"{ATOM}feed"
    must_have(atom)
    entries = atom.findall(f"{ATOM}entry")
    assert entries
    for entry in entries:
        must_have(entry)
        assert [one.get("rel") for one in entry.findall(f"{ATOM}link")] == ["alternate"]
    assert said(atom, "updated") == max(said(entry, "updated") for entry in entries)
    assert len(set(ids(atom))) == len(entries)


async def test_a_municipality_without_needs_has_a_feed_too(client: AsyncClient, current: Catalogue) -> None:
    silent = set(current.municipalities) - {need.owner_code for need in current.needs.values()}
    atom = await feed(client, f"/comuni/{min(silent)}.atom")
    must_have(atom)
    assert ids(atom) == []


async def test_it_follows_the_filters_of_the_list(client: AsyncClient, current: Catalogue) -> None:
    await needs.publish(PASTURO_OFFICER, CHOSEN)
    assert len(ids(await feed(client, "/bisogni.atom?esempi=no"))) == 1
    assert len(ids(await feed(client, "/bisogni.atom?tema=bonifiche"))) == min(
        50, sum("bonifiche" in need.themes for need in current.needs.values()) + 1
    )


async def test_a_value_that_is_no_choice_is_refused(client: AsyncClient) -> None:
    assert (await client.get("/bisogni.atom?tema=niente")).status_code == 422
    assert (await client.get("/temi/niente.atom")).status_code == 404
    assert (await client.get("/comuni/000000.atom")).status_code == 404


async def test_an_entry_keeps_its_id_and_moves_up_when_revised(
    client: AsyncClient, opened_database: Settings
) -> None:
    first = await needs.publish(PASTURO_OFFICER, NEED)
    await needs.publish(PASTURO_OFFICER, NEED)
    before = ids(await feed(client, "/bisogni.atom"))
    await needs.revise(PASTURO_OFFICER, first.number, 1, NeedInput(title="Nuovo", description="testo"))
    after = ids(await feed(client, "/bisogni.atom"))
    assert after[0] == f"{opened_database.address}/bisogni/{first.number}"
    assert before[1] == after[0]
    assert ids(await feed(client, "/en/bisogni.atom")) == after


async def test_what_xml_cannot_say_does_not_break_it(client: AsyncClient) -> None:
    await needs.publish(PASTURO_OFFICER, NeedInput(title="a\uffffb <&> c", description="testo"))
    atom = await feed(client, f"/comuni/{PASTURO}.atom")
    assert said(atom.findall(f"{ATOM}entry")[0], "title") == "ab <&> c"


async def test_it_is_sent_again_only_when_it_changed(client: AsyncClient) -> None:
    tag = (await client.get("/bisogni.atom")).headers["etag"]
    assert (await client.get("/bisogni.atom", headers={"If-None-Match": tag})).status_code == 304
    await needs.publish(PASTURO_OFFICER, NEED)
    assert (await client.get("/bisogni.atom", headers={"If-None-Match": tag})).status_code == 200


async def test_a_withdrawn_need_leaves_it(client: AsyncClient) -> None:
    need = await needs.publish(PASTURO_OFFICER, NEED)
    await needs.withdraw(PASTURO_OFFICER, need.number, 1)
    assert not any(one.endswith(f"/{need.number}") for one in ids(await feed(client, "/bisogni.atom")))


async def test_a_former_code_leads_to_the_feed_of_its_successor(client: AsyncClient) -> None:
    answer = await client.get("/comuni/013199.atom", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, "/comuni/013256.atom")


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("/bisogni?tema=bonifiche", "/bisogni.atom?tema=bonifiche"),
        ("/temi/bonifiche", "/temi/bonifiche.atom"),
        (f"/en/comuni/{PASTURO}", f"/en/comuni/{PASTURO}.atom"),
    ],
)
async def test_its_page_names_it(client: AsyncClient, page: str, address: str) -> None:
    shown = Page((await client.get(page)).text)
    [link] = shown.all("link", rel="alternate", type="application/atom+xml")
    assert link.attributes["href"] == address
    assert (await client.get(address)).status_code == 200


@pytest.mark.parametrize("path", FEEDS)
async def test_it_is_only_read(client: AsyncClient, path: str) -> None:
    assert (await client.post(path)).status_code == 405


async def test_the_feed_of_a_list_is_one_whatever_the_list_s_order(client: AsyncClient) -> None:
    for path in ("/bisogni?tema=bonifiche&ordine=titolo", "/bisogni?tema=bonifiche&pagina=1"):
        [link] = Page((await client.get(path)).text).all("link", rel="alternate", type="application/atom+xml")
        assert said(await feed(client, link.attributes["href"]), "id").endswith(
            "/bisogni.atom?tema=bonifiche"
        )
