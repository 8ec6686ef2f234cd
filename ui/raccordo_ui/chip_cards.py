"""What a text says, made ready for the page: chips in groups, each with its name in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from raccordo.catalogue import Catalogue
from raccordo.chips import OPEN, Chip, ChipKind, name_of_place
from raccordo.initiatives import words_of
from raccordo.language import Sentence
from raccordo.models import Intent
from raccordo_ui.formats import day, local, number, quoted

WORDS = 3  # of the text, shown beside a proposal
GROUPS = {
    ChipKind.FUNCTION: Sentence("Funzione"),
    ChipKind.THEME: Sentence("Tema"),
    ChipKind.INTENT: Sentence("Che cosa si cerca"),
    ChipKind.PLACE: Sentence("Dove"),
    ChipKind.PERIOD: Sentence("Quando"),
    ChipKind.AMOUNT: Sentence("Importo"),
    ChipKind.REFUSED: Sentence("Non si vuole"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipCard:
    """A chip by name; `value` is what its buttons send, empty where there is nothing to decide."""

    label: str
    words: str
    value: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipGroup:
    """The chips of one kind."""

    label: str
    chips: tuple[ChipCard, ...]


def chip_groups(picture: Catalogue, chips: Iterable[Chip], language: str) -> tuple[ChipGroup, ...]:
    """The chips kind by kind, in the order of GROUPS; a key that nobody knows any more is left out."""
    cards: dict[ChipKind, list[ChipCard]] = {kind: [] for kind in GROUPS}
    for chip in chips:
        label = label_of(picture, chip, language)
        if label:
            words = ", ".join(quoted(word, language) for word in chip.words[:WORDS])
            value = "" if chip.kind is ChipKind.REFUSED else chip.value
            cards[chip.kind].append(ChipCard(label=label, words=words, value=value, chosen=chip.chosen))
    return tuple(
        ChipGroup(label=GROUPS[kind].say(language), chips=tuple(found))
        for kind, found in cards.items()
        if found
    )


def label_of(picture: Catalogue, chip: Chip, language: str) -> str:
    """What a chip says in the reader's language."""
    if chip.kind is ChipKind.FUNCTION:
        return local(picture.functions[chip.key], "short", language) if chip.key in picture.functions else ""
    if chip.kind is ChipKind.THEME:
        return local(picture.themes[chip.key], "label", language) if chip.key in picture.themes else ""
    if chip.kind is ChipKind.INTENT:
        return words_of(chip.key).say(language) if chip.key in Intent.__members__ else ""
    if chip.kind is ChipKind.PLACE:
        return name_of_place(picture, chip.key)
    if chip.kind is ChipKind.AMOUNT:
        return euros(int(chip.key), language)
    if chip.kind is ChipKind.PERIOD:
        first, _, last = chip.key.partition("/")
        return period(_day(first), _day(last), language)
    return quoted(chip.words[0], language)


def euros(amount: int, language: str) -> str:
    return Sentence("{amount} euro", {"amount": number(amount, language)}).say(language)


def period(first: date | None, last: date | None, language: str) -> str:
    """From one day to another, or from or by one; empty without either."""
    told = {"first": day(first, language) if first else "", "last": day(last, language) if last else ""}
    if first and last:
        return Sentence("dal {first} al {last}", told).say(language)
    if first:
        return Sentence("dal {first}", told).say(language)
    return Sentence("entro il {last}", told).say(language) if last else ""


def _day(text: str) -> date | None:
    return None if text in ("", OPEN) else date.fromisoformat(text)
