"""Finding a municipality: by code at a date, by a name typed without accents, by its neighbours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.published import Municipality, Succession
from raccordo.refusals import NotFound, refused

LONGEST_SEARCH = 200  # characters
CLOSE_ENOUGH = 0.72  # similarity of two names under which a typing mistake is no longer plausible


class MunicipalityOrder(StrEnum):
    NAME = "NAME"
    POPULATION = "POPULATION"
    OVER_65 = "OVER_65"
    AREA = "AREA"
    NEEDS = "NEEDS"


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityFilter:
    """What a list of municipalities is narrowed to; None means no condition."""

    text: str = ""
    province: str | None = None
    mountain_community: str | None = None
    population_from: int | None = None
    population_to: int | None = None
    order: MunicipalityOrder = MunicipalityOrder.NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What a code meant at a date: its name then, and the municipality that continues it today.

    `ended` is the succession that took the code or the name away, if one did.
    """

    istat_code: str
    name: str
    today: Municipality
    ended: Succession | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    municipality: Municipality
    metres: int


def find(catalogue: Catalogue, istat_code: str) -> Municipality:
    """The municipality with that code, or the one that continues it; raises NotFound."""
    code = istat_code.strip()
    for _ in range(len(catalogue.successions) + 1):
        if code in catalogue.municipalities:
            return catalogue.municipalities[code]
        if code not in catalogue.successions:
            break
        code = catalogue.successions[code].successor
    raise NotFound(
        "unknown_municipality",
        Sentence(
            "Nessun comune lombardo ha il codice ISTAT «{code}»: sono sei cifre, per esempio 097042 per Lecco.",
            {"code": istat_code[:20]},
        ),
    )


def former_codes(catalogue: Catalogue, istat_code: str) -> tuple[str, ...]:
    """A municipality's code, and those of all that it continues."""
    ended = (code for code in catalogue.successions if code not in catalogue.municipalities)
    return (istat_code, *(code for code in ended if find(catalogue, code).istat_code == istat_code))


def registration(catalogue: Catalogue, istat_code: str, on: date) -> Registration:
    """What the code meant on that day; raises NotFound for a code that did not exist yet or no longer."""
    today = find(catalogue, istat_code)
    ended = catalogue.successions.get(istat_code)
    began = _began(catalogue, istat_code)
    renamed = ended is not None and ended.successor == istat_code
    if (ended and on >= ended.on and not renamed) or (began and on < began):
        raise NotFound(
            "code_not_valid_then",
            Sentence(
                "Il codice {code} non era in uso il {on}: oggi il territorio è {today} ({today_code}).",
                {
                    "code": istat_code,
                    "on": on.isoformat(),
                    "today": today.name,
                    "today_code": today.istat_code,
                },
            ),
        )
    old_name = ended is not None and on < ended.on
    return Registration(
        istat_code=istat_code,
        name=ended.predecessor if ended and old_name else today.name,
        today=today,
        ended=ended,
    )


def _began(catalogue: Catalogue, istat_code: str) -> date | None:
    """The day on which a code that a merger created came into use; None for the old ones."""
    parents = [row for row in catalogue.successions.values() if row.successor == istat_code]
    if not parents or any(row.predecessor_istat == istat_code for row in parents):
        return None
    # A code that merely absorbed a neighbour existed before: only a wholly new one has two parents or more.
    return min(row.on for row in parents) if len(parents) > 1 else None


def predecessors(catalogue: Catalogue, municipality: Municipality) -> tuple[Succession, ...]:
    """The codes and names that the municipality continues, oldest first."""
    return tuple(
        sorted(
            (row for row in catalogue.successions.values() if row.successor == municipality.istat_code),
            key=lambda row: (row.on, row.predecessor_istat),
        )
    )


def neighbours(catalogue: Catalogue, municipality: Municipality) -> tuple[Neighbour, ...]:
    """The municipalities with a common border, longest border first."""
    return tuple(
        Neighbour(municipality=catalogue.municipalities[border.neighbour], metres=border.metres)
        for border in catalogue.borders.get(municipality.istat_code, ())
    )


def select(catalogue: Catalogue, wanted: MunicipalityFilter) -> tuple[Municipality, ...]:
    """The municipalities that satisfy the filter, in its order; raises Refused for an unknown province."""
    _known(catalogue, wanted)
    searched(wanted.text)
    found: Iterable[Municipality] = (
        search(catalogue, wanted.text, limit=None)
        if wanted.text.strip()
        else catalogue.municipalities.values()
    )
    return tuple(
        sorted((town for town in found if _fits(town, wanted)), key=sort_key(catalogue, wanted.order))
    )


def _known(catalogue: Catalogue, wanted: MunicipalityFilter) -> None:
    if wanted.province is not None and wanted.province not in catalogue.provinces:
        raise refused(
            "province",
            "unknown",
            Sentence(
                "Nessuna provincia ha il codice «{code}»: sono tre cifre, per esempio 097 per Lecco.",
                {"code": wanted.province[:20]},
            ),
        )
    if (
        wanted.mountain_community is not None
        and wanted.mountain_community not in catalogue.mountain_communities
    ):
        raise refused(
            "mountain_community",
            "unknown",
            Sentence(
                "Nessuna comunità montana si chiama «{slug}».", {"slug": wanted.mountain_community[:80]}
            ),
        )


def _fits(town: Municipality, wanted: MunicipalityFilter) -> bool:
    return (
        wanted.province in (None, town.province)
        and wanted.mountain_community in (None, town.mountain_community)
        and (wanted.population_from is None or town.population >= wanted.population_from)
        and (wanted.population_to is None or town.population <= wanted.population_to)
    )


def sort_key(catalogue: Catalogue, order: MunicipalityOrder):  # type: ignore[no-untyped-def]  # keys of several shapes
    if order is MunicipalityOrder.POPULATION:
        return lambda town: (-town.population, town.istat_code)
    if order is MunicipalityOrder.OVER_65:
        return lambda town: (-town.share_over_65, town.istat_code)
    if order is MunicipalityOrder.AREA:
        return lambda town: (-town.area_km2, town.istat_code)
    if order is MunicipalityOrder.NEEDS:
        counts: dict[str, int] = {}
        for need in catalogue.needs.values():
            counts[need.owner_code] = counts.get(need.owner_code, 0) + 1
        return lambda town: (-counts.get(town.istat_code, 0), folded(town.name), town.istat_code)
    return lambda town: (folded(town.name), town.istat_code)


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Lower case, without accents, apostrophes and hyphens: "Cantù" and "cantu'" become equal."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain.casefold()).split())


def searched(text: str) -> list[str]:
    """The words to look for; raises Refused when they are too many to mean anything."""
    if len(text) > LONGEST_SEARCH:
        raise refused(
            "text",
            "too_long",
            Sentence(
                "Per cercare bastano poche parole: al massimo {most} caratteri.", {"most": LONGEST_SEARCH}
            ),
        )
    return folded(text).split()


def search(catalogue: Catalogue, text: str, limit: int | None = 20) -> tuple[Municipality, ...]:
    """Municipalities whose name resembles `text`, best first: exact, beginning, a word, typing mistakes.

    A code (ISTAT or cadastral) finds its municipality; former names find what continues them.
    """
    asked = folded(text[:100])
    if not asked:
        return ()
    scored = [(resemblance(asked, name), town) for name, town in _names(catalogue)]
    best: dict[str, tuple[float, Municipality]] = {}
    for score, town in scored:
        if score > best.get(town.istat_code, (0.0, town))[0]:
            best[town.istat_code] = (score, town)
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], -pair[1].population, pair[1].istat_code))
    if ranked and ranked[0][0] >= 2:  # real beginnings make guesses at typing mistakes superfluous
        ranked = [pair for pair in ranked if pair[0] >= 2]
    return tuple(town for _, town in ranked[:limit])


def _names(catalogue: Catalogue) -> Iterable[tuple[str, Municipality]]:
    for town in catalogue.municipalities.values():
        yield folded(town.name), town
        yield town.istat_code, town
        yield town.cadastral_code.casefold(), town
    for row in catalogue.successions.values():
        yield folded(row.predecessor), find(catalogue, row.successor)
        yield row.predecessor_istat, find(catalogue, row.successor)


def resemblance(asked: str, name: str) -> float:
    """5 exact, 4 the beginning, 3 the beginning of a word, 2 inside, below 1 a typing mistake, 0 nothing."""
    if name == asked:
        return 5
    if name.startswith(asked):
        return 4
    if f" {asked}" in f" {name}":
        return 3
    if len(asked) > 2 and asked in name:
        return 2
    if len(asked) < 4 or name[0] != asked[0] or abs(len(name) - len(asked)) > 4:
        return 0
    similarity = SequenceMatcher(None, asked, name).ratio()
    return similarity if similarity >= CLOSE_ENOUGH else 0
