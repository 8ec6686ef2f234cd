"""Italian is written in the code, English is looked up: one gettext catalogue for pages, API and mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.pofile import read_po

LANGUAGES = ("it", "en")
DEFAULT = "it"


@cache
def _messages(language: str) -> Mapping[str, tuple[str, ...]]:
    """Every message of one language: Italian text -> its forms (one, or singular and plural)."""
    if language == DEFAULT:
        return {}
    source = files("raccordo").joinpath("locale", language, "LC_MESSAGES", "raccordo.po").read_bytes()
    found: dict[str, tuple[str, ...]] = {}
    for message in read_po(BytesIO(source), locale=language):
        key = message.id if isinstance(message.id, str) else message.id[0]
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if key and forms and all(forms) and not message.fuzzy:
            found[key] = forms
    return found


def translate(text: str, language: str) -> str:
    """`text` in `language`; the Italian itself where the catalogue has no entry."""
    forms = _messages(language).get(text)
    return forms[0] if forms else text


def translate_plural(singular: str, plural: str, count: int, language: str) -> str:
    """The right form for `count`; both languages use the singular for exactly one."""
    forms = _messages(language).get(singular, (singular, plural))
    return forms[0] if count == 1 else forms[-1]


@dataclass(frozen=True, slots=True)
class Sentence:
    """An Italian sentence with named places, said later in the reader's language.

    >>> Sentence("Il bisogno {number} non esiste.", {"number": 12}).say("it")
    'Il bisogno 12 non esiste.'
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def say(self, language: str = DEFAULT) -> str:
        shown = {
            name: value.say(language) if isinstance(value, Sentence) else value
            for name, value in self.values.items()
        }
        return translate(self.text, language).format_map(shown) if shown else translate(self.text, language)

    def __str__(self) -> str:
        return self.say()
