"""How numbers, dates and texts in two languages are written on a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from babel.numbers import format_decimal, format_percent

from raccordo.language import Sentence
from raccordo.spoken import Day

LOCALES = {"it": "it_IT", "en": "en_GB"}
NOT_READ = ("recalled", "recalled - not verified")  # as the reference data mark it
PATTERNS = {0: "#,##0", 1: "#,##0.0", 2: "#,##0.00", 3: "#,##0.000"}


def number(value: float, language: str, digits: int = 0) -> str:
    """Thousands and decimals as the reader expects them.

    >>> number(1501, "it"), number(0.8213, "it", 2), number(1501, "en")
    ('1.501', '0,82', '1,501')
    """
    return format_decimal(value, format=PATTERNS[digits], locale=LOCALES[language])


def kilometres(value: float, language: str) -> str:
    """Whole kilometres; what is nearer than one is said in words.

    >>> kilometres(14.4, "it"), kilometres(0.2, "it")
    ('14 km', 'meno di 1 km')
    """
    nearest = {"it": "meno di 1 km", "en": "less than 1 km"}
    return nearest[language] if value < 1 else f"{number(round(value), language)} km"


def percentage(share: float, language: str, digits: int = 0) -> str:
    """A share between 0 and 1.

    >>> percentage(0.237, "it", 1)
    '23,7%'
    """
    pattern = {0: "#,##0%", 1: "#,##0.0%", 2: "#,##0.00%"}[digits]
    return format_percent(share, format=pattern, locale=LOCALES[language])


def day(value: date, language: str) -> str:
    """A day in words.

    >>> day(date(2013, 6, 1), "it"), day(date(2026, 11, 22), "en")
    ('1º giugno 2013', '22 November 2026')
    """
    return Day(value).say(language)


def quoted(text: str, language: str) -> str:
    """A word of somebody else's text.

    >>> quoted("ponte", "it"), quoted("ponte", "en")
    ('«ponte»', '“ponte”')
    """
    return f"“{text}”" if language == "en" else f"«{text}»"


def local(thing: object, name: str, language: str) -> str:
    """The field `name` of a value that has it in both languages, as `name_it` and `name_en`."""
    return str(getattr(thing, f"{name}_{language}"))


def source(text: str, language: str) -> str:
    """Where a row of the reference data comes from; a row that nobody read anywhere says so in words.

    >>> source("ISTAT 2023", "it"), source("recalled", "it")
    ('ISTAT 2023', 'ricordato, non letto in una fonte')
    """
    return Sentence("ricordato, non letto in una fonte").say(language) if text in NOT_READ else text


def filters(language: str) -> dict[str, Callable[..., str]]:
    """The template filters of one language."""

    def bound(function: Callable[..., str]) -> Callable[..., str]:
        return lambda value, *rest: function(value, *_placed(function, rest, language))

    return {name: bound(function) for name, function in FILTERS.items()}


FILTERS: dict[str, Callable[..., str]] = {
    "number": number,
    "km": kilometres,
    "percent": percentage,
    "day": day,
    "local": local,
    "source": source,
}


def _placed(function: Callable[..., str], rest: tuple[object, ...], language: str) -> tuple[object, ...]:
    # `local` takes the field's name before the language, the others their digits after it.
    return (*rest, language) if function is local else (language, *rest)
