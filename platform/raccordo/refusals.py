"""The ways a rule says no. Both doors, pages and GraphQL, show them in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from raccordo.language import Sentence


@dataclass(frozen=True, slots=True)
class FieldRefusal:
    """What is wrong with one field of an input, and what to do."""

    field: str
    code: str
    sentence: Sentence


class Refusal(Exception):
    """A rule said no. `code` is stable for programs, `sentence` is for people."""

    def __init__(self, code: str, sentence: Sentence, fields: Iterable[FieldRefusal] = ()) -> None:
        super().__init__(code, sentence.say("en"))
        self.code = code
        self.sentence = sentence
        self.fields = tuple(fields)


class Refused(Refusal):
    """The input cannot be accepted as it is; `fields` says which and why."""


class NotAllowed(Refusal):
    """Whoever acts has no right to do this."""


class NotRecognised(Refusal):
    """Nobody can tell who acts: a token is unknown, or no longer valid."""


class NotFound(Refusal):
    """There is no such thing, or no longer: code `withdrawn` when it once was public."""


class Stale(Refused):
    """Somebody else changed it meanwhile; `current` is its present state."""

    def __init__(self, sentence: Sentence, current: object) -> None:
        super().__init__("stale", sentence, [FieldRefusal("version", "stale", sentence)])
        self.current = current


def refused(field: str, code: str, sentence: Sentence) -> Refused:
    """A refusal about a single field."""
    return Refused("invalid", sentence, [FieldRefusal(field, code, sentence)])
