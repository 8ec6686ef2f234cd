"""What rankings would be if a laboratory said something else of itself: computed by saying it, and never written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import raccordo_graph
from raccordo import catalogue, matches
from raccordo.catalogue import Catalogue
from raccordo.emphasis import WEIGHTS
from raccordo.laboratory_profiles import Profile, read
from raccordo.people import Actor
from raccordo.profile_statements import checked_concept, checked_theme
from raccordo.published import Laboratory
from raccordo_graph import Band, Index, NeedMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A published need whose place among those of a laboratory would change; positions count from 1."""

    need: int
    before: NeedMatch
    after: NeedMatch


async def preview(
    actor: Actor, laboratory: str, concept: str, emphasis: str
) -> tuple[tuple[Move, ...], Profile]:
    """The published needs that would change place if the laboratory said this of a concept; nothing is written."""
    profile = await read(actor, laboratory)
    current = catalogue.current()
    found = current.laboratories[profile.laboratory]
    said = checked_concept(current, concept, emphasis)
    stated = {
        key: weight
        for key, weight in found.stated
        if key != concept and ("concept", key) in current.index.graph
    }
    if said:
        stated[concept] = WEIGHTS[said]
    other = partial(raccordo_graph.restated, current.index, {found.slug: stated})
    return await asyncio.to_thread(_moves, current, found, other), profile


async def preview_theme(
    actor: Actor, laboratory: str, theme: str, treated: str
) -> tuple[tuple[Move, ...], Profile]:
    """The same if the laboratory said this of a theme."""
    profile = await read(actor, laboratory)
    current = catalogue.current()
    found = current.laboratories[profile.laboratory]
    said = checked_theme(current, theme, treated)
    own = {slug: works for slug, works in found.stated_themes if slug != theme}
    if said is not None:
        own[theme] = said
    other = partial(raccordo_graph.restated, current.index, {}, themes={found.slug: own})
    return await asyncio.to_thread(_moves, current, found, other), profile


def _moves(current: Catalogue, laboratory: Laboratory, restated: Callable[[], Index]) -> tuple[Move, ...]:
    other = restated()
    needs = {need.number: (need.understanding, need.place) for need in current.needs.values()}
    after = {one.need: one for one in raccordo_graph.rank_needs(other, laboratory.slug, needs)}
    moves = [
        Move(need=before.need, before=before, after=after[before.need])
        for before in matches.for_laboratory(current, laboratory)
        if (before.position, before.band) != (after[before.need].position, after[before.need].band)
        and (before.band, after[before.need].band) != (Band.NONE, Band.NONE)
    ]
    return tuple(sorted(moves, key=lambda one: (-abs(one.after.score - one.before.score), one.need)))
