"""Municipalities as people type them: several in a text, by code or whole name, and one of them in front."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from raccordo import municipalities
from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.municipalities import folded
from raccordo.published import Municipality
from raccordo.refusals import FieldRefusal, NotFound

FEWEST = 2  # municipalities: fewer manage nothing together
MOST_MEMBERS = 60
SPLIT = re.compile(r"[,;\n]+|(?<=\d)\s+(?=\d)")  # between two codes a space is enough


def split(texts: Iterable[str]) -> tuple[str, ...]:
    """Every municipality that some texts name, each once, as typed."""
    parts = (part.strip() for text in texts for part in SPLIT.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def town_of(current: Catalogue, typed: str) -> Municipality:
    """The municipality that a code or a whole name means; a former code leads to the successor. Raises NotFound."""
    if typed[:1].isdigit():
        return municipalities.find(current, typed)
    found = [one for one in current.municipalities.values() if folded(one.name) == folded(typed)]
    if len(found) == 1:
        return found[0]
    if found:
        codes = ", ".join(one.istat_code for one in found)
        sentence = Sentence("Più comuni si chiamano «{name}»: va scritto il codice, uno di {codes}.")
        raise NotFound("ambiguous", Sentence(sentence.text, {"name": typed[:60], "codes": codes}))
    raise NotFound("unknown_municipality", _unknown(current, typed))


def town_in(
    current: Catalogue, field: str, typed: str | None, wrong: list[FieldRefusal]
) -> Municipality | None:
    """The municipality that a field names; None where it is empty, and also, with a refusal, where nobody is meant."""
    if not typed or not typed.strip():
        return None
    try:
        return town_of(current, typed.strip())
    except NotFound as missing:
        wrong.append(FieldRefusal(field, missing.code, missing.sentence))
        return None


def members_of(
    current: Catalogue,
    names: Collection[str],
    wrong: list[FieldRefusal],
    *,
    field: str = "members",
    fewest: int = FEWEST,
) -> tuple[Municipality, ...]:
    """The municipalities of a list in its order, each once; what is wrong with it is added to `wrong`."""
    if len(names) > MOST_MEMBERS:
        sentence = Sentence("Sono {count} comuni: il massimo è {most}.")
        values = {"count": len(names), "most": MOST_MEMBERS}
        wrong.append(FieldRefusal(field, "too_many", Sentence(sentence.text, values)))
        return ()
    before = len(wrong)
    towns = [town_in(current, field, name, wrong) for name in names]
    found = {town.istat_code: town for town in towns if town}
    if len(found) < fewest and len(wrong) == before:
        wrong.append(FieldRefusal(field, "too_few", Sentence("Servono almeno due comuni di oggi, diversi.")))
    return tuple(found.values())


def lead_of(
    current: Catalogue,
    typed: str | None,
    members: Collection[Municipality],
    wrong: list[FieldRefusal],
) -> Municipality | None:
    """The municipality in front, one of `members`; None where nobody is named or, with a refusal, cannot be."""
    town = town_in(current, "lead", typed, wrong)
    if town and members and town not in members:
        sentence = Sentence("Il capofila è uno dei comuni indicati: {name} non lo è.", {"name": town.name})
        wrong.append(FieldRefusal("lead", "no_member", sentence))
    return town


def _unknown(current: Catalogue, typed: str) -> Sentence:
    """A name that nobody has; the one of a municipality that merged away leads to what continues it."""
    ended = next(
        (one for one in current.successions.values() if folded(one.predecessor) == folded(typed)), None
    )
    if ended:
        return Sentence(
            "{name} non esiste più: lo continua {today}, da scrivere al suo posto.",
            {"name": ended.predecessor, "today": municipalities.find(current, ended.successor).name},
        )
    return Sentence(
        "«{name}» non è un comune della Lombardia: serve il nome intero, o il codice ISTAT di sei cifre.",
        {"name": typed[:60]},
    )
