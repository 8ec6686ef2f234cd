"""What a plan is asked for: the words of the form as numbers, or a sentence beside each field that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from raccordo.language import Sentence
from raccordo.refusals import FieldRefusal, Refused
from raccordo.whole_numbers import whole
from raccordo.written_text import problems, tidied
from raccordo_graph import Band

T = TypeVar("T")
NAME, LINES, LINE = 80, 2_000, 120  # characters of a name, lines of a list, characters of a line
BANDS = (Band.WEAK, Band.PLAUSIBLE, Band.STRONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioInput:
    """The form as typed; the defaults are those of an empty form."""

    name: str = ""
    least_each: str = "1"
    most_each: str = "1"
    assumed_places: str = "2"
    least_band: str = Band.WEAK.value
    examples: str = ""
    size_share: str = "0"
    mountain_share: str = "0"
    province_share: str = "0"
    floor_fit: str = "30"
    tolerance: str = "0.6"
    seed: str = "0"
    quotas: str = ""
    demands: str = ""
    floors: str = ""
    let_go: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """The same, understood. Shares, `floor_fit` and `tolerance` are percentages; limits are (least, most).

    `quotas` are by laboratory, `demands` by need, `floors` the needs asked for by group, `let_go` the pairs whose lock
    this scenario does not keep.
    """

    name: str
    least_each: int
    most_each: int
    assumed_places: int
    least_band: Band
    examples: bool
    size_share: int
    mountain_share: int
    province_share: int
    floor_fit: int
    tolerance: float
    seed: int
    quotas: Mapping[str, tuple[int, int]]
    demands: Mapping[int, tuple[int, int]]
    floors: Mapping[str, int]
    let_go: tuple[tuple[int, str], ...]

    def stored(self) -> dict[str, Any]:
        """The scenario as JSON; `Scenario.read` is the way back."""
        values = asdict(self)
        values["demands"] = {str(need): list(limits) for need, limits in self.demands.items()}
        values["quotas"] = {slug: list(limits) for slug, limits in self.quotas.items()}
        values["let_go"] = [list(pair) for pair in self.let_go]
        return values

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Scenario:
        """The scenario that `stored` wrote."""
        return cls(
            **{
                **values,
                "least_band": Band(values["least_band"]),
                "quotas": {slug: (least, most) for slug, (least, most) in values["quotas"].items()},
                "demands": {int(need): (least, most) for need, (least, most) in values["demands"].items()},
                "let_go": tuple((need, slug) for need, slug in values["let_go"]),
            }
        )

    def typed(self) -> ScenarioInput:
        """The scenario as a form would have it, to change one thing and compute again."""
        plain = {one.name: str(getattr(self, one.name)) for one in fields(ScenarioInput)}
        return ScenarioInput(
            **{
                **plain,
                "examples": "si" if self.examples else "",
                "tolerance": f"{self.tolerance:g}",
                "quotas": "\n".join(f"{slug} {_limits(*two)}" for slug, two in self.quotas.items()),
                "demands": "\n".join(f"{need} {_limits(*two)}" for need, two in self.demands.items()),
                "floors": "\n".join(f"{key} {least}" for key, least in self.floors.items()),
                "let_go": "\n".join(f"{need} {slug}" for need, slug in self.let_go),
            }
        )


def understood(written: ScenarioInput) -> Scenario:
    """The scenario that a form asks for; raises Refused with a sentence for each field that is wrong."""
    reading = _Reading(written)
    scenario = Scenario(
        name=reading.name(),
        least_each=reading.number("least_each", 0, 5),
        most_each=reading.number("most_each", 1, 5),
        assumed_places=reading.number("assumed_places", 0, 99),
        least_band=reading.band(),
        examples=written.examples.strip() not in {"", "0", "no", "false"},
        size_share=reading.number("size_share", 0, 100),
        mountain_share=reading.number("mountain_share", 0, 100),
        province_share=reading.number("province_share", 0, 100),
        floor_fit=reading.number("floor_fit", 0, 100),
        tolerance=reading.percentage("tolerance", 10),
        seed=reading.number("seed", 0, 999_999),
        quotas=dict(reading.lines("quotas", r"([a-z0-9-]{1,64})\s+(?:(\d{1,4})-)?(\d{1,4})", _quota)),
        demands=dict(reading.lines("demands", r"(\d{1,7})\s+(?:(\d{1,2})-)?(\d{1,2})", _demand)),
        floors=dict(reading.lines("floors", r"(\w{1,16}(?::[\w-]{1,32})?)\s+(\d{1,4})", _floor)),
        let_go=tuple(dict.fromkeys(reading.lines("let_go", r"(\d{1,7})\s+([a-z0-9-]{1,64})", _pair))),
    )
    if not reading.wrong and scenario.least_each > scenario.most_each:
        reading.refuse("least_each", Sentence("Al meno non può superare l’al più."), "more_than_most")
    if reading.wrong:
        raise Refused(
            "invalid",
            Sentence("Lo scenario non si può ancora calcolare: ecco che cosa correggere."),
            reading.wrong,
        )
    return scenario


SHAPES: Mapping[str, str] = {
    "quotas": "lia 1-4",
    "demands": "28 0-2",
    "floors": "province:097 3",
    "let_go": "28 lia",
}


class _Reading:
    """Reads fields one by one and collects what is wrong."""

    def __init__(self, written: ScenarioInput) -> None:
        self.written = written
        self.wrong: list[FieldRefusal] = []

    def refuse(self, field: str, sentence: Sentence, code: str = "out_of_range") -> None:
        self.wrong.append(FieldRefusal(field, code, sentence))

    def name(self) -> str:
        name = tidied(" ".join(self.written.name.split()))
        missing = Sentence("Manca il nome dello scenario: due parole per ritrovarlo.")
        self.wrong.extend(problems("name", name, NAME, missing))
        return name

    def number(self, field: str, least: int, most: int) -> int:
        found = whole(str(getattr(self.written, field)), least, most)
        if found is not None:
            return found
        values = {"least": least, "most": most}
        self.refuse(field, Sentence("Serve un numero intero da {least} a {most}.", values))
        return least

    def percentage(self, field: str, most: int) -> float:
        text = str(getattr(self.written, field)).strip().replace(",", ".")
        if re.fullmatch(r"\d{1,3}(\.\d{1,4})?", text, re.ASCII) and float(text) <= most:
            return float(text)
        self.refuse(field, Sentence("Serve una percentuale da 0 a {most}, per esempio 0,6.", {"most": most}))
        return 0.0

    def band(self) -> Band:
        if self.written.least_band in {band.value for band in BANDS}:
            return Band(self.written.least_band)
        self.refuse("least_band", Sentence("Questa fascia non esiste."), "unknown")
        return Band.WEAK

    def lines(self, field: str, shape: str, make: Callable[[re.Match[str]], T | None]) -> Iterator[T]:
        """What `make` finds in each line of the shape; a line that is wrong is named by its number."""
        rows = str(getattr(self.written, field)).splitlines()
        if len(rows) > LINES:
            self.refuse(field, Sentence("Le righe sono al massimo {most}.", {"most": LINES}), "too_long")
            return
        for number, row in enumerate(rows, 1):
            if not row.strip():
                continue
            found = re.fullmatch(shape, row.strip()[: LINE + 1], re.ASCII)
            made = make(found) if found else None
            if made is None:
                sentence = Sentence(
                    "Riga {number}: «{row}» non si legge; si scrive come «{example}».",
                    {"number": number, "row": row.strip()[:40], "example": SHAPES[field]},
                )
                self.refuse(field, sentence, "unreadable")
            else:
                yield made


def _between(found: re.Match[str]) -> tuple[int, int] | None:
    most = int(found[3])
    least = most if found[2] is None else int(found[2])
    return (least, most) if least <= most else None


def _quota(found: re.Match[str]) -> tuple[str, tuple[int, int]] | None:
    two = _between(found)
    # One number is what a laboratory takes at most; for a need it is what it gets.
    return (found[1], two if found[2] is not None else (0, two[1])) if two else None


def _demand(found: re.Match[str]) -> tuple[int, tuple[int, int]] | None:
    two = _between(found)
    return (int(found[1]), two) if two else None


def _floor(found: re.Match[str]) -> tuple[str, int]:
    return found[1], int(found[2])


def _pair(found: re.Match[str]) -> tuple[int, str]:
    return int(found[1]), found[2]


def _limits(least: int, most: int) -> str:
    return f"{least}-{most}"
