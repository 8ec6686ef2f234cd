"""What one more word from the officer would change: a theme or a semester, and a laboratory rises from here to there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

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
    """If `theme` is chosen, or `semester` named, `laboratory` rises from position `before` to `after`.

    Positions count from 1, equal scores share one; of theme and semester one is empty.
    """

    theme: str = ""
    semester: str = ""
    laboratory: str
    before: int
    after: int


Reading = Callable[[tuple[str, ...]], Understanding]
"""How a text is understood when these themes are chosen beside those that its writer has chosen."""


def helps(
    index: Index,
    read: Reading,
    *,
    place: Place | str | None = None,
    semesters: Sequence[str] = (),
    themes: bool = True,
) -> tuple[Help, ...]:
    """Return what one theme more, or one of these semesters, would change most, the greatest rise first, then by key.

    Each is found by understanding and ranking the text again, so that it is true when the officer does it. An option
    appears once, with the laboratory that arrives highest. A text that names a semester already is asked for none,
    and a semester for which no laboratory stated its places changes nothing. Without `themes` none is tried.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.understanding import understand
    >>> from raccordo_graph.valley import VALLEY
    >>> index = Index.from_graph(build(VALLEY))
    >>> helps(index, lambda themes: understand(index, "Il ponte trema", themes=themes))  # nobody can rise by three
    ()
    """
    now = read(())
    before, found = _positions(index, now, place), []
    for option, then in _options(index, now, read, semesters, themes=themes):
        after = _positions(index, then, place)
        risen = [
            (after[which], before[which] - after[which], slug)
            for which, slug in enumerate(index.laboratories)
            if after[which] <= SEEN and before[which] - after[which] >= LEAST_RISE
        ]
        if risen:
            place_then, rise, slug = min(risen, key=lambda one: (one[0], -one[1], one[2]))
            found.append(replace(option, laboratory=slug, before=place_then + rise, after=place_then))
    return tuple(sorted(found, key=lambda one: (one.after - one.before, one.theme, one.semester)))


def _options(
    index: Index, now: Understanding, read: Reading, semesters: Sequence[str], *, themes: bool
) -> Iterable[tuple[Help, Understanding]]:
    """Yield what could be said more, and how the text is understood then."""
    untold = [topic.key for topic in now.themes if not topic.chosen][:MOST_OPTIONS] if themes else []
    for theme in untold:
        yield Help(theme=theme, laboratory="", before=0, after=0), read((theme,))
    stated = {one.semester for places in index.semester_places.values() for one in places}
    for semester in semesters if not now.wanted.semester else ():
        if semester in stated:
            then = replace(now, wanted=replace(now.wanted, semester=semester))
            yield Help(semester=semester, laboratory="", before=0, after=0), then


def _positions(index: Index, need: Understanding, place: Place | str | None) -> Sequence[int]:
    """Return the position of each laboratory of the index, as :func:`raccordo_graph.ranking.rank` counts."""
    import numpy as np

    values = measured(index, [need], [place], [None], slice(None))[0][:, 0, :]
    scores = (np.array(list(WEIGHTS.values())) @ np.nan_to_num(values)).round(SCORE_DECIMALS)
    positions: list[int] = (1 + (scores[None, :] > scores[:, None]).sum(axis=1)).tolist()
    return positions
