"""Rules that hold in every template: nothing inline, one word for target, block and id, all words translated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from raccordo_ui import render

FOLDER = Path(render.__file__).parent / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
NAMES = [path.relative_to(FOLDER).as_posix() for path in TEMPLATES]
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TRANSLATED = re.compile(r"\{% ?trans\b.*?\{% ?endtrans ?%\}", re.DOTALL)
WORDS_IN = re.compile(r"""\s(?:placeholder|aria-label|title|alt)="([^"{]*[a-zà-ù]{3}[^"{]*)\"""")
# Tags, what is typed at a terminal, and attributes that a macro writes by themselves.
MARKUP = re.compile(r"""<code>.*?</code>|<[^>]*>|[\w-]+="[^"]*\"""", re.DOTALL)
SAME_IN_BOTH = {"raccordo", "csv", "graphql", "english", "italiano", "istat"}


def text_of(name: str) -> str:
    return COMMENT.sub("", (FOLDER / name).read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_inline(name: str) -> None:
    text = text_of(name)
    assert re.findall(r"\sstyle\s*=", text) == []
    assert re.findall(r"""\son\w+\s*=\s*["']|hx-on|javascript:|\bjs:""", text) == []
    assert re.findall(r"<style\b", text) == []
    assert [tag for tag in re.findall(r"<script\b[^>]*>", text) if " src=" not in tag] == []
    assert re.findall(r'hx-trigger="[^"]*\[', text) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_htmx_aims_at_is_a_block_with_the_same_id(name: str) -> None:
    text = text_of(name)
    for target in re.findall(r'hx-target="#([\w-]+)"', text):
        block = re.search(rf"\{{% block {target} %\}}(.*?)\{{% endblock %\}}", text, re.DOTALL)
        assert block, f"no block {target}"
        assert f'id="{target}"' in block.group(1)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_marked_as_safe_that_somebody_typed(name: str) -> None:
    for filtered in re.findall(r"\{\{[^}]*\|\s*safe\b[^}]*\}\}", text_of(name)):
        assert "_tied(" in filtered


@pytest.mark.parametrize("name", NAMES)
def test_no_word_escapes_translation(name: str) -> None:
    text = text_of(name)
    assert WORDS_IN.findall(text) == []
    visible = MARKUP.sub(" ", JINJA.sub(" ", TRANSLATED.sub(" ", text)))
    found = {word.lower() for word in re.findall(r"[^\W\d_]{3,}", visible.replace("&", " "))}
    assert found - SAME_IN_BOTH == set()
