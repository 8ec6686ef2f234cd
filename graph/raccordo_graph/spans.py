"""Where the words of a text stand, so that what is understood can be shown in the officer's own words."""

import re
from typing import NamedTuple

from raccordo_graph.text import fold

_PIECE = re.compile(r"[^\W_]+|[^\w\s]|\n")


class Token(NamedTuple):
    """A word, a punctuation mark or a line's end: as `written`, as `folded`, and from `start` to `end` in its text."""

    written: str
    folded: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return self.written[0].isalnum()


def tokens(text: str) -> list[Token]:
    """Return the words, marks and line ends of `text`, in order; an apostrophe parts words and is left out.

    >>> [token.folded for token in tokens("L'estate è vicina.")]
    ['l', 'estate', 'e', 'vicina', '.']
    """
    return [
        Token(found.group(), fold(found.group()).replace(" ", ""), found.start(), found.end())
        for found in _PIECE.finditer(text)
        if found.group() not in "'’`´"
    ]
