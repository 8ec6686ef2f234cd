"""Whole numbers as people and programs write them: digits, and nothing that only looks like one."""

from __future__ import annotations

DIGITS = 19  # beyond, no column holds it, and reading it costs


def whole(text: str, least: int = 0, most: int = 999_999_999) -> int | None:
    """The whole number between `least` and `most` that somebody wrote, blanks around it aside; None for all else.

    >>> whole(" 12 "), whole("100", most=99), whole("²"), whole("-1")
    (12, None, None, None)
    """
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= DIGITS):
        return None
    return number if least <= (number := int(digits)) <= most else None
