"""Names of months, seasons and counts, folded, in Italian and English."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

MONTHS: Mapping[str, int] = {
    name: place % 12 + 1
    for place, name in enumerate(
        [
            "gennaio",
            "febbraio",
            "marzo",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ]
    )
}
"""Month by name."""

SEASONS: Mapping[str, tuple[int, int]] = {
    "primavera": (3, 5), "estate": (6, 8), "autunno": (9, 11), "inverno": (12, 2),
    "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2),
}  # fmt: skip
"""First and last month of each season; whole months, as officers mean them."""

COUNTS: Mapping[str, int] = {
    "un": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9,
    "dieci": 10, "dodici": 12, "quindici": 15, "diciotto": 18, "venti": 20, "ventiquattro": 24, "trenta": 30,
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12,
}  # fmt: skip
"""Small numbers in words."""


def month_of(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def season_of(year: int, season: str) -> tuple[date, date]:
    """Return the first and the last day of the season that begins in `year`."""
    first, last = SEASONS[season]
    return month_of(year, first)[0], month_of(year + (last < first), last)[1]


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
