"""What a cell of a table may hold: each parser takes the text of one cell and refuses with a remedy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import TypeVar

from raccordo.language import Sentence

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
Parser = Callable[[str], T]

LIST_SEPARATOR = "|"
LARGEST = 2**31 - 1  # what an integer column holds on both databases
YES = frozenset({"si", "sì", "yes", "true", "1"})
NO = frozenset({"no", "false", "0"})
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ITALIAN_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn"})


class WrongCell(ValueError):
    """What a cell holds cannot be read; the sentence says what is wrong and what to write instead."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.text)
        self.sentence = sentence


def text(longest: int = 20_000) -> Parser[str]:
    """Any printable text up to `longest` characters."""

    def parse(cell: str) -> str:
        value = unicodedata.normalize("NFC", cell)
        if len(value) > longest:
            raise WrongCell(
                Sentence(
                    "il testo ha {length} caratteri e ne può avere {longest}: accorciarlo",
                    {"length": len(value), "longest": longest},
                )
            )
        for character in value:
            if character not in "\n\r\t" and unicodedata.category(character) in _UNPRINTABLE:
                raise WrongCell(
                    Sentence(
                        "contiene il carattere non stampabile U+{code}: toglierlo",
                        {"code": f"{ord(character):04X}"},
                    )
                )
        return value

    return parse


def code(pattern: str, example: str, longest: int = 64) -> Parser[str]:
    """A text that matches `pattern` as a whole; the refusal shows `example`."""
    compiled = re.compile(pattern, re.ASCII)

    def parse(cell: str) -> str:
        if compiled.fullmatch(cell) and len(cell) <= longest:
            return cell
        raise WrongCell(
            Sentence(
                "'{cell}' non è un codice valido: scriverlo come {example}",
                {"cell": shown(cell), "example": example},
            )
        )

    return parse


def municipality_code(cell: str) -> str:
    """ISTAT's six digits, as text."""
    if re.fullmatch(r"[0-9]{6}", cell):
        return cell
    if re.fullmatch(r"[0-9]{4,5}", cell):
        raise WrongCell(
            Sentence(
                "al codice ISTAT '{cell}' mancano gli zeri iniziali: scrivere {padded} "
                "(nel foglio di calcolo la colonna va impostata come testo)",
                {"cell": cell, "padded": cell.zfill(6)},
            )
        )
    raise WrongCell(
        Sentence("'{cell}' non è un codice ISTAT: servono sei cifre, come 097042", {"cell": shown(cell)})
    )


def whole(smallest: int = 0, largest: int = LARGEST) -> Parser[int]:
    """A whole number within bounds, without thousands separators."""

    def parse(cell: str) -> int:
        if not _WHOLE.fullmatch(cell):
            raise WrongCell(
                Sentence(
                    "'{cell}' non è un numero intero: scrivere solo cifre, senza punti né spazi",
                    {"cell": shown(cell)},
                )
            )
        return _within(int(cell), smallest, largest)

    return parse


def decimal(smallest: float, largest: float) -> Parser[float]:
    """A number within bounds, with a decimal point."""

    def parse(cell: str) -> float:
        if not _DECIMAL.fullmatch(cell):
            raise WrongCell(
                Sentence(
                    "'{cell}' non è un numero: scriverlo con il punto decimale, come 45.4642",
                    {"cell": shown(cell)},
                )
            )
        return _within(float(cell), smallest, largest)

    return parse


N = TypeVar("N", int, float)


def _within(value: N, smallest: N, largest: N) -> N:
    if smallest <= value <= largest:
        return value
    raise WrongCell(
        Sentence(
            "{value} è fuori dai limiti: deve stare fra {smallest} e {largest}",
            {"value": value, "smallest": smallest, "largest": largest},
        )
    )


def yes_no(cell: str) -> bool:
    """`si` or `no`, in either language."""
    folded = cell.casefold()
    if folded in YES:
        return True
    if folded in NO:
        return False
    raise WrongCell(Sentence("'{cell}' non è né sì né no: scrivere si oppure no", {"cell": shown(cell)}))


def day(cell: str) -> date:
    """A date as 2026-11-22 or as 22/11/2026."""
    try:
        if match := _ISO_DATE.fullmatch(cell):
            year, month, number = (int(part) for part in match.groups())
        elif match := _ITALIAN_DATE.fullmatch(cell):
            number, month, year = (int(part) for part in match.groups())
        else:
            raise ValueError(cell)
        return date(year, month, number)
    except ValueError:
        raise WrongCell(
            Sentence(
                "'{cell}' non è una data: scriverla come 2026-11-22 oppure 22/11/2026", {"cell": shown(cell)}
            )
        ) from None


def choice(kind: type[E]) -> Parser[E]:
    """One member of an enumeration, by its value."""

    def parse(cell: str) -> E:
        try:
            return kind(cell.upper())
        except ValueError:
            raise _not_among(cell, [str(member.value) for member in kind]) from None

    return parse


def listed(parse: Parser[T]) -> Parser[tuple[T, ...]]:
    """Values separated by `|`, in their order; a repeated one is refused."""

    def parse_all(cell: str) -> tuple[T, ...]:
        values = tuple(parse(part) for part in split(cell))
        for position, value in enumerate(values):
            if value in values[:position]:
                raise WrongCell(Sentence("'{value}' è ripetuto: lasciarlo una volta sola", {"value": value}))
        return values

    return parse_all


def words(longest: int = 20_000) -> Parser[str]:
    """A list kept as one text: the parts trimmed, joined again by `|`."""
    check = text(longest)

    def parse(cell: str) -> str:
        return check(LIST_SEPARATOR.join(split(cell)))

    return parse


def split(cell: str) -> list[str]:
    """The parts of a list, trimmed, the empty ones left out."""
    return [part for raw in cell.split(LIST_SEPARATOR) if (part := raw.strip())]


def shown(cell: str) -> str:
    """A cell short enough for a sentence, on one line."""
    line = " ".join(cell.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _not_among(cell: str, values: list[str]) -> WrongCell:
    return WrongCell(
        Sentence(
            "'{cell}' non è fra i valori ammessi: {values}",
            {"cell": shown(cell), "values": ", ".join(values)},
        )
    )
