"""What a text says that it does not want: «non ci serve uno studio», «senza consulenti».

Only a *wish* is negated. A lack is the need itself: «non abbiamo un tecnico», «senza corrente» and «il ponte non regge»
count whole. Words that are refused say nothing about what is needed, so :mod:`raccordo_graph.understanding` leaves them
out.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from raccordo_graph.spans import Token, tokens

LONGEST_REFUSAL = 8
"""Words after which a refusal is over, whatever follows."""

LONGEST_SENTENCE = 60
"""Words after which a sentence is taken to be over, as far as question marks go."""

WISHES = frozenset(
    """
    serve servono servirebbe servirebbero serviva occorre occorrono occorrerebbe vogliamo voglio vogliono vorremmo
    vorrei cerchiamo cerco cercano chiediamo chiedo chiedono desideriamo interessa interessano
    need want seeking requesting
    """.split()  # noqa: SIM905  # a block of words is read and edited by people
)
"""Verbs that ask for something: after «non» what follows them is refused."""

WISHES_OF_TWO = frozenset(
    {
        ("abbiamo", "bisogno"),
        ("ho", "bisogno"),
        ("hanno", "bisogno"),
        ("e", "necessario"),
        ("e", "necessaria"),
        ("sono", "necessari"),
        ("sono", "necessarie"),
        ("e", "bisogno"),
        ("si", "tratta"),
        ("e", "richiesto"),
        ("e", "richiesta"),
        ("looking", "for"),
        ("asking", "for"),
        ("need", "for"),
    }
)
"""The same in two words."""

INSTEAD = frozenset({"anziche", "tranne", "eccetto", "escluso", "esclusa", "esclusi", "escluse"})
"""One word that refuses what follows."""

INSTEAD_OF_TWO = frozenset({("invece", "di"), ("piuttosto", "che"), ("instead", "of"), ("rather", "than")})
"""The same in two words."""

LACKING = frozenset({"senza", "niente", "nessun", "nessuna", "nessuno", "without", "no"})
"""They refuse a means («senza consulenti») and tell a need otherwise («senza acqua»)."""

MEANS = frozenset(
    """
    consulente consulenti consulenza consulenze studio studi incarico incarichi appalto appalti convegno convegni
    corso corsi seminario seminari tirocinio tirocini progettista progettisti professionista professionisti esterno
    esterna esterni esterne ditta ditte impresa imprese spesa spese costo costi relazione relazioni
    consultant consultants consultancy study studies seminar seminars course courses contractor contractors cost costs
    """.split()  # noqa: SIM905  # as above
)
"""Ways of getting help: their absence is a wish, not a lack."""

_NOT = frozenset({"non", "not", "don", "no"})
_CLITICS = frozenset(
    {"ci", "ne", "mi", "vi", "gli", "t", "piu", "ce", "c", "proprio", "affatto", "really", "is", "a"}
)
_BUT_ONLY = frozenset({"solo", "soltanto", "solamente", "che", "altro", "only"})
_USES = frozenset({"serve", "servono", "serviva"})
_FOR = frozenset({"a", "ad", "al", "allo", "alla", "ai", "agli", "alle", "all", "piu"})
_OVER = frozenset(
    """
    ma bensi pero perche siccome poiche quando se su sul sullo sulla sui sugli sulle sull per con serve servono vogliamo
    chiediamo cerchiamo bisogna basta but because when if on about for with
    """.split()  # noqa: SIM905  # as above
)
_JOINING = frozenset("un uno una il lo la i gli le l di dei degli delle d e o ne or nor a an the any".split())  # noqa: SIM905  # as above
_ENDS = frozenset(".;:!?,\n()")
_ANY = re.compile(
    r"\b(?:non|no|not|don|senza|niente|nessun|nessun[oa]|invece|anzich[eé]'?|piuttosto|tranne|eccetto|esclus[oaie]"
    r"|without|instead|rather)\b",
    re.IGNORECASE,
)


class Refused(NamedTuple):
    """Words that a text refuses: from `start` to `end`, as `written`."""

    start: int
    end: int
    written: str


def refusals(text: str) -> tuple[Refused, ...]:
    """Return what `text` does not want, in its order. A question refuses nothing: «non servirebbe uno studio?».

    >>> [refused.written for refused in refusals("Non ci serve uno studio sul ponte, ma un rilievo. Senza consulenti.")]
    ['uno studio', 'consulenti']
    >>> refusals("Non abbiamo l'ingegnere e siamo senza acqua")
    ()
    """
    if not _ANY.search(text):
        return ()
    found = tokens(text)
    return tuple(
        Refused(found[first].start, found[last].end, text[found[first].start : found[last].end])
        for first, last in _found(found)
        if not _asked(found, last)
    )


def affirmed(text: str) -> str:
    """Return `text` with blanks where it refuses something; every other character stays where it is.

    >>> affirmed("Non serve un corso ma un rilievo")
    'Non serve          ma un rilievo'
    """
    for refused in refusals(text):
        blank = " " * (refused.end - refused.start)
        text = text[: refused.start] + blank + text[refused.end :]
    return text


def _found(found: list[Token]) -> Iterator[tuple[int, int]]:
    """Yield first and last token of every refusal, none over another."""
    place = 0
    while place < len(found):
        begins, means_only = _cue(found, place)
        last = _last(found, begins, means_only=means_only) if begins else None
        if begins and last is not None:
            yield begins, last
            place = last + 1
        else:
            place += 1


def _cue(found: list[Token], place: int) -> tuple[int, bool]:
    """Return where a refusal begins that is announced at `place` (0: none), and whether it must be of means."""
    words = [token.folded for token in found[place : place + 6]]
    if words[0] in INSTEAD:
        return place + 1, False
    if tuple(words[:2]) in INSTEAD_OF_TWO:
        return place + 2, False
    if words[0] in _NOT and (after := _wish(words)):
        useless = words[after - 1] in _USES and (words[after : after + 1] or [""])[0] in _FOR
        return (
            (0, False)
            if useless or (words[after : after + 1] or [""])[0] in _BUT_ONLY
            else (place + after, False)
        )
    return (place + 1, True) if words[0] in LACKING else (0, False)


def _wish(words: list[str]) -> int:
    """Return how many of `words`, which begin with a «non», lead to the end of a wish; 0 if there is none."""
    at = 1
    while at < len(words) and words[at] in _CLITICS:
        at += 1
    for start in dict.fromkeys((1, at)):
        if tuple(words[start : start + 2]) in WISHES_OF_TWO:
            return start + 2
    return at + 1 if at < len(words) and words[at] in WISHES else 0


def _last(found: list[Token], begins: int, *, means_only: bool) -> int | None:
    """Return the last token of a refusal that begins at `begins`; None where nothing is refused."""
    last = None
    for place in range(begins, min(len(found), begins + LONGEST_REFUSAL)):
        word = found[place].folded
        if word in _ENDS or word in _OVER or word in WISHES:
            break
        if word in _JOINING:
            continue
        if means_only and word not in MEANS:
            break
        last = place
    return last


def _asked(found: list[Token], place: int) -> bool:
    """Return whether the sentence around `place` is a question."""
    return next(
        (token.folded == "?" for token in found[place : place + LONGEST_SENTENCE] if token.folded in ".!?\n"),
        False,
    )
