"""The table of rights in words, for the documents: what may be done to a thing, by whom, when, and with which scope."""

from __future__ import annotations

from itertools import groupby

from raccordo.language import Sentence
from raccordo.models import Role
from raccordo.rights import EVERYBODY, KNOWN, OTHERS, RIGHTS, Right

HEADINGS = (
    Sentence("Che cosa"),
    Sentence("Atto"),
    Sentence("Chi"),
    Sentence("Quando"),
    Sentence("Permesso di un programma"),
)
# Sets of roles that have a name; all others are listed.
NAMED = {
    frozenset(EVERYBODY): Sentence("chiunque"),
    frozenset(KNOWN): Sentence("chi ha un ruolo"),
    frozenset(OTHERS): Sentence("tutti tranne chi coordina"),
}


def table(language: str) -> list[tuple[str, ...]]:
    """A row for each thing, act and condition, under HEADINGS; the roles of one row are alike."""
    rows: list[tuple[str, ...]] = []
    ordered = sorted(RIGHTS, key=_place)
    for (what, verb, condition, scope), alike in groupby(ordered, _key):
        roles = [right.who for right in alike]
        rows.append((what, verb, _who(roles, language), _when(condition, language), scope or "—"))
    return rows


def markdown(language: str) -> str:
    """The same as a table of a document."""
    head = tuple(heading.say(language) for heading in HEADINGS)
    rows: list[tuple[str, ...]] = [head, ("---",) * len(head), *table(language)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _key(right: Right) -> tuple[str, str, str, str]:
    return right.what, right.verb, right.condition.sentence.text, right.scope


def _place(right: Right) -> tuple[object, ...]:
    return (*_key(right), list(Role).index(right.who))


def _who(roles: list[Role], language: str) -> str:
    named = NAMED.get(frozenset(roles))
    return named.say(language) if named else ", ".join(role.value for role in roles)


def _when(condition: str, language: str) -> str:
    return Sentence(condition).say(language)
