"""Brings every sentence of the code and of the templates into the English catalogue.

python tools/messages.py            add what is new, take out what is no longer said
python tools/messages.py --check    only say what is missing, fuzzy or unused; status 1 if anything is
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "platform/raccordo/locale/en/LC_MESSAGES/raccordo.po"
JINJA = "jinja2.ext:babel_extract"
METHODS = [("**.py", "python"), ("**/templates/**.html", JINJA), ("**/templates/**.txt", JINJA)]
TRIMMED = {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.i18n"}
OPTIONS = {"**/templates/**.html": TRIMMED, "**/templates/**.txt": TRIMMED}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "Sentence": None,
    "translate": None,
    "translate_plural": (1, 2),
}
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: raccordo\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
Key = str | tuple[str, ...] | list[str]


def said() -> Catalog:
    """Every message that the code says, without a translation."""
    catalogue = Catalog(locale="en")
    for folder in ("platform", "ui"):
        for file, _, message, comments, context in extract_from_dir(
            ROOT / folder, METHODS, OPTIONS, KEYWORDS, strip_comment_tags=True
        ):
            catalogue.add(
                message, locations=[(f"{folder}/{file}", 0)], auto_comments=comments, context=context
            )
    return catalogue


def translated() -> Catalog:
    """The English catalogue as it is."""
    return read_po(BytesIO(CATALOGUE.read_bytes()), locale="en") if CATALOGUE.exists() else Catalog("en")


def update() -> None:
    """Write the English catalogue anew, in alphabetical order, with the English that it had."""
    old, new = translated(), said()
    for message in new:
        known = old.get(message.id)
        if message.id and known:
            message.string, message.flags = known.string, known.flags | message.flags
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        file.write(HEADER.encode())  # without a date, so that only sentences make a difference
        write_po(file, new, width=110, omit_header=True, sort_output=True, include_lineno=False)


def faults() -> Iterator[str]:
    """What keeps the English from being complete, one sentence each."""
    known, needed = translated(), said()
    for message in needed:
        found = known.get(message.id) if message.id else None
        if message.id and (found is None or not _complete(found)):
            yield f"no English: {_shown(message.id)}"
        elif found is not None and found.fuzzy:
            yield f"fuzzy: {_shown(message.id)}"
    for message in known:
        if message.id and message.id not in needed:
            yield f"no longer said: {_shown(message.id)}"


def _complete(message: Message) -> bool:
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return bool(forms) and all(forms)


def _shown(key: Key) -> str:
    return key if isinstance(key, str) else key[0]


def main() -> int:
    if "--check" not in sys.argv[1:]:
        update()
        print(f"{CATALOGUE.relative_to(ROOT)} is up to date")
    found = list(faults())
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
