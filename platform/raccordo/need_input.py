"""What a person writes about a need, and every reason for which it cannot be taken as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.published import Axis
from raccordo.refusals import FieldRefusal, Refused
from raccordo.written_text import problems, tidied

TITLE = 200  # characters
DESCRIPTION = 40_000
FUNDING = 300
CHOICES = 5  # functions or themes that one need may carry
LAST_YEAR = 2100
EXTERNAL_ID = 64
EXTERNAL_IDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]*")
NOT_YET = Sentence("Il bisogno non è ancora pubblicabile: ecco che cosa correggere.")
TOO_LONG = Sentence("Sono {count} caratteri: il massimo è {most}. Il resto può diventare un secondo bisogno.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedInput:
    """A need as typed: only title and description are required, all else may be inferred.

    `functions` are legal letters, `themes` slugs, `axes` names of Axis, `deadline` a date as YYYY-MM-DD
    or DD/MM/YYYY.
    """

    title: str = ""
    description: str = ""
    functions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    axes: tuple[str, ...] = ()
    funding: str = ""
    deadline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedNeed:
    """A need that may be stored."""

    title: str
    description: str
    functions: tuple[str, ...]
    themes: tuple[str, ...]
    axes: tuple[Axis, ...]
    funding: str
    deadline: date | None


def check(catalogue: Catalogue, wanted: NeedInput, external_id: str = "") -> CheckedNeed:
    """The input made storable; raises Refused with a sentence for every field that is wrong."""
    checking = Checking(NOT_YET, TOO_LONG)
    checking.external_id(external_id.strip())
    checked = CheckedNeed(
        title=checking.line(
            "title", wanted.title, TITLE, Sentence("Manca il titolo: una riga su che cosa serve.")
        ),
        description=checking.text(
            "description",
            wanted.description,
            DESCRIPTION,
            Sentence("Manca la descrizione: che cosa succede, dove, che cosa si è già provato."),
        ),
        functions=checking.keys(
            "functions", wanted.functions, catalogue.functions, Sentence("La funzione «{key}» non esiste.")
        ),
        themes=checking.keys(
            "themes", wanted.themes, catalogue.themes, Sentence("Il tema «{key}» non esiste.")
        ),
        axes=tuple(
            Axis(axis)
            for axis in checking.keys(
                "axes",
                wanted.axes,
                Axis.__members__,
                Sentence("L’asse «{key}» non esiste: ambientale, sociale o economico."),
            )
        ),
        funding=checking.line("funding", wanted.funding, FUNDING, None),
        deadline=checking.day("deadline", wanted.deadline),
    )
    checking.finish()
    return checked


class Checking:
    """Collects what is wrong, so that a person reads every problem at once."""

    def __init__(self, not_yet: Sentence, too_long: Sentence) -> None:
        self.not_yet, self.too_long = (
            not_yet,
            too_long,
        )  # what the whole refusal says, and that of a long text
        self.problems: list[FieldRefusal] = []

    def finish(self) -> None:
        if self.problems:
            raise Refused("invalid", self.not_yet, self.problems)

    def refuse(self, field: str, code: str, sentence: Sentence) -> None:
        self.problems.append(FieldRefusal(field, code, sentence))

    def external_id(self, key: str) -> None:
        if key and (len(key) > EXTERNAL_ID or not EXTERNAL_IDS.fullmatch(key)):
            sentence = Sentence(
                "Al massimo {most} lettere senza accenti, cifre e . _ : / - ; comincia con una lettera o una cifra.",
                {"most": EXTERNAL_ID},
            )
            self.refuse("external_id", "wrong_shape", sentence)

    def line(self, field: str, value: str, most: int, missing: Sentence | None) -> str:
        """A text of one line: white space is folded."""
        return self.text(field, " ".join(value.split()), most, missing)

    def text(self, field: str, value: str, most: int, missing: Sentence | None) -> str:
        value = tidied(value)
        self.problems.extend(problems(field, value, most, missing, self.too_long))
        return value

    def keys(
        self, field: str, values: Iterable[str], known: Mapping[str, object], unknown: Sentence
    ) -> tuple[str, ...]:
        chosen = tuple(dict.fromkeys(value for value in values if value))
        for value in chosen:
            if value not in known:
                self.refuse(field, "unknown", Sentence(unknown.text, {"key": value[:40]}))
        if len(chosen) > CHOICES:
            self.refuse(
                field,
                "too_many",
                Sentence("Al massimo {most}: contano quelle principali.", {"most": CHOICES}),
            )
        return tuple(value for value in chosen if value in known)

    def day(self, field: str, value: str) -> date | None:
        value = value.strip()
        if not value:
            return None
        try:
            day, month, year = (int(part) for part in value.split("/"))
            found = date(year, month, day)
        except ValueError:
            try:
                found = date.fromisoformat(value)
            except ValueError:
                found = None
        if found is None or not 2000 <= found.year <= LAST_YEAR:
            self.refuse(
                field,
                "not_a_date",
                Sentence(
                    "«{value}» non è una data: giorno, mese e anno, per esempio 31/12/2026.",
                    {"value": value[:40]},
                ),
            )
        return found
