"""Which municipalities a text names; only names of the registry, and «i comuni della comunità montana X».

A name counts when it is written with capital letters, or after «comune di». A name that is also a common word (Pero,
Opera, Mese, Erba, Chiari, Nave) needs both a capital letter and such a word or preposition before it, not the beginning
of a sentence. Streets («via Lodi»), provinces, lakes, universities and people («geom. Bellano») are no municipalities.
Hamlets are not known.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from raccordo_graph.spans import Token, tokens

COMMON = frozenset(
    """
    calcio ceto chiari crema dello erba fontanella gera leno lodi marone mese mozzo mura nave olmo opera pero rea riva
    rota sale trovo villa zone brenta costa monte ponte torre valle solza como
    """.split()  # noqa: SIM905  # a block of words is read and edited by people
)
"""Words of the language, or of other places, that a one-word name may be."""

TOWN_BEFORE = frozenset(
    {"comune", "comuni", "paese", "citta", "municipio", "borgo", "town", "village", "municipality"}
)
"""Followed by «di» (or nothing) they announce a municipality, whatever the letters."""

WHERE = frozenset({"a", "ad", "di", "da", "fra", "tra", "in", "at", "from", "between", "of", "near"})
"""Prepositions that may stand before a place."""

ELSE_BEFORE = frozenset(
    """
    via viale piazza piazzale corso largo vicolo contrada provincia metropolitana politecnico universita lago ospedale
    tribunale diocesi parrocchia questura prefettura lake province university signor signora sig sindaco dott dottssa ing arch geom
    dottor dottoressa don avv rag prof professor mr mrs
    """.split()  # noqa: SIM905  # as above
)
"""What follows them is a street, another body or a person, also with «di» in between."""

_LINKS = frozenset({"di", "del", "della", "dei", "delle", "dell", "of"})
_ENDS = frozenset(".!?;:\n")


class Named(NamedTuple):
    """A municipality (by code) or a mountain community (by slug) as it is `written` from `start` to `end`."""

    kind: str
    key: str
    start: int
    end: int
    written: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names that can be found in a text: words of a name, folded, to the code that they mean."""

    municipalities: Mapping[tuple[str, ...], str]
    communities: Mapping[tuple[str, ...], str]
    longest: int

    @classmethod
    def of(
        cls, municipalities: Iterable[tuple[str, str]], communities: Iterable[tuple[str, str]] = ()
    ) -> "Gazetteer":
        """Read pairs of name and code; a name with two codes means neither.

        >>> Gazetteer.of([("Torre de' Busi", "1"), ("Pero", "2")]).municipalities
        {('pero',): '2', ('torre', 'de', 'busi'): '1'}
        """
        towns = _only((_words(name), code) for name, code in municipalities)
        hills = _only((alias, slug) for name, slug in communities for alias in _aliases(name))
        return cls(towns, hills, max(map(len, [*towns, *hills]), default=0))


def places(gazetteer: Gazetteer, text: str) -> tuple[Named, ...]:
    """Return the places that `text` names, in its order; none lies over another.

    >>> towns = Gazetteer.of([("Pero", "1"), ("Ballabio", "2"), ("Ponte di Legno", "3")], [("Comunità montana di Scalve", "scalve")])
    >>> [named.key for named in places(towns, "Pero il ponte di legno di Ballabio e il Comune di Pero")]
    ['2', '1']
    >>> [named.key for named in places(towns, "Per tutti i comuni della comunità montana di Scalve")]
    ['scalve']
    """
    found = tokens(text)
    shouted = _shouted(text)
    named: list[Named] = []
    place = 0
    while place < len(found):
        hit = _community(gazetteer, found, place) or _town(gazetteer, found, place, shouted=shouted)
        if hit is None:
            place += 1
            continue
        kind, key, first, last = hit
        start, end = found[first].start, found[last - 1].end
        named.append(Named(kind, key, start, end, text[start:end]))
        place = last
    return tuple(named)


def _community(gazetteer: Gazetteer, found: list[Token], place: int) -> tuple[str, str, int, int] | None:
    words = [token.folded for token in found[place : place + 3]]
    if words[:2] != ["comunita", "montana"]:
        return None
    first = place + 3 if words[2:] and words[2] in _LINKS else place + 2
    for last in _ends(gazetteer, found, first):
        key = gazetteer.communities.get(tuple(token.folded for token in found[first:last] if token.is_word))
        if key and found[last - 1].is_word:
            return "mountain_community", key, place, last
    return None


def _town(
    gazetteer: Gazetteer, found: list[Token], place: int, *, shouted: bool
) -> tuple[str, str, int, int] | None:
    for last in _ends(gazetteer, found, place):
        words = tuple(token.folded for token in found[place:last])
        key = gazetteer.municipalities.get(words)
        if key and _meant(found, place, last, shouted=shouted):
            return "municipality", key, place, last
    return None


def _ends(gazetteer: Gazetteer, found: list[Token], first: int) -> Iterator[int]:
    """Yield where a name that begins at `first` may end, the farthest first."""
    yield from range(min(len(found), first + gazetteer.longest + 2), first, -1)


def _meant(found: list[Token], place: int, last: int, *, shouted: bool) -> bool:
    """Return whether the name at `place` is meant as a municipality."""
    before = [token.folded for token in found[max(0, place - 3) : place]]
    if before[-1:] == ["."] and before[-2:-1] and before[-2] in ELSE_BEFORE:
        return False
    linked = before[-1:] and before[-1] in _LINKS
    announced = before[:-1] if linked else before[-1:]
    if (announced and announced[-1] in ELSE_BEFORE) or (before and before[-1] in ELSE_BEFORE):
        return False
    if announced and announced[-1] in TOWN_BEFORE:
        return True
    capital = all(token.written[0].isupper() for token in found[place:last] if len(token.folded) > 3)
    if shouted or not capital or not found[place].written[0].isupper():
        return False
    if last - place > 1:
        return True
    if found[place].folded in COMMON:
        return bool(before) and before[-1] in WHERE
    return not _part_of_a_name(found, place, last)


def _part_of_a_name(found: list[Token], place: int, last: int) -> bool:
    """Return whether a one-word name stands beside another capital: «Mario Bellano», «Bellano Rossi»."""
    before = found[place - 1] if place else None
    after = found[last] if last < len(found) else None
    begins = place < 2 or found[place - 2].folded in _ENDS
    beside = before is not None and before.written[0].isupper() and not begins and before.folded not in WHERE
    return beside or (after is not None and after.written[0].isupper() and after.written[1:2].islower())


def _shouted(text: str) -> bool:
    """Return whether capital letters say nothing, because there is hardly anything else."""
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) > len(letters) / 2


def _words(name: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(name))


def _aliases(name: str) -> Iterator[tuple[str, ...]]:
    """Yield what may follow «comunità montana»: the whole name, and its first part where it lists valleys."""
    for part in (name, name.split(",")[0], name.split(" - ")[0]):
        words = tuple(token.folded for token in tokens(part) if token.is_word)
        rest = words[2:] if words[:2] == ("comunita", "montana") else words
        yield rest[1:] if rest and rest[0] in _LINKS else rest


def _only(pairs: Iterable[tuple[tuple[str, ...], str]]) -> dict[tuple[str, ...], str]:
    codes: dict[tuple[str, ...], set[str]] = {}
    for words, code in pairs:
        codes.setdefault(words, set()).add(code)
    return {words: min(found) for words, found in sorted(codes.items()) if words and len(found) == 1}
