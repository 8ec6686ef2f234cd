"""What a laboratory writes in an offer, and every reason for which it cannot be taken as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from raccordo import written_text
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.models import OfferKind
from raccordo.need_input import Checking
from raccordo.offer_fields import Field, Shape
from raccordo.offer_kinds import FIELDS, KINDS
from raccordo.whole_numbers import whole

TITLE = 200  # characters
TEXT = 4_000
FARTHEST = 500  # kilometres
LIMITS = {"title": TITLE, "text": TEXT, "title_en": TITLE, "text_en": TEXT}
ACADEMIC_YEAR = re.compile(r"20([0-9]{2})/([0-9]{2})")
# Whoever is interested answers from the page: an address in a text would be harvested, and outlives its owner's role.
MAILBOX = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
TELEPHONE = re.compile(r"(?:\+\d{2}|\btel\.?|\bcell\.?)[\s.:]*\d[\d\s./-]{5,}", re.IGNORECASE)
NOT_YET = Sentence("L’offerta non è ancora pubblicabile: ecco che cosa correggere.")
NO_CONTACT = Sentence(
    "«{found}» sembra un recapito: qui non serve, chi è interessato risponde dalla pagina dell’offerta."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferInput:
    """An offer as typed. `kind` is a name of OfferKind; `details` holds the fields of its kind, all of them text.

    `radius_km` is a whole number or empty, `opens_on` and `closes_on` are dates as YYYY-MM-DD or DD/MM/YYYY.
    """

    kind: str = ""
    title: str = ""
    text: str = ""
    title_en: str = ""
    text_en: str = ""
    themes: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    radius_km: str = ""
    opens_on: str = ""
    closes_on: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedOffer:
    """An offer that may be stored; `details` has only what was filled in."""

    kind: OfferKind
    title: str
    text: str
    title_en: str
    text_en: str
    themes: tuple[str, ...]
    functions: tuple[str, ...]
    radius_km: int | None
    opens_on: date
    closes_on: date | None
    details: Mapping[str, str | int]


def check(catalogue: Catalogue, wanted: OfferInput, on: date) -> CheckedOffer:
    """The input made storable on that day; raises Refused with a sentence for every field that is wrong."""
    checking = _Checking(NOT_YET, written_text.TOO_LONG)
    kind = checking.kind(wanted.kind)
    checked = CheckedOffer(
        kind=kind or OfferKind.THESIS,  # without one the last line refuses
        title=checking.written(
            "title", wanted.title, TITLE, Sentence("Manca il titolo: una riga su che cosa si cerca o si dà.")
        ),
        text=checking.written(
            "text",
            wanted.text,
            TEXT,
            Sentence("Manca il testo: che cosa si cerca o si dà, e per chi è."),
            lines=True,
        ),
        title_en=checking.written("title_en", wanted.title_en, TITLE, None),
        text_en=checking.written("text_en", wanted.text_en, TEXT, None, lines=True),
        themes=checking.keys(
            "themes", wanted.themes, catalogue.themes, Sentence("Il tema «{key}» non esiste.")
        ),
        functions=checking.keys(
            "functions", wanted.functions, catalogue.functions, Sentence("La funzione «{key}» non esiste.")
        ),
        radius_km=checking.whole("radius_km", wanted.radius_km, FARTHEST, None),
        opens_on=checking.day("opens_on", wanted.opens_on) or on,
        closes_on=checking.day("closes_on", wanted.closes_on),
        details=checking.details(catalogue, kind, wanted.details) if kind else {},
    )
    checking.period(checked.opens_on, checked.closes_on, on)
    checking.finish()
    return checked


class _Checking(Checking):
    """Collects what is wrong with an offer."""

    def kind(self, value: str) -> OfferKind | None:
        if value in OfferKind.__members__:
            return OfferKind[value]
        self.refuse("kind", "missing", Sentence("Manca il tipo di offerta: uno dell’elenco."))
        return None

    def written(
        self, name: str, value: str, most: int, missing: Sentence | None, *, lines: bool = False
    ) -> str:
        """A text in which nobody leaves an address of its own."""
        value = self.text(name, value, most, missing) if lines else self.line(name, value, most, missing)
        if found := MAILBOX.search(value[:most]) or TELEPHONE.search(value[:most]):
            self.refuse(name, "contact", Sentence(NO_CONTACT.text, {"found": found.group().strip()[:60]}))
        return value

    def whole(self, name: str, value: str, most: int, missing: Sentence | None) -> int | None:
        if not value.strip():
            if missing:
                self.refuse(name, "missing", missing)
            return None
        found = whole(value, 1, most)
        if found is None:
            self.refuse(name, "out_of_range", Sentence("Un numero intero da 1 a {most}.", {"most": most}))
        return found

    def period(self, opens: date, closes: date | None, on: date) -> None:
        if closes is None:
            return
        if closes < opens:
            self.refuse(
                "closes_on", "before_opening", Sentence("Chiude prima di aprire: va dopo l’apertura.")
            )
        elif closes < on:
            self.refuse(
                "closes_on", "past", Sentence("Questo giorno è già passato: serve uno che deve venire.")
            )

    def details(
        self, catalogue: Catalogue, kind: OfferKind, given: Mapping[str, str]
    ) -> dict[str, str | int]:
        """The fields of the kind, and a refusal for those of another one."""
        of_kind = {one.name: one for one in KINDS[kind].fields}
        for name, value in given.items():
            if value.strip() and name not in of_kind and name in FIELDS:
                sentence = Sentence("Questo campo è di un altro tipo di offerta: qui va lasciato vuoto.")
                self.refuse(name, "of_another_kind", sentence)
        found = {name: self._detail(catalogue, one, given.get(name, "")) for name, one in of_kind.items()}
        if kind is OfferKind.INTERNSHIP:
            self._payer(found)
        if kind is OfferKind.COURSE_SLOT:
            self._academic_year(str(found["academic_year"] or ""))
        return {name: value for name, value in found.items() if value not in ("", None)}

    def _detail(self, catalogue: Catalogue, one: Field, value: str) -> str | int | None:
        if one.shape is Shape.WHOLE:
            return self.whole(one.name, value, one.most, one.missing)
        if one.shape is Shape.DAY:
            found = self.day(one.name, value)
            return found.isoformat() if found else None
        if one.shape in (Shape.LINE, Shape.TEXT):
            return self.written(one.name, value, one.most, one.missing, lines=one.shape is Shape.TEXT)
        choices = catalogue.schools if one.shape is Shape.SCHOOL else one.choices
        if value.strip() in choices:
            return value.strip()
        self.refuse(one.name, "missing", one.missing or Sentence("Qui serve una scelta dell’elenco."))
        return None

    def _payer(self, found: Mapping[str, str | int | None]) -> None:
        paid = found["funding"] in ("EXPENSES", "PAID")
        if paid and not found["paid_by"]:
            self.refuse("paid_by", "missing", Sentence("Manca chi paga il rimborso o il compenso."))
        if found["funding"] == "NONE" and found["paid_by"]:
            sentence = Sentence(
                "Senza compenso nessuno paga: il campo va lasciato vuoto, o cambiato il compenso."
            )
            self.refuse("paid_by", "contradicts", sentence)

    def _academic_year(self, value: str) -> None:
        if not value:
            return
        year = ACADEMIC_YEAR.fullmatch(value)
        if year is None or (int(year[1]) + 1) % 100 != int(year[2]):
            self.refuse(
                "academic_year", "wrong_shape", Sentence("Un anno accademico si scrive come 2026/27.")
            )
