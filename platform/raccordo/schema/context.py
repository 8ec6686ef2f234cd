"""What one request carries to its resolvers: one picture, one actor, one language, one clock."""

from __future__ import annotations

import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import strawberry
from starlette.requests import HTTPConnection
from strawberry.dataloader import DataLoader

from raccordo import catalogue, needs, semester_places
from raccordo.catalogue import Catalogue
from raccordo.language import DEFAULT, LANGUAGES, Sentence
from raccordo.people import VISITOR, Actor
from raccordo.refusals import Refused
from raccordo.semester_places import SemesterPlaces

SECONDS = 10.0  # that one request may take

ActorOf = Callable[[HTTPConnection], Actor]
LanguageOf = Callable[[HTTPConnection], str]


async def _descriptions(numbers: list[int]) -> list[str | None]:
    texts = await needs.descriptions(numbers)
    return [texts.get(number) for number in numbers]


async def _semester_places(laboratories: list[str]) -> list[tuple[SemesterPlaces, ...]]:
    found = await semester_places.of_laboratories(laboratories)
    return [found.get(slug, ()) for slug in laboratories]


def _description_loader() -> DataLoader[int, str | None]:
    return DataLoader(load_fn=_descriptions)


def _places_loader() -> DataLoader[str, tuple[SemesterPlaces, ...]]:
    return DataLoader(load_fn=_semester_places)


@dataclass(slots=True)
class Context:
    """`descriptions` gathers the long texts of all needs of an answer into one statement, `places` those of semesters."""

    actor: Actor = VISITOR
    language: str = DEFAULT
    catalogue: Catalogue = field(default_factory=catalogue.current)
    deadline: float = field(default_factory=lambda: time.monotonic() + SECONDS)
    descriptions: DataLoader[int, str | None] = field(default_factory=_description_loader)
    places: DataLoader[str, tuple[SemesterPlaces, ...]] = field(default_factory=_places_loader)

    def moved(self) -> None:
        """A mutation changed what is published: what follows in the same answer sees it.

        The clock starts again: a change that happened is not to be answered as too slow.
        """
        self.deadline = time.monotonic() + SECONDS
        self.catalogue = catalogue.current()
        self.descriptions = _description_loader()
        self.places = _places_loader()

    def check_time(self) -> None:
        """Called before everything that may take long, since nothing can interrupt a computation."""
        if time.monotonic() > self.deadline:
            raise too_slow()

    @property
    def seconds_left(self) -> float:
        return max(0.0, self.deadline - time.monotonic())


Info = strawberry.Info[Context, None]


def too_slow() -> Refused:
    return Refused(
        "too_slow",
        Sentence(
            "La risposta richiede più di {seconds} secondi: va chiesto di meno alla volta.",
            {"seconds": int(SECONDS)},
        ),
    )


def accepted_language(connection: HTTPConnection) -> str:
    """The language that `Accept-Language` prefers among ours; Italian when it names none of them."""
    best, language = 0.0, DEFAULT
    for part in connection.headers.get("accept-language", "")[:500].split(","):
        tag, _, parameter = part.strip().partition(";")
        weight = _weight(parameter)
        if tag[:2].lower() in LANGUAGES and weight > best:
            best, language = weight, tag[:2].lower()
    return language


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0


def connection_of(scope: MutableMapping[str, Any]) -> HTTPConnection:
    """The request behind an ASGI scope, for whoever reads its cookies."""
    return HTTPConnection(scope)
