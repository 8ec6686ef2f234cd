"""What is wrong with a file: each problem has a place and a remedy, and a refusal carries up to twenty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from raccordo.language import Sentence
from raccordo.refusals import FieldRefusal, Refused

MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to do; `line` 0 and an empty column mean the file as a whole."""

    file: str
    line: int
    column: str
    what: Sentence

    @property
    def sentence(self) -> Sentence:
        values = {"file": self.file, "line": self.line, "column": self.column, "what": self.what}
        if not self.line:
            return Sentence("{file}: {what}", values)
        if not self.column:
            return Sentence("{file}, riga {line}: {what}", values)
        return Sentence("{file}, riga {line}, colonna {column}: {what}", values)


class BrokenTable(Refused):
    """A file that cannot be taken as it is; nothing of it was."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        count = len(problems)
        super().__init__(
            "broken_table",
            Sentence("Problemi trovati: {count}. Non è cambiato nulla.", {"count": count})
            if count < MOST_PROBLEMS
            else Sentence("Problemi trovati: almeno {count}. Non è cambiato nulla.", {"count": count}),
            [
                FieldRefusal(f"{one.file}:{one.line}:{one.column}", "broken_table", one.sentence)
                for one in problems
            ],
        )
        self.problems = tuple(problems)


@dataclass(slots=True)
class Problems:
    """Problems as they are found: the twentieth is the last that anybody reads."""

    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int, column: str, what: Sentence) -> None:
        self.found.append(Problem(file, line, column, what))
        if len(self.found) >= MOST_PROBLEMS:
            raise BrokenTable(self.found)

    def refuse_any(self) -> None:
        if self.found:
            raise BrokenTable(self.found)
