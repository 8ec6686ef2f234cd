"""What a person writes about a need, and every reason for which it cannot be taken as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.models import BodyKind, Intent
from raccordo.published import Axis
from raccordo.refusals import FieldRefusal, Refused
from raccordo.written_text import problems, tidied
from raccordo_graph.amounts import LARGEST, amounts

TITLE = 200  # characters
DESCRIPTION = 40_000
FUNDING = 300
CHOICES = 5  # functions or themes that one need may carry
LAST_YEAR = 2100
AMOUNT = 40
SUMMARY = 600
REJECTED = 20  # suggestions of the text that somebody may set aside
REJECTABLE = re.compile(r"(?:theme|function|intent|place|amount|period):[\w./-]{1,64}")
EXTERNAL_ID = 64
EXTERNAL_IDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]*")
NOT_YET = Sentence("Il bisogno non è ancora pubblicabile: ecco che cosa correggere.")
TOO_LONG = Sentence("Sono {count} caratteri: il massimo è {most}. Il resto può diventare un secondo bisogno.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedInput:
    """A need as typed: only title and description are required, all else may be inferred.

    `functions` are legal letters, `themes` slugs, `axes` names of Axis, `deadline` a date as YYYY-MM-DD
    or DD/MM/YYYY and so is `starts`, `intent` a name of Intent, `amount` euro, `sites` ISTAT codes or slugs of mountain
    communities. `rejected` are suggestions that the writer does not mean, as kind and key ("theme:strade-ponti").
    """

    title: str = ""
    description: str = ""
    functions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    axes: tuple[str, ...] = ()
    funding: str = ""
    deadline: str = ""
    intent: str = ""
    amount: str = ""
    starts: str = ""
    sites: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    summary_en: str = ""


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
    intent: str = ""
    amount: int | None = None
    starts: date | None = None
    sites: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    summary_en: str = ""


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
        **_understood(checking, catalogue, wanted),
    )
    checking.order(checked.starts, checked.deadline)
    checking.finish()
    return checked


def as_written(checked: CheckedNeed) -> NeedInput:
    """A checked need as its writer finds it again in the form."""
    return NeedInput(
        title=checked.title,
        description=checked.description,
        functions=checked.functions,
        themes=checked.themes,
        axes=tuple(axis.value for axis in Axis if axis in checked.axes),
        funding=checked.funding,
        deadline=checked.deadline.isoformat() if checked.deadline else "",
        intent=checked.intent,
        amount=str(checked.amount or ""),
        starts=checked.starts.isoformat() if checked.starts else "",
        sites=checked.sites,
        rejected=checked.rejected,
        summary_en=checked.summary_en,
    )


def _understood(checking: Checking, catalogue: Catalogue, wanted: NeedInput) -> dict[str, Any]:
    """What a text says beside its subject, as a person confirmed it."""
    known = {**catalogue.municipalities, **catalogue.mountain_communities}
    towns = {
        key: catalogue.body(BodyKind.MUNICIPALITY, key) for key in wanted.sites
    }  # one may have merged since
    sites = tuple(town.code if (town := towns[key]) else key for key in wanted.sites)
    intents = {"": "", **Intent.__members__}
    return {
        "intent": checking.one(
            "intent", wanted.intent, intents, Sentence("Questo tipo di iniziativa non esiste.")
        ),
        "amount": checking.amount("amount", wanted.amount),
        "starts": checking.day("starts", wanted.starts),
        "sites": checking.keys("sites", sites, known, Sentence("Il luogo «{key}» non è nel registro.")),
        "rejected": checking.rejected("rejected", wanted.rejected, catalogue),
        "summary_en": checking.text("summary_en", wanted.summary_en, SUMMARY, None),
    }


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

    def one(self, field: str, value: str, known: Mapping[str, object], unknown: Sentence) -> str:
        if value not in known:
            self.refuse(field, "unknown", unknown)
        return value if value in known else ""

    def amount(self, field: str, value: str) -> int | None:
        """Euro, written as people do; the currency may be left out."""
        value = value.strip()
        if not value:
            return None
        found = () if len(value) > AMOUNT else amounts(value) or amounts(f"{value} euro")
        if len(found) != 1 or found[0].start > 0 or found[0].end < len(value):
            told = {"value": value[:AMOUNT], "most": f"{LARGEST:,}".replace(",", ".")}
            sentence = Sentence(
                "«{value}» non è un importo: euro interi fino a {most}, per esempio 15.000.", told
            )
            self.refuse(field, "not_an_amount", sentence)
            return None
        return found[0].euros

    def rejected(self, field: str, values: Iterable[str], catalogue: Catalogue) -> tuple[str, ...]:
        """Those that change what the text is taken to be about; the others only spare the writer a question."""
        chosen = tuple(dict.fromkeys(value for value in values if value))
        if len(chosen) > REJECTED or not all(REJECTABLE.fullmatch(value) for value in chosen):
            self.refuse(
                field, "unknown", Sentence("Questo suggerimento non esiste: va ricaricata la pagina.")
            )
            return ()
        known = {f"theme:{slug}" for slug in catalogue.themes} | {
            f"function:{one}" for one in catalogue.functions
        }
        return tuple(value for value in chosen if value in known)

    def order(self, starts: date | None, deadline: date | None) -> None:
        if starts and deadline and starts > deadline:
            self.refuse("starts", "after_the_end", Sentence("L’inizio viene dopo la scadenza."))

    def day(self, field: str, value: str) -> date | None:
        value = value.strip()
        if not value:
            return None
        try:
            day, month, year = (int(part) for part in value.split("/"))
            found = date(year, month, day)
        except (ValueError, OverflowError):
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
