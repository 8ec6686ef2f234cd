"""What the documents promise is tried: the README's commands, query and answer, settings, words, links."""

from __future__ import annotations

import json
import re
import shlex
from itertools import pairwise
from pathlib import Path

import httpx2
import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], key=lambda path: path.relative_to(ROOT).as_posix()
)
SOURCES = [path for root in ("platform", "graph", "ui") for path in (ROOT / root).rglob("*.py")]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_readme_fits_in_150_lines() -> None:
    assert README.count("\n") < 150


def test_every_make_command_of_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for path in DOCUMENTS:
        named = set(re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z-]+)", path.read_text()))
        assert named <= targets, path.name


async def test_the_query_of_the_readme_gives_the_answer_of_the_readme(client: httpx2.AsyncClient) -> None:
    command = shlex.split(next(block for block in blocks("sh") if "curl" in block))
    following = dict(pairwise(command))
    answer = await client.post(
        "/graphql", content=following["-d"], headers={"content-type": "application/json"}
    )
    assert answer.json() == json.loads(blocks("json")[0])


def test_every_setting_is_in_the_readme_and_every_one_there_is_read() -> None:
    names = ("settings.py", "mail_settings.py", "identity_settings.py")
    readers = [ROOT / "platform/raccordo" / name for name in names]
    read = {name for path in readers for name in re.findall(r"RACCORDO_[A-Z_]+", path.read_text())}
    assert set(re.findall(r"RACCORDO_[A-Z_]+", README)) == read


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text()):
        assert (path.parent / target).exists(), target


def test_the_codewords_of_the_glossary_are_used() -> None:
    words = set(re.findall(r"`([A-Z][A-Za-z]+)`", (ROOT / "docs/glossary.md").read_text()))
    schema = (ROOT / "platform/raccordo/schema/schema.graphql").read_text()
    code = "".join(path.read_text() for path in SOURCES) + schema
    missing = {word for word in words if word not in code}
    announced = set(
        re.findall(r"`([A-Z][A-Za-z]+)`[^\n|]*\(planned\)", (ROOT / "docs/glossary.md").read_text())
    )
    assert missing <= announced


def test_no_document_names_a_place_of_somebodys_machine() -> None:
    for path in DOCUMENTS:
        assert not re.search(r"/(?:home|root|Users|tmp)/", path.read_text()), path.name
