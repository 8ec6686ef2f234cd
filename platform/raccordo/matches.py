"""A need finds its laboratories, and a laboratory its needs: computed on read, cached, never stored."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

import raccordo_graph
from raccordo import chips, initiatives, laboratory_concepts, need_search, semesters
from raccordo.catalogue import Catalogue
from raccordo.catalogue_needs import axes_of, likely, place_of, without
from raccordo.chips import Chip
from raccordo.days import today
from raccordo.need_input import CHOICES, NeedInput
from raccordo.need_search import AlikeNeed
from raccordo.people import Actor
from raccordo.published import Axis, Laboratory, Municipality, Need, TerritorialBody
from raccordo_graph import Help, Match, NeedMatch, Place, Serving, Understanding
from raccordo_graph.duplicates import same

KEPT = 1024  # rankings in the cache
READ = 40_000  # characters of a text that is still being written
MOST_SAME = 3  # needs that may be the same as a text
SEPARATOR = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Laboratories for a need, best first. The same `snapshot_id` means the same bytes."""

    snapshot_id: str
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a text that is still being written already finds. Nothing of it is stored."""

    understanding: Understanding
    functions: tuple[str, ...]
    themes: tuple[str, ...]
    axes: tuple[Axis, ...]
    near: tuple[AlikeNeed, ...]
    alike: tuple[AlikeNeed, ...]
    ranking: Ranking
    serving: Serving
    chips: tuple[Chip, ...]
    same: tuple[AlikeNeed, ...]
    summary_en: str
    written: NeedInput
    place: Place | None


_cache: OrderedDict[tuple[str, int], Ranking] = OrderedDict()
_turn = Lock()  # groups are judged in threads


def snapshot_id(catalogue: Catalogue) -> str:
    """Names what a ranking was computed from: this database, its catalogue's version, lexicon, weights and code."""
    parts = (
        catalogue.database_id,
        str(catalogue.version),
        catalogue.lexicon.digest,
        laboratory_concepts.shipped().digest,
        raccordo_graph.CODE_VERSION,
    )
    return hashlib.sha256(SEPARATOR.join(parts).encode()).hexdigest()[:16]


def for_need(catalogue: Catalogue, need: Need) -> Ranking:
    """Every laboratory for a published need, best first."""
    key = (snapshot_id(catalogue), need.number)
    with _turn:
        if key in _cache:
            _cache.move_to_end(key)
            return _cache[key]
    ranking = Ranking(
        snapshot_id=key[0],
        matches=raccordo_graph.rank(
            catalogue.index, need.understanding, place=need.place, number=need.number
        ),
    )
    with _turn:
        _cache[key] = ranking
        while len(_cache) > KEPT:
            _cache.popitem(last=False)
    return ranking


def serving(catalogue: Catalogue, need: Need) -> Serving:
    """Whether a laboratory should serve a published need, or an office or a supplier would."""
    return raccordo_graph.serves(catalogue.index, need.understanding)


def for_laboratory(catalogue: Catalogue, laboratory: Laboratory) -> tuple[NeedMatch, ...]:
    """Every published need for a laboratory, best first: the same scores from the other side."""
    needs = {need.number: (need.understanding, need.place) for need in catalogue.needs.values()}
    return raccordo_graph.rank_needs(catalogue.index, laboratory.slug, needs)


def writing_body(catalogue: Catalogue, actor: Actor) -> TerritorialBody | None:
    """The body for which somebody writes; None for a visitor, whose distance stays unknown."""
    if not actor.body_kind or not actor.body_code:
        return None
    return catalogue.body(actor.body_kind, actor.body_code)


def preview(
    catalogue: Catalogue, actor: Actor, written: NeedInput, writes_for: TerritorialBody | None = None
) -> Preview:
    """What `written` finds so far, seen from `writes_for` or else from the actor's own body.

    Unknown themes or functions are left out: publishing refuses them.
    """
    themes, functions = _chosen(catalogue, written)
    understanding = _understood(catalogue, written)
    body = writes_for or writing_body(catalogue, actor)
    shown = themes or likely(understanding.themes)
    place = place_of(catalogue, written.sites, body)
    near = need_search.near_text(catalogue, body, understanding) if isinstance(body, Municipality) else ()
    alike = need_search.alike_text(catalogue, understanding)
    return Preview(
        understanding=understanding,
        functions=functions or likely(understanding.functions),
        themes=shown,
        axes=axes_of(catalogue, shown),
        near=near,
        alike=alike,
        chips=chips.chips(catalogue, written, understanding, today()),
        same=_same(catalogue, understanding, (*near, *alike)),
        summary_en=chips.english_summary(catalogue, body, written, understanding),
        ranking=Ranking(
            snapshot_id=snapshot_id(catalogue),
            matches=raccordo_graph.rank(catalogue.index, understanding, place=place),
        ),
        serving=raccordo_graph.serves(catalogue.index, understanding),
        written=written,
        place=place,
    )


def helps(catalogue: Catalogue, seen: Preview) -> tuple[Help, ...]:
    """What one theme more, or a day from which, would change: a laboratory that rises, from where to where."""
    last = chips.day_of(seen.written.deadline)
    return raccordo_graph.helps(
        catalogue.index,
        lambda more: _understood(catalogue, seen.written, more),
        place=seen.place,
        semesters=[one for one in semesters.coming(today()) if last is None or first_day(one) <= last],
        themes=len(_chosen(catalogue, seen.written)[0]) < CHOICES,  # nobody may choose one more
    )


def first_day(semester: str) -> date:
    """From when somebody who wants a coming semester would write that it is needed: of the present one, from today."""
    return max(semesters.begins(semester), today())


def _chosen(catalogue: Catalogue, written: NeedInput) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The themes and functions that somebody chose, once each and as far as they exist."""
    themes = tuple(slug for slug in dict.fromkeys(written.themes) if slug in catalogue.themes)
    return themes, tuple(key for key in dict.fromkeys(written.functions) if key in catalogue.functions)


def _understood(catalogue: Catalogue, written: NeedInput, more: tuple[str, ...] = ()) -> Understanding:
    """How a text is understood, if the themes `more` were chosen too."""
    themes, functions = _chosen(catalogue, written)
    found = raccordo_graph.understand(
        catalogue.index,
        written.description[:READ],
        title=written.title[:READ],
        themes=(*themes, *more),
        functions=functions,
    )
    asked = initiatives.wanted(written.intent, chips.day_of(written.starts))
    return replace(without(catalogue, found, written.rejected), wanted=asked)


def _same(
    catalogue: Catalogue, understanding: Understanding, alike: tuple[AlikeNeed, ...]
) -> tuple[AlikeNeed, ...]:
    """Those of the needs that resemble a text which may be the very same need: a question, never an answer."""
    found = {
        one.need.number: one
        for one in alike
        if one.shared_words and same(catalogue.index, understanding, one.need.understanding)
    }
    return tuple(found.values())[:MOST_SAME]
