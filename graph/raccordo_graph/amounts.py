"""Amounts of money in running text: «15mila euro», «€ 12.000,00», «diecimila euro», «1.5 million euros».

Understood: euro only, in figures (thousands parted by points, commas, blanks or apostrophes; two decimals at most), with
«mila», «k», «milioni», «mln», «miliardi» and their English words, or in Italian and English number words. A figure
without a currency is no amount.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from raccordo_graph.text import fold

LARGEST = 999_999_999
"""Euro; more is no budget of a municipality's need but a mistake or a plan."""

SCALES: Mapping[str, int] = {
    "mila": 1000, "k": 1000, "mille": 1000, "migliaia": 1000, "thousand": 1000, "m": 10**6, "mln": 10**6,
    "milione": 10**6, "milioni": 10**6, "million": 10**6, "miliardo": 10**9, "miliardi": 10**9, "mld": 10**9, "billion": 10**9,
}  # fmt: skip
"""What a word after a figure multiplies it by."""

_FIGURE = (
    r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3}){1,4}(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d{1,15}(?:[.,]\d{1,2}(?!\d))?"
)
_SCALE = rf"(?:{'|'.join(sorted(SCALES, key=len, reverse=True))})(?![^\W\d_])"
_EURO = r"(?:€|euro[s]?(?![^\W\d_])|eur(?![^\W\d_]))"
_WRITTEN = r"(?<![^\W\d_])[^\W\d_]{1,40}(?:[ -][^\W\d_]{1,40}){0,5}"  # bounded: a hostile text costs no more
_FIGURES = re.compile(
    rf"(?:{_EURO}\s{{0,3}}(?P<after>{_FIGURE})\s?(?P<scale_after>{_SCALE})?(?!\d))"
    rf"|(?:(?<![\d.,])(?P<before>{_FIGURE})\s?(?P<scale_before>{_SCALE})?(?:\s(?:di|of))?\s{{0,3}}{_EURO})",
    re.IGNORECASE,
)
_WORDS = re.compile(rf"(?P<words>{_WRITTEN})(?P<euro>\s{_EURO})", re.IGNORECASE)
_UNITS = "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove"
_TENS = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta"
_ENGLISH_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


class Amount(NamedTuple):
    """So many whole `euros`, from `start` to `end` of the text, as `written`."""

    euros: int
    start: int
    end: int
    written: str


def amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of `text` in its order, from 1 to `LARGEST` euro.

    >>> [amount.euros for amount in amounts("Abbiamo 15mila euro, poi € 12.000,00 e diecimila euro; 1,5 milioni di euro")]
    [15000, 12000, 10000, 1500000]
    >>> amounts("Nel 2026 il ponte di 30 metri")
    ()
    """
    found = {amount.end: amount for amount in (*_in_words(text), *_in_figures(text))}
    return tuple(found[end] for end in sorted(found) if 1 <= found[end].euros <= LARGEST)


def _in_figures(text: str) -> Iterator[Amount]:
    for found in _FIGURES.finditer(text):
        figure = found["after"] or found["before"]
        scale = found["scale_after"] or found["scale_before"]
        euros = _value(figure) * (SCALES[fold(scale).replace("ı", "i")] if scale else 1)
        yield Amount(round(euros), found.start(), found.end(), found.group())


def _value(figure: str) -> float:
    """Return what a figure is worth: groups of three are thousands, one or two digits at the end are decimals.

    >>> _value("12.000,50"), _value("1,5"), _value("1,234,567")
    (12000.5, 1.5, 1234567.0)
    """
    whole, _, decimals = figure.replace(",", ".").rpartition(".")
    if not whole or len(decimals) == 3:
        whole, decimals = figure, ""
    return float(re.sub(r"\D", "", whole) + ("." + decimals if decimals else ""))


def _in_words(text: str) -> Iterator[Amount]:
    for found in _WORDS.finditer(text):
        pieces = list(re.finditer(r"[^\W\d_]+", found["words"]))
        for first in range(len(pieces)):
            euros = _said([fold(piece.group()) for piece in pieces[first:]])
            if euros:
                start = found.start() + pieces[first].start()
                yield Amount(euros, start, found.end(), text[start : found.end()])
                break


def _said(words: list[str]) -> int | None:
    """Return the number that `words` say, all of them; None when they say none.

    >>> _said(["due", "milioni", "di"]), _said(["centoventimila"]), _said(["twenty", "five", "thousand"]), _said(["buoni"])
    (2000000, 120000, 25000, None)
    """
    if words and words[-1] in ("di", "of"):
        words = words[:-1]
    total, group, said = 0, 0, False
    for word in words:
        value = small_numbers().get(word)
        if value is not None:
            group, said = group + value, True
        elif word == "mezzo" and not said:
            return 500_000 if words[1:] == ["milione"] else None
        elif word == "hundred" and group:
            group *= 100
        elif (scale := SCALES.get(word)) and len(word) > 3:
            total, group, said = total + max(group, 1) * scale, 0, True
        elif (thousands := _thousands(word)) is not None:
            total, said = total + thousands, True
        else:
            return None
    return total + group if said else None


def _thousands(word: str) -> int | None:
    """Return what a word like «ventimila» or «milleduecento» says."""
    before, middle, after = word.partition("mila")
    if not middle:
        before, middle, after = word.partition("mille")
        if before:
            return None
    rest = small_numbers().get(after, 0 if not after else None)
    count = small_numbers().get(before) if before else 1
    return None if not middle or count is None or rest is None else count * 1000 + rest


@cache
def small_numbers() -> Mapping[str, int]:
    """Return the Italian words of 0 to 999 and the English ones of 0 to 99, folded."""
    units, tens = _UNITS.split(), _TENS.split()
    said = dict(zip(units, range(20), strict=True)) | {"un": 1, "una": 1}
    for ten, word in enumerate(tens, 2):
        said[word] = ten * 10
        for unit in range(1, 10):
            joined = word[:-1] if units[unit][0] in "uo" else word
            said[joined + units[unit]] = ten * 10 + unit
    for word, value in list(said.items()):
        for hundreds in range(1, 10):
            many = ("" if hundreds == 1 else units[hundreds]) + "cento"
            said[many + ("" if value == 0 else word)] = hundreds * 100 + value
            if word.startswith("ott"):
                said[many[:-1] + word] = hundreds * 100 + value
    english = dict(zip(_ENGLISH_UNITS.split(), range(20), strict=True))
    english |= {word: ten * 10 for ten, word in enumerate(_ENGLISH_TENS.split(), 2)}
    return english | said
