"""Words of a text that nothing known explains, as candidates for the lexicon: single words that could be nobody's name."""

import re

from raccordo_graph.hearing import MISSPELT
from raccordo_graph.index import Index
from raccordo_graph.text import fold, stem, words

SHORTEST = 4
LONGEST = 25
"""Letters of a candidate."""

_PRIVATE = re.compile(r"\S*[@/\\\d]\S*|\b[Hh]ttps?:\S*|\bwww\.\S*")


def unheard(index: Index, text: str) -> tuple[str, ...]:
    """Return the folded words of `text` that neither the lexicon nor any card or theme knows, in alphabetical order.

    Left out, because they could name a person, a place or a thing of one body: words that the text writes with a
    capital letter anywhere, or beside such a word; mail addresses, links and everything with a digit; words of fewer than
    `SHORTEST` or more than `LONGEST` letters, and whatever resembles a known word (a typing error is no new word).

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import SPEAKING_VALLEY
    >>> index = Index.from_graph(build(SPEAKING_VALLEY))
    >>> unheard(index, "Il gabbione sul torrente, scrivere a Rossi mario o a zorzi@example.it 335123")
    ('gabbione',)
    """
    found = [(word.written, word.folded) for word in words(_PRIVATE.sub(" ", text))]
    named = {folded for written, folded in found if written[0].isupper()}
    beside = {
        folded
        for (before, _), (_, folded), (after, _) in zip(
            [("", ""), *found], found, [*found[1:], ("", "")], strict=False
        )
        if before[:1].isupper() or after[:1].isupper()
    }
    wanted = sorted({folded for _, folded in found} - named - beside)
    stems = {
        folded: stem(folded, "it")
        for folded in wanted
        if SHORTEST <= len(folded) <= LONGEST and folded.isalpha()
    }
    unknown = [folded for folded in stems if not _known(index, folded)]
    alike = index.concepts.alike.of([stems[folded] for folded in unknown])
    return tuple(
        folded
        for folded, resembles in zip(unknown, alike, strict=True)
        if not any(weight >= MISSPELT for _, weight in resembles)
    )


def _known(index: Index, folded: str) -> bool:
    return any(
        stem(fold(folded), language) in known
        for language in ("it", "en")
        for known in (index.concepts.terms, index.words)
    )
