"""A plan as one reads it: lines and loads by name, floors in words, and one scenario beside another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from raccordo.assignment_groups import name_of
from raccordo.assignments import StoredPlan
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A need with a laboratory; names are empty where the thing is not published any more."""

    need: int
    need_title: str
    owner: str
    example: bool
    laboratory: str
    laboratory_name: str
    score: float
    by_hand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many needs a laboratory gets, of how many it may; `assumed` when nobody knows its places."""

    laboratory: str
    name: str
    needs: int
    least: int
    most: int
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorKept:
    """A group, its needs, how many were to be served well, how many are; None without a plan."""

    key: str
    name: Sentence
    size: int
    asked: int
    served: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a need has in one scenario only, and in the other only: names of laboratories."""

    need: int
    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def lines_of(picture: Catalogue, stored: StoredPlan) -> list[PlanLine]:
    """The lines of a plan, by need and laboratory; none without a plan."""
    if not stored.feasible or stored.result is None:
        return []
    return [_line(picture, line) for line in stored.result["plan"]["lines"]]


def _line(picture: Catalogue, line: Mapping[str, Any]) -> PlanLine:
    need = picture.needs.get(line["need"])
    return PlanLine(
        need=line["need"],
        need_title=need.title if need else "",
        owner=picture.owner(need).name if need else "",
        example=need.example if need else False,
        laboratory=line["laboratory"],
        laboratory_name=_name(picture, line["laboratory"]),
        score=line["score"],
        by_hand=line["by_hand"],
    )


def loads_of(picture: Catalogue, stored: StoredPlan) -> list[Load]:
    """Every laboratory that gets a need or should, the fullest first."""
    if stored.result is None:
        return []
    counts = Counter(line.laboratory for line in lines_of(picture, stored))
    assumed = stored.scenario.quotas.keys()
    found = [
        Load(
            laboratory=slug,
            name=_name(picture, slug),
            needs=counts[slug],
            least=least,
            most=most,
            assumed=slug not in assumed
            and slug in picture.laboratories
            and picture.laboratories[slug].free_places is None,
        )
        for slug, least, most in stored.result["laboratories"]
        if counts[slug] or least
    ]
    return sorted(found, key=lambda load: (-load.needs, load.most, load.name))


def floors_of(picture: Catalogue, stored: StoredPlan) -> list[FloorKept]:
    """The floors that a scenario asks for."""
    rows = stored.result["floors"] if stored.result else []
    return [
        FloorKept(key=key, name=name_of(picture, key), size=size, asked=asked, served=served)
        for key, size, asked, served in rows
    ]


def unserved_of(picture: Catalogue, stored: StoredPlan) -> list[tuple[int, str]]:
    """The needs that want a laboratory and get none, by number and title."""
    served = {line.need for line in lines_of(picture, stored)}
    rows = stored.result["needs"] if stored.result and stored.feasible else []
    wanting = [need for need, _, most in rows if most and need not in served]
    return [(number, picture.needs[number].title if number in picture.needs else "") for number in wanting]


def differences(picture: Catalogue, one: StoredPlan, other: StoredPlan) -> list[Difference]:
    """Every need whose laboratories differ between two plans, by number."""
    before, after = _by_need(picture, one), _by_need(picture, other)
    found = []
    for number in sorted(before.keys() | after.keys()):
        was, is_now = before.get(number, {}), after.get(number, {})
        if was.keys() != is_now.keys():
            need = picture.needs.get(number)
            found.append(
                Difference(
                    need=number,
                    title=need.title if need else "",
                    before=tuple(name for slug, name in was.items() if slug not in is_now),
                    after=tuple(name for slug, name in is_now.items() if slug not in was),
                )
            )
    return found


def first_choices(picture: Catalogue, stored: StoredPlan) -> tuple[str, int, int] | None:
    """Where most needs would go if each took the first of its ranking: the name, how many, and the places there."""
    if stored.result is None:
        return None
    slug, count = stored.result["first_choices"]
    places = {one: most for one, _, most in stored.result["laboratories"]}
    return (_name(picture, slug), count, places[slug]) if slug else None


def _by_need(picture: Catalogue, stored: StoredPlan) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for line in lines_of(picture, stored):
        found.setdefault(line.need, {})[line.laboratory] = line.laboratory_name
    return found


def _name(picture: Catalogue, slug: str) -> str:
    return picture.laboratories[slug].name if slug in picture.laboratories else slug
