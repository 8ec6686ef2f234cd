"""Draft acts: only data and headings, marks where people write, and a file that word processors open."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from httpx2 import AsyncClient

from associating import adhered, proposed, ready
from cast import COORDINATOR, LECCO_OFFICER, PASTURO_OFFICER
from page import Page
from raccordo import association_progress
from raccordo.catalogue import Catalogue
from raccordo.draft_acts import ActKind, Draft, Section, draft
from raccordo.people import VISITOR
from raccordo.spoken import Amount
from raccordo_ui.open_document import MIME, text_document
from ui.conftest import ActAs

ONE = "/gestioni-associate/proposte/1"


@pytest.mark.parametrize("act", ["convenzione", "delibera"])
async def test_a_draft_has_the_data_and_marks_what_is_missing(
    client: AsyncClient, act_as: ActAs, current: Catalogue, act: str
) -> None:
    await proposed()
    act_as(PASTURO_OFFICER)
    page = Page((await client.get(f"{ONE}/{act}")).text)
    assert "Comune di Pasturo" in page.words
    assert "polizia municipale e polizia amministrativa locale" in page.words
    assert "D.L. 202/2024" in page.words
    if act == "convenzione":
        assert f"097042, {Amount(current.municipalities['097042'].population).say()} abitanti" in page.words
    assert len(page.all("mark")) > 4
    assert all(mark.words.startswith("[da completare: ") for mark in page.all("mark"))


@pytest.mark.parametrize("act", ["convenzione", "delibera"])
async def test_the_file_is_a_text_document(
    client: AsyncClient, act_as: ActAs, current: Catalogue, act: str
) -> None:
    await proposed()
    act_as(LECCO_OFFICER)
    answer = await client.get(f"{ONE}/{act}.odt")
    assert answer.headers["content-type"] == MIME
    with ZipFile(BytesIO(answer.content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert archive.read("mimetype").decode() == MIME
        manifest = ElementTree.fromstring(archive.read("META-INF/manifest.xml"))  # noqa: S314  # written here
        named = {one.attrib[key] for one in manifest for key in one.attrib if key.endswith("full-path")}
        assert named == {"/", "content.xml"}
        words = " ".join(ElementTree.fromstring(archive.read("content.xml")).itertext())  # noqa: S314  # the same
    assert "Comune di Lecco" in words
    assert answer.content == (await client.get(f"{ONE}/{act}.odt")).content


async def test_one_document_of_several_steps_is_named_once(current: Catalogue) -> None:
    record = await ready(await adhered(await proposed()))
    words = str(draft(record, ActKind.RESOLUTION))
    assert words.count("Verbale") == 1


def test_whatever_people_wrote_the_file_stays_well_formed() -> None:
    hostile = Draft("A & <b>", (Section("<&>\"'", ("a\x0bb ]]> <x/> [da completare: <y>]\nriga",)),))
    with ZipFile(BytesIO(text_document(hostile))) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))  # noqa: S314  # written here
    assert "]]> <x/>" in "".join(root.itertext())


async def test_there_is_no_convention_for_another_form(
    client: AsyncClient, act_as: ActAs, current: Catalogue
) -> None:
    record = await proposed()
    await association_progress.choose_form(PASTURO_OFFICER, 1, record.version, "CONSORTIUM", "Lecco")
    act_as(COORDINATOR)
    assert (await client.get(f"{ONE}/convenzione")).status_code == 404
    assert "consorzio" in Page((await client.get(f"{ONE}/delibera")).text).words


async def test_strangers_read_no_draft(client: AsyncClient, act_as: ActAs, current: Catalogue) -> None:
    record = await proposed()
    act_as(VISITOR)
    for act in ("convenzione", "delibera", "convenzione.odt", "delibera.odt"):
        assert (await client.get(f"{ONE}/{act}")).status_code == 404
    assert draft(record, ActKind.RESOLUTION).sections[0].paragraphs[0] == "[da completare: comune]"
