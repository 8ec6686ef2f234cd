"""Queries that ship with the product: the explorer offers them, the documentation shows them, tests run them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Example:
    """A query that can be run as it is, with a title in both languages."""

    name: str
    title_it: str
    title_en: str
    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)


@cache
def examples() -> tuple[Example, ...]:
    """Every example, in the order of their file names."""
    folder = files("raccordo.schema").joinpath("examples")
    found = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".graphql")), key=lambda f: f.name
    )
    return tuple(_read(file.name.removesuffix(".graphql"), file.read_text("utf-8")) for file in found)


def _read(name: str, text: str) -> Example:
    """The comments at the top say the titles and the variables: `# it: …`, `# en: …`, `# variables: {…}`."""
    said: dict[str, str] = {}
    lines = text.splitlines()
    while lines and lines[0].startswith("# "):
        key, _, value = lines.pop(0)[2:].partition(": ")
        said[key] = value
    return Example(
        name=name.partition("-")[2] or name,
        title_it=said["it"],
        title_en=said["en"],
        query="\n".join(lines).strip() + "\n",
        variables=json.loads(said.get("variables", "{}")),
    )
