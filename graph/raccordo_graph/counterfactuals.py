"""What one more word from the officer would change: choose a theme, and a laboratory rises from here to there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from raccordo_graph.factors import SCORE_DECIMALS, WEIGHTS
from raccordo_graph.feedback import measured
from raccordo_graph.geography import Place
from raccordo_graph.index import Index
from raccordo_graph.understanding import Understanding

MOST_OPTIONS = 5
"""Themes that are tried: those heard loudest in the text and not chosen."""

SEEN = 5
"""A laboratory must arrive among so many to be worth a sentence: further down nobody looks."""

LEAST_RISE = 3
"""Smaller rises are not told: fine distinctions are right only two times in three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """If `theme` is chosen, `laboratory` rises from position `before` to `after` (from 1, equal scores share one)."""

    theme: str
    laboratory: str
    before: int
    after: int


Reading = Callable[[tuple[str, ...]], Understanding]
"""How a text is understood when these themes are chosen beside those that its writer has chosen."""


def helps(index: Index, read: Reading, *, place: Place | str | None = None) -> tuple[Help, ...]:
    """Return what choosing one theme more would change most, the greatest rise first, then by theme.

    Each is found by understanding and ranking the text again, so that it is true when the officer does it. A theme
    appears once, with the laboratory that arrives highest.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> helps(index, lambda themes: understand(index, "Il ponte trema", themes=themes))  # nobody can rise by three
    ()
    """
    now = read(())
    options = [topic.key for topic in now.themes if not topic.chosen][:MOST_OPTIONS]
    before, slugs = _positions(index, now, place), tuple(index.laboratories)
    found = []
    for option in options:
        after = _positions(index, read((option,)), place)
        risen = [
            (after[which], before[which] - after[which], slug)
            for which, slug in enumerate(slugs)
            if after[which] <= SEEN and before[which] - after[which] >= LEAST_RISE
        ]
        if risen:
            place_then, rise, slug = min(risen, key=lambda one: (one[0], -one[1], one[2]))
            found.append(Help(theme=option, laboratory=slug, before=place_then + rise, after=place_then))
    return tuple(sorted(found, key=lambda one: (one.after - one.before, one.theme)))


def _positions(index: Index, need: Understanding, place: Place | str | None) -> Sequence[int]:
    """Return the position of each laboratory of the index, as :func:`raccordo_graph.ranking.rank` counts."""
    import numpy as np

    values = measured(index, [need], [place], [None], slice(None))[0][:, 0, :]
    scores = (np.array(list(WEIGHTS.values())) @ np.nan_to_num(values)).round(SCORE_DECIMALS)
    positions: list[int] = (1 + (scores[None, :] > scores[:, None]).sum(axis=1)).tolist()
    return positions
