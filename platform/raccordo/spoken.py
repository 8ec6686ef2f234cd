"""Numbers, days and lists inside a sentence, said as the reader's language writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from raccordo.days import ROME
from raccordo.language import Sentence

VALUE, DECIMALS = "value", "decimals"


class Amount(Sentence):
    """A number: 1.200 in Italian, 1,200 in English.

    >>> Amount(1200).say("it"), Amount(3.14, 1).say("en")
    ('1.200', '3.1')
    """

    def __init__(self, value: float, decimals: int = 0) -> None:
        super().__init__("{value}", {VALUE: value, DECIMALS: decimals})

    def say(self, language: str = "it") -> str:
        value: Any = self.values[VALUE]
        decimals: Any = self.values[DECIMALS]
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(value, format=pattern, locale=language)


class Day(Sentence):
    """A day as every page, mail and act writes it; the day of an instant is the one in Italy.

    >>> from datetime import UTC
    >>> Day(date(2026, 11, 1)).say("it"), Day(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)).say("en")
    ('1º novembre 2026', '24 November 2026')
    """

    def __init__(self, value: date) -> None:
        local = value.astimezone(ROME) if isinstance(value, datetime) else value
        super().__init__("{value}", {VALUE: local})

    @property
    def day(self) -> date:
        """The date."""
        value: Any = self.values[VALUE]
        return date(value.year, value.month, value.day)

    def say(self, language: str = "it") -> str:
        value: Any = self.values[VALUE]
        first = "º" if language == "it" and value.day == 1 else ""
        return f"{value.day}{first} {format_date(value, 'MMMM y', locale=language)}"


class Named(Sentence):
    """What the registry calls something in each language.

    >>> Named("polizia locale", "local police").say("en")
    'local police'
    """

    def __init__(self, it: str, en: str) -> None:
        super().__init__("{value}", {"it": it, "en": en})

    def say(self, language: str = "it") -> str:
        return str(self.values[language])


class Listed(Sentence):
    """Names one after the other.

    >>> Listed(["Pasturo", "Ballabio", "Introbio"]).say("it")
    'Pasturo, Ballabio e Introbio'
    """

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__("{value}", {VALUE: tuple(names)})

    def say(self, language: str = "it") -> str:
        names: Any = self.values[VALUE]
        return str(format_list(names, locale="en_GB" if language == "en" else language))


class Clauses(Sentence):
    """Several sentences as one: the first begins with a capital, a full stop ends it.

    >>> Clauses([Sentence("confina per 3 km"), Sentence("stessa provincia")]).say()
    'Confina per 3 km; stessa provincia.'
    """

    def __init__(self, parts: Iterable[Sentence]) -> None:
        super().__init__("{value}", {VALUE: tuple(parts)})

    def say(self, language: str = "it") -> str:
        parts: Any = self.values[VALUE]
        said = "; ".join(part.say(language) for part in parts)
        return f"{said[:1].upper()}{said[1:]}." if said else ""
