"""From running text to stems: accents folded, two languages, no stop words, every word kept as it was written."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.italian_stemmer import ItalianStemmer

from raccordo_graph.stopwords import STOPWORDS

Language = Literal["it", "en"]

LONGEST_WORD = 40
"""Letters; what is longer is an address or noise, a word of neither language."""

_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # soft hyphens and joiners stand inside a word


class Word(NamedTuple):
    """One word of a text: as `written`, and `folded` (no accents, lower case)."""

    written: str
    folded: str


def fold(text: str) -> str:
    """Return `text` without accents and in lower case, so that ``Temù`` and ``temu`` are one.

    Compatibility decomposition (Unicode NFKD), combining marks dropped, case folded.

    >>> fold("Perché la QUALITÀ?")
    'perche la qualita?'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def words(text: str) -> Iterator[Word]:
    """Yield the telling words of `text` in order: no stop words, numbers, single letters or punctuation.

    Apostrophes part words, so elisions and typewriter accents (``citta'``) need no rule of their own.

    >>> [word.written for word in words("L'acqua del 2026 c'è, ma la citta' non ha il Wi-Fi né PM10.")]
    ['acqua', 'citta', 'Wi', 'Fi', 'PM10']
    """
    for match in _WORD.finditer(_INVISIBLE.sub("", unicodedata.normalize("NFC", text))):
        written = match.group()
        if len(written) > LONGEST_WORD:
            continue
        folded = fold(written)
        if len(folded) > 1 and not folded.isnumeric() and folded not in STOPWORDS:
            yield Word(written, folded)


class Stemmed(NamedTuple):
    """One word of a text: its `stem`, and the word as `written`."""

    stem: str
    written: str


@lru_cache(maxsize=1 << 15)
def stemmed(text: str, language: Language) -> tuple[Stemmed, ...]:
    """Return the telling words of a text of the reference data, in order; kept, because an index reads them often.

    >>> stemmed("I ponti", "it")
    (Stemmed(stem='pont', written='ponti'),)
    """
    return tuple(Stemmed(stem(word.folded, language), word.written) for word in words(text))


@lru_cache(maxsize=1 << 16)
def stem(folded: str, language: Language) -> str:
    """Return the Snowball stem of a folded word in `language`.

    Accents are folded first, so that both spellings of a word meet in one stem. A stemmer keeps state while it
    works, so each call has its own and threads cannot meet in it.
    Source: M. F. Porter, *Snowball: a language for stemming algorithms*, 2001.

    >>> stem("ponti", "it"), stem("ponte", "it"), stem("bridges", "en")
    ('pont', 'pont', 'bridg')
    """
    stemmer = ItalianStemmer() if language == "it" else EnglishStemmer()
    return str(stemmer.stemWord(folded))
