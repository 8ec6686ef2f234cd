"""What people type, made storable: line breaks, composed letters, a limit, no invisible characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from raccordo.language import Sentence
from raccordo.refusals import FieldRefusal, refused

ALLOWED_CONTROLS = {"\n", "\t"}
# Format characters that reorder what follows: a reader would see something else than what is stored.
REORDERING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
TOO_LONG = Sentence("Sono {count} caratteri: il massimo è {most}.")


def tidied(value: str) -> str:
    """The text with its line breaks and accents written in one way, without blanks around it."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def problems(
    field: str, value: str, most: int, missing: Sentence | None, too_long: Sentence = TOO_LONG
) -> Iterator[FieldRefusal]:
    """What is wrong with a tidied text, at most one thing; `missing` None allows an empty one."""
    if not value and missing:
        yield FieldRefusal(field, "missing", missing)
    elif len(value) > most:
        yield FieldRefusal(field, "too_long", Sentence(too_long.text, {"count": len(value), "most": most}))
    elif strange := _strange(value):
        yield FieldRefusal(
            field,
            "control_characters",
            Sentence(
                "C’è un carattere invisibile ({name}) dopo «{before}»: va cancellato e riscritto a mano.",
                strange,
            ),
        )


def checked(field: str, value: str, most: int, missing: Sentence | None) -> str:
    """The one text of an input, ready to be stored; raises Refused."""
    value = tidied(value)
    for problem in problems(field, value, most, missing):
        raise refused(problem.field, problem.code, problem.sentence)
    return value


def has_controls(value: str) -> bool:
    """Whether a line holds anything that would end it or that nobody sees."""
    return "\n" in value or "\t" in value or _strange(value) is not None


def _strange(value: str) -> dict[str, object] | None:
    for position, letter in enumerate(value):
        category = unicodedata.category(letter)
        if (category in {"Cc", "Cs"} and letter not in ALLOWED_CONTROLS) or letter in REORDERING:
            return {"name": f"U+{ord(letter):04X}", "before": value[max(0, position - 20) : position]}
    return None
