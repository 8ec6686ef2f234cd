"""What a text says beside its words, as chips: proposed while one writes, confirmed or set aside in one click.

A chip is a kind and a key ("theme:strade-ponti"). Nothing is stored: the form carries what was confirmed (its own fields)
and what was set aside (`rejected`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from weakref import WeakKeyDictionary

from raccordo.catalogue import Catalogue
from raccordo.catalogue_needs import site
from raccordo.need_input import AMOUNT, CHOICES, REJECTED, NeedInput
from raccordo.published import TerritorialBody
from raccordo_graph import Understanding
from raccordo_graph.amounts import amounts
from raccordo_graph.dates import Period, periods
from raccordo_graph.index import Index
from raccordo_graph.intents import intents
from raccordo_graph.negation import refusals
from raccordo_graph.places import Gazetteer, places
from raccordo_graph.summaries import Recognised, summary
from raccordo_graph.understanding import Topic

MOST = 3  # proposals of one kind
LEAST_WEIGHT = 0.1  # of a theme or function that is worth a question
OPEN = ".."  # an end of a period that is not told
READ = 40_000  # characters


class ChipKind(StrEnum):
    THEME = "theme"
    FUNCTION = "function"
    INTENT = "intent"
    PLACE = "place"
    AMOUNT = "amount"
    PERIOD = "period"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """Something that a text says, with the words that say it; `chosen` once a person confirmed it.

    Keys are a theme's slug, a function's letter, a name of Intent, an ISTAT code or a mountain community's slug, whole
    euros, two days parted by `/` (`..` where there is none), and the refused words themselves, which only inform.
    """

    kind: ChipKind
    key: str
    words: tuple[str, ...]
    chosen: bool

    @property
    def value(self) -> str:
        return f"{self.kind}:{self.key}"


_gazetteers: WeakKeyDictionary[Index, Gazetteer] = WeakKeyDictionary()


def chips(catalogue: Catalogue, written: NeedInput, found: Understanding, today: date) -> tuple[Chip, ...]:
    """What `written` says: what was confirmed first, then what its text proposes, kind by kind."""
    text = f"{written.title}\n{written.description}"[:READ]
    proposed = (
        *_topics(ChipKind.FUNCTION, found.functions, written.functions),
        *_topics(ChipKind.THEME, found.themes, written.themes),
        *_intents(text, written),
        *_places(catalogue, text, written),
        *_amounts(text, written),
        *_periods(text, written, today),
        *(
            Chip(kind=ChipKind.REFUSED, key="", words=(one.written,), chosen=False)
            for one in refusals(text)[:MOST]
        ),
    )
    return tuple(one for one in proposed if one.chosen or one.value not in written.rejected)


def pressed(written: NeedInput, chip: str) -> NeedInput:
    """The form after a click: `+theme:x` confirms, `-theme:x` takes back or sets aside, `=theme:x` asks again.

    Anything else changes nothing.
    """
    act, value = chip[:1], chip[1:]
    kind, _, key = value.partition(":")
    if kind not in {one.value for one in ChipKind} or not key or act not in ("+", "-", "="):
        return written
    rest = tuple(one for one in written.rejected if one != value)
    if act == "-":
        return replace(_taken_back(written, ChipKind(kind), key), rejected=(*rest, value)[-REJECTED:])
    asked = replace(written, rejected=rest)
    return _confirmed(asked, ChipKind(kind), key) if act == "+" else asked


def english_summary(
    catalogue: Catalogue, owner: TerritorialBody | None, written: NeedInput, found: Understanding
) -> str:
    """A summary of what was recognised and confirmed, for its writer to confirm; made from labels, not translated."""
    concepts = {one.slug: one for one in catalogue.lexicon.concepts}
    named = [concepts[topic.key].label_en for topic in found.concepts if topic.key in concepts]
    themes = [topic.key for topic in found.themes if topic.key in catalogue.themes]
    return summary(
        Recognised(
            who=owner.name if owner else "",
            inhabitants=owner.population if owner else 0,
            intent=written.intent,
            concepts=tuple(named),
            themes=tuple(catalogue.themes[slug].label_en for slug in themes),
            functions=tuple(catalogue.functions[one.key].short_en for one in found.functions),
            places=tuple(name_of_place(catalogue, key) for key in written.sites),
            first=day_of(written.starts),
            last=day_of(written.deadline),
            euros=next((one.euros for one in amounts(f"{written.amount[:AMOUNT]} euro")), None)
            if written.amount
            else None,
        )
    )


def name_of_place(catalogue: Catalogue, key: str) -> str:
    """The name of a municipality or mountain community; its key when it is gone."""
    place = site(catalogue, key)
    return place.name if place else key


def _topics(kind: ChipKind, topics: Iterable[Topic], chosen: tuple[str, ...]) -> Iterator[Chip]:
    told = {topic.key: topic for topic in topics}
    for key in chosen:
        yield Chip(kind=kind, key=key, words=told[key].words if key in told else (), chosen=True)
    if len(chosen) < CHOICES:
        likely = [one for one in told.values() if one.key not in chosen and one.weight >= LEAST_WEIGHT]
        for topic in likely[: max(1, MOST - len(chosen))]:
            yield Chip(kind=kind, key=topic.key, words=topic.words, chosen=False)


def _intents(text: str, written: NeedInput) -> Iterator[Chip]:
    found = intents(text)
    if written.intent:
        words = tuple(one.written for one in found if one.kind == written.intent)
        yield Chip(kind=ChipKind.INTENT, key=written.intent, words=words, chosen=True)
        return
    for one in found[:MOST]:
        yield Chip(kind=ChipKind.INTENT, key=one.kind, words=(one.written,), chosen=False)


def _places(catalogue: Catalogue, text: str, written: NeedInput) -> Iterator[Chip]:
    for key in written.sites:
        yield Chip(kind=ChipKind.PLACE, key=key, words=(), chosen=True)
    found = {one.key: one.written for one in places(_gazetteer(catalogue), text)}
    for key, said in [one for one in found.items() if one[0] not in written.sites][: MOST * 2]:
        yield Chip(kind=ChipKind.PLACE, key=key, words=(said,), chosen=False)


def _amounts(text: str, written: NeedInput) -> Iterator[Chip]:
    if written.amount.strip():
        typed = written.amount[:AMOUNT]
        known = amounts(typed) or amounts(f"{typed} euro")
        if known:
            yield Chip(kind=ChipKind.AMOUNT, key=str(known[0].euros), words=(), chosen=True)
        return
    found = {str(one.euros): one.written for one in reversed(amounts(text))}
    for key in list(reversed(found))[:MOST]:
        yield Chip(kind=ChipKind.AMOUNT, key=key, words=(found[key],), chosen=False)


def _periods(text: str, written: NeedInput, today: date) -> Iterator[Chip]:
    first, last = day_of(written.starts), day_of(written.deadline)
    if first or last:
        yield Chip(kind=ChipKind.PERIOD, key=_period_key(first, last), words=(), chosen=True)
        return
    found = {_key_of(one): one.written for one in reversed(periods(text, today))}
    for key in list(reversed(found))[:MOST]:
        yield Chip(kind=ChipKind.PERIOD, key=key, words=(found[key],), chosen=False)


def _key_of(period: Period) -> str:
    first = None if period.first == period.last else period.first
    return _period_key(first, period.last)


def _period_key(first: date | None, last: date | None) -> str:
    return f"{first.isoformat() if first else OPEN}/{last.isoformat() if last else OPEN}"


def _confirmed(written: NeedInput, kind: ChipKind, key: str) -> NeedInput:
    if kind is ChipKind.THEME:
        return replace(written, themes=_with(written.themes, key))
    if kind is ChipKind.FUNCTION:
        return replace(written, functions=_with(written.functions, key))
    if kind is ChipKind.PLACE:
        return replace(written, sites=_with(written.sites, key))
    if kind is ChipKind.INTENT:
        return replace(written, intent=key)
    if kind is ChipKind.AMOUNT:
        return replace(written, amount=key)
    if kind is ChipKind.PERIOD:
        first, _, last = key.partition("/")
        return replace(written, starts="" if first == OPEN else first, deadline="" if last == OPEN else last)
    return written


def _taken_back(written: NeedInput, kind: ChipKind, key: str) -> NeedInput:
    if kind is ChipKind.THEME:
        return replace(written, themes=tuple(one for one in written.themes if one != key))
    if kind is ChipKind.FUNCTION:
        return replace(written, functions=tuple(one for one in written.functions if one != key))
    if kind is ChipKind.PLACE:
        return replace(written, sites=tuple(one for one in written.sites if one != key))
    if kind is ChipKind.INTENT:
        return replace(written, intent="" if written.intent == key else written.intent)
    if kind is ChipKind.AMOUNT:
        return replace(written, amount="")
    return replace(written, starts="", deadline="") if kind is ChipKind.PERIOD else written


def _with(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    return keys if key in keys else (*keys, key)


def _gazetteer(catalogue: Catalogue) -> Gazetteer:
    """The names of the registry, read once for each picture: today's, and those that merged away."""
    if catalogue.index not in _gazetteers:
        towns = [(town.name, town.istat_code) for town in catalogue.municipalities.values()]
        known = {name for name, _ in towns}
        towns += [
            (one.predecessor, one.successor)
            for one in catalogue.successions.values()
            if one.predecessor not in known and one.successor in catalogue.municipalities
        ]
        hills = [(one.name, one.slug) for one in catalogue.mountain_communities.values()]
        _gazetteers[catalogue.index] = Gazetteer.of(towns, hills)
    return _gazetteers[catalogue.index]


def day_of(text: str) -> date | None:
    """A day as the form writes it; None for what is none, which publishing refuses."""
    try:
        day, month, year = (int(part) for part in text.strip().split("/"))
        return date(year, month, day)
    except (ValueError, OverflowError):
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            return None
