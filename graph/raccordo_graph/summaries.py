"""A short English summary of a need, from a template and the English labels of what was recognised.

It translates nothing: what the lexicon does not recognise is not in it, and whoever publishes it confirms or rewrites it.
"""

from dataclasses import dataclass
from datetime import date

from raccordo_graph.initiatives import KINDS
from raccordo_graph.intents import JOINT

LONGEST = 600
"""Characters of a summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What is known of a need: names and English labels, the most telling first; None and "" where nothing is."""

    who: str = ""
    inhabitants: int = 0
    intent: str = ""
    concepts: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    euros: int | None = None


def summary(known: Recognised) -> str:
    """Return the sentences, "" where neither a subject nor a kind was recognised.

    >>> print(summary(Recognised(who="Ballabio", inhabitants=4000, intent="STUDY", concepts=("Bridges",),
    ...     themes=("Roads and bridges",), last=date(2027, 6, 30), euros=15000)))
    Ballabio (4,000 inhabitants) asks for a study about bridges (roads and bridges); by 30 June 2027; budget 15,000 euros.
    """
    subjects = _lowered(known.concepts[:2]) or _lowered(known.themes[:1]) or _lowered(known.functions[:1])
    if not subjects and not known.intent:
        return ""
    who = known.who or "A municipality"
    if known.inhabitants:
        who += f" ({known.inhabitants:,} inhabitants)"
    parts = [f"{who} asks for {_asked(known.intent)}{_about(known, subjects)}"]
    if known.places:
        parts.append("in " + " and ".join(known.places[:3]))
    parts += [
        part for part in (_period(known), f"budget {known.euros:,} euros" if known.euros else "") if part
    ]
    return ("; ".join(parts) + ".")[:LONGEST]


def _asked(intent: str) -> str:
    if intent == JOINT:
        return "joint management with other municipalities"
    return KINDS[intent].english if intent in KINDS else "help"


def _about(known: Recognised, subjects: list[str]) -> str:
    if not subjects:
        return ""
    themes = [one for one in _lowered(known.themes[:1]) if one not in subjects]
    return f" about {' and '.join(subjects)}" + (f" ({themes[0]})" if themes else "")


def _lowered(labels: tuple[str, ...]) -> list[str]:
    """Return labels as they stand inside a sentence; an abbreviation keeps its capitals."""
    return [
        label[:1].lower() + label[1:] if label[1:2].islower() else label
        for label in dict.fromkeys(labels)
        if label
    ]


def _period(known: Recognised) -> str:
    if known.first and known.last:
        return f"from {_day(known.first)} to {_day(known.last)}"
    if known.first:
        return f"from {_day(known.first)}"
    return f"by {_day(known.last)}" if known.last else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
