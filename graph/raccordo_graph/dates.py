"""When something is needed: «entro giugno», «nel 2027», «prima dell'estate», «il mese prossimo», relative to a given day.

Understood, in Italian and English: days (30/06/2027, 30 giugno 2027), months and seasons with or without a year, years,
halves and quarters of a year, the ends of this year and month, the next week, month and year, and «entro sei mesi».
What lies in the past is told as history and is no period of a need; a month without a year is the next one to come; a
season without a year counts only after «entro», «prima di», «per», «dopo» and the like.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from raccordo_graph.months import COUNTS, MONTHS, SEASONS, month_of, months_later, season_of
from raccordo_graph.spans import Token, tokens

FARTHEST = 15
"""Years from today; what is later is a horizon, no period."""

_MONTH = "|".join(MONTHS)
_SEASON = "|".join(SEASONS)
_COUNT = rf"\d{{1,3}}|{'|'.join(COUNTS)}"
_BY = (
    r"(?P<by>entro(?: e non oltre)?(?: il| la| l| lo| le)?|per(?: il| l| la)?|non oltre(?: il)?|prima d(?:el|i|ell|ella)?"
    r"|by(?: the)?|before(?: the)?|until(?: the)?|no later than)"
)
_AT = r"(?:(?P<from>dal|dall|da|dopo(?: il| l)?|a partire da(?:l|ll)?|from|after|since)|(?:in|nel|nell|nei|a|ad|ai|agli|alla|il|l|d|di|on|for))"
_PART_OF = r"(?:fine|meta|inizio|inizi|primi|ultimi) (?:d |di )?"
_FORMS: tuple[tuple[str, str], ...] = (
    ("day", r"(?P<d>\d{1,2}) ?[/.-] ?(?P<m>\d{1,2}) ?[/.-] ?(?P<y>\d{4})"),
    ("named_day", rf"(?P<d>\d{{1,2}})(?: °)? (?P<month>{_MONTH})(?: (?:del )?(?P<y>\d{{4}}))?"),
    ("part", r"(?P<part>primo|secondo|first|second) (?P<what>semestre|half)(?: (?:del |of )?(?P<y>\d{4}))?"),
    ("end", r"(?:la |the )?(?:fine|end) (?:d |dell |di |del |of |of the )?(?P<what>anno|mese|year|month)"),
    ("month", rf"(?:{_PART_OF}|mese di |end of )?(?P<month>{_MONTH})(?: (?:del )?(?P<y>\d{{4}}))?"),
    ("season", rf"(?:fine |inizio )?(?P<season>{_SEASON})(?: (?:del )?(?P<y>\d{{4}}))?"),
    (
        "within",
        rf"(?P<n>{_COUNT}) (?P<unit>giorni|settimane|settimana|mesi|mese|anni|anno|days|weeks|week|months|month|years|year)",
    ),
    (
        "next",
        r"(?P<unit>settimana|mese|anno) (?:prossim[oa]|che viene|entrante)|(?:prossim[oa]|next) (?P<unit2>settimana|mese|anno|week|month|year)",
    ),
    ("current", r"quest anno|(?:anno|year) in corso|this year"),
    ("this_year", r"anno|year"),
    ("year", r"(?:anno )?(?P<y>20\d\d)"),
)
_WITHIN = re.compile(
    rf"(?:entro|fra|tra|nei prossimi|nelle prossime|within|in the next) (?P<whole>{dict(_FORMS)['within']})(?![^ ])"
)
_PATTERNS = tuple(
    (name, re.compile(rf"(?<![^ ])(?:(?:{_BY}|{_AT}) )?(?P<whole>{form})(?![^ ])"))
    for name, form in _FORMS
    if name != "within"
)
_NEEDS_WORD = ("month",)
_IN_PASSING = ("", "d", "di")  # «le piogge di ottobre» names an event by its month
_NEEDS_TERM = (
    "this_year",
    "season",
)  # «d'estate il paese si riempie» tells a habit, not when something is needed
_DAYS = {"giorni": 1, "days": 1, "settimana": 7, "settimane": 7, "week": 7, "weeks": 7}
_MONTHS_OF = {"mese": 1, "mesi": 1, "month": 1, "months": 1, "anno": 12, "anni": 12, "year": 12, "years": 12}


class Period(NamedTuple):
    """From `first` (None: as soon as can be) to `last` (None: no end is told), as `written` from `start` to `end`."""

    first: date | None
    last: date | None
    start: int
    end: int
    written: str


def periods(text: str, today: date) -> tuple[Period, ...]:
    """Return the periods that `text` names, not before `today`, in its order and none over another.

    >>> [(one.written, one.last.isoformat()) for one in periods("Entro giugno, prima dell'estate", date(2026, 11, 24))]
    [('Entro giugno', '2027-06-30'), ("prima dell'estate", '2027-05-31')]
    >>> periods("La frana del 2019", date(2026, 11, 24))
    ()
    """
    found = tokens(text)
    said = " ".join("|" if token.folded == "\n" else token.folded for token in found)
    taken = bytearray(len(said))
    kept: dict[int, Period] = {}
    for begins, ends, first, last in _all(said, today):
        if any(taken[begins:ends]):
            continue
        taken[begins:ends] = b"\1" * (ends - begins)
        start, end = _places(found, said, begins, ends)
        if _ahead(first, last, today):
            kept[start] = Period(first, last, start, end, text[start:end])
    return tuple(kept[start] for start in sorted(kept))


def _all(said: str, today: date) -> Iterator[tuple[int, int, date | None, date | None]]:
    for found in _WITHIN.finditer(said):
        yield found.start(), found.end(), None, _later(today, found["n"], found["unit"])
    for name, pattern in _PATTERNS:
        for found in pattern.finditer(said):
            groups = found.groupdict()
            if _told_in_passing(name, groups, said[found.start() : found.start("whole")].strip()):
                continue
            try:
                first, last = _bounded(groups, *_READ[name](groups, today))
            except (ValueError, OverflowError):
                continue
            yield found.start(), found.end(), first, last


def _told_in_passing(name: str, groups: dict[str, str | None], lead: str) -> bool:
    """Return whether a bare month, year or season, after `lead`, says no period."""
    if name == "year":
        return not lead
    if groups.get("y"):
        return False
    termed = bool(groups.get("by") or groups.get("from"))
    return (name in _NEEDS_WORD and lead in _IN_PASSING) or (name in _NEEDS_TERM and not termed)


def _bounded(groups: dict[str, str | None], first: date, last: date) -> tuple[date | None, date | None]:
    """Return what «entro», «prima di» and «da» make of a period."""
    by = groups.get("by") or ""
    if by.startswith(("prima", "before")):
        return None, first - timedelta(days=1)
    if by:
        return None, last
    after = groups.get("from") or ""
    if after.startswith(("dopo", "after")):
        return last + timedelta(days=1), None
    return (first, None) if after else (first, last)


def _ahead(first: date | None, last: date | None, today: date) -> bool:
    farthest = today.replace(year=today.year + FARTHEST, day=min(today.day, 28))
    return (
        (last is None or today <= last <= farthest)
        and (first is None or first <= farthest)
        and not (last is None and (first is None or first < today))
    )


def _day(groups: dict[str, str | None], _: date) -> tuple[date, date]:
    day = date(int(groups["y"] or 0), int(groups["m"] or 0), int(groups["d"] or 0))
    return day, day


def _named_day(groups: dict[str, str | None], today: date) -> tuple[date, date]:
    month, number = MONTHS[groups["month"] or ""], int(groups["d"] or 0)
    if groups["y"]:
        day = date(int(groups["y"]), month, number)
    else:
        day = next(
            one
            for one in (_in(today.year, month, number), _in(today.year + 1, month, number))
            if one >= today
        )
    return day, day


def _in(year: int, month: int, number: int) -> date:
    return date(year, month, min(number, month_of(year, month)[1].day) if number <= 31 else number)


def _month(groups: dict[str, str | None], today: date) -> tuple[date, date]:
    month = MONTHS[groups["month"] or ""]
    return month_of(int(groups["y"] or 0) or today.year + (month < today.month), month)


def _season(groups: dict[str, str | None], today: date) -> tuple[date, date]:
    season = groups["season"] or ""
    if groups["y"]:
        return season_of(int(groups["y"]), season)
    spans = (season_of(year, season) for year in (today.year - 1, today.year, today.year + 1))
    # «Before the summer», said in summer, means the next one.
    return next(span for span in spans if (span[0] > today if groups.get("by") else span[1] >= today))


def _part(groups: dict[str, str | None], today: date) -> tuple[date, date]:
    second = (groups["part"] or "") in ("secondo", "second")
    year = int(groups["y"] or 0) or today.year + (not second and today.month > 6)
    return date(year, 7 if second else 1, 1), date(year, 12 if second else 6, 31 if second else 30)


def _end(groups: dict[str, str | None], today: date) -> tuple[date, date]:
    last = (
        date(today.year, 12, 31)
        if groups["what"] in ("anno", "year")
        else month_of(today.year, today.month)[1]
    )
    return today, last


def _next(groups: dict[str, str | None], today: date) -> tuple[date, date]:
    unit = groups["unit"] or groups["unit2"] or ""
    if unit in _DAYS:
        monday = today + timedelta(days=7 - today.weekday())
        return monday, monday + timedelta(days=6)
    if _MONTHS_OF[unit] == 12:
        return date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)
    following = months_later(today.replace(day=1), 1)
    return month_of(following.year, following.month)


def _this_year(_: dict[str, str | None], today: date) -> tuple[date, date]:
    return today, date(today.year, 12, 31)


def _year(groups: dict[str, str | None], _: date) -> tuple[date, date]:
    year = int(groups["y"] or 0)
    return date(year, 1, 1), date(year, 12, 31)


def _later(today: date, count: str, unit: str) -> date:
    number = int(count) if count.isdigit() else COUNTS[count]
    if unit in _DAYS:
        return today + timedelta(days=number * _DAYS[unit])
    return months_later(today, number * _MONTHS_OF[unit])


_READ: dict[str, Callable[[dict[str, str | None], date], tuple[date, date]]] = {
    "day": _day, "named_day": _named_day, "part": _part, "end": _end, "month": _month, "season": _season,
    "next": _next, "this_year": _this_year, "current": _this_year, "year": _year,
}  # fmt: skip


def _places(found: list[Token], said: str, begins: int, ends: int) -> tuple[int, int]:
    """Return from where to where in the text `begins` and `ends` of its tokens, joined by blanks, lie."""
    first = said.count(" ", 0, begins)
    last = first + said.count(" ", begins, ends)
    return found[first].start, found[last].end
