"""Why a laboratory is proposed: facts first, then one sentence in each language, never a bare number."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from raccordo_graph.knowledge import Knowledge, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWord:
    """A word of both sides, as each of them writes it, and its part of the words factor."""

    need: str
    laboratory: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """The reasons of a match, as data and as a sentence.

    `shared_themes` are slugs that the need and the laboratory both hold; `path` is the likeliest way of the walk
    over themes, from the need's word or theme to the laboratory; `distance_km` is as the crow flies, ``None``
    when the place or the campus is unknown; `free_places` of ``None`` reads "da chiedere".
    """

    shared_words: tuple[SharedWord, ...]
    shared_themes: tuple[str, ...]
    path: "tuple[Node, ...]"
    campus: str | None
    distance_km: float | None
    free_places: int | None
    sentence_it: str
    sentence_en: str


TOLD_THEMES = 2
TOLD_WORDS = 3


def sentence_it(
    graph: "Knowledge",
    themes: tuple[str, ...],
    words: tuple[SharedWord, ...],
    path: "tuple[Node, ...]",
    campus: str | None,
    km: float | None,
) -> str:
    """Return the Italian sentence, such as ``Lavora su strade e ponti; il polo di Lecco è a 14 km.``"""
    labels = [_lower(graph.nodes["theme", slug]["label_it"]) for slug in themes[:TOLD_THEMES]]
    quoted = [f"«{word.laboratory}»" for word in words[:TOLD_WORDS]]
    near = _nearby(graph, path, "label_it")
    if labels:
        clause = f"Lavora su {' e su '.join(labels)}"
    elif quoted:
        clause = f"Ha in comune con il bisogno {'la parola' if len(quoted) == 1 else 'le parole'} {_and(quoted, 'e')}"
    elif near:
        clause = f"Si occupa di un tema vicino, {near}"
    else:
        return "Nessuna parola e nessun tema in comune: non c’è un motivo per proporlo."
    return f"{clause}{_where_it(graph, campus, km)}."


def sentence_en(
    graph: "Knowledge",
    themes: tuple[str, ...],
    words: tuple[SharedWord, ...],
    path: "tuple[Node, ...]",
    campus: str | None,
    km: float | None,
) -> str:
    """Return the English sentence, such as ``Works on roads and bridges; the Lecco campus is 14 km away.``"""
    labels = [_lower(graph.nodes["theme", slug]["label_en"]) for slug in themes[:TOLD_THEMES]]
    quoted = [f"“{word.laboratory}”" for word in words[:TOLD_WORDS]]
    near = _nearby(graph, path, "label_en")
    if labels:
        clause = f"Works on {' and on '.join(labels)}"
    elif quoted:
        clause = f"Shares with the need the {'word' if len(quoted) == 1 else 'words'} {_and(quoted, 'and')}"
    elif near:
        clause = f"Works on a neighbouring theme, {near}"
    else:
        return "No word and no theme in common: there is no reason to suggest it."
    return f"{clause}{_where_en(graph, campus, km)}."


def _lower(label: str) -> str:
    """Return `label` as it reads inside a sentence: its first word keeps its capitals only if it is an acronym."""
    first = label.split(" ", 1)[0]
    return (
        label if first.rstrip(",:;")[1:] != first.rstrip(",:;")[1:].lower() else label[:1].lower() + label[1:]
    )


def _and(items: list[str], conjunction: str) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def _nearby(graph: "Knowledge", path: "tuple[Node, ...]", label: str) -> str:
    """Return the last theme on the way, in words."""
    themes = [node for node in path if node[0] == "theme"]
    return _lower(graph.nodes[themes[-1]][label]) if themes else ""


def _where_it(graph: "Knowledge", campus: str | None, km: float | None) -> str:
    if campus is None:
        return "; la sede non è nota"
    if km is None:
        return ""
    name = graph.nodes["campus", campus]["name"].split(" (", 1)[0]
    town = name.removeprefix("Polo territoriale di ")
    seat = f"il polo di {town}" if town != name else f"la sede di {name}"
    return f"; {seat} è a {_km(km, 'meno di 1')} km"


def _where_en(graph: "Knowledge", campus: str | None, km: float | None) -> str:
    if campus is None:
        return "; its seat is not known"
    if km is None:
        return ""
    name = graph.nodes["campus", campus]["name"].split(" (", 1)[0].removeprefix("Polo territoriale di ")
    return f"; the {name} campus is {_km(km, 'less than 1')} km away"


def _km(km: float, nearest: str) -> str:
    return nearest if km < 1 else str(round(km))
