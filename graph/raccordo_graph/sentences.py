"""A match in one sentence of each language: the reason first, then the way there, no number before its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from raccordo_graph.feedback import NEVER, Answered
from raccordo_graph.initiatives import KINDS, Wanted, name_of_semester
from raccordo_graph.text import Language

if TYPE_CHECKING:
    from raccordo_graph.knowledge import Knowledge, Node

TOLD_THEMES = 2
"""Themes in one sentence; the others are in the data."""

TOLD_WORDS = 3
"""Words in one sentence, likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The phrases of one language; `label` is the attribute of the graph's nodes that speaks it.

    Each `neighbour` tells a way of the walk by the last node before the laboratory: a theme that it states, one
    that its texts only touch, a sector, its department.
    """

    language: Language
    label: str
    works_on: str
    and_on: str
    in_common: tuple[str, str]
    shares: tuple[str, str]
    meets: str
    neighbours: Mapping[str, str]
    nothing: str
    unknown_seat: str
    branch: str
    seat: str
    nearest: str
    beyond: str
    places: tuple[str, str, str]
    purpose: str
    declined: tuple[str, str]
    accepted: tuple[str, str]
    quotes: str
    conjunction: str


ITALIAN = Phrases(
    language="it",
    label="label_it",
    works_on="Lavora su {}",
    and_on=" e su ",
    in_common=("parola in comune: {}", "parole in comune: {}"),
    shares=("Ha in comune con il bisogno la parola {}", "Ha in comune con il bisogno le parole {}"),
    meets="{} nel bisogno e {} nella scheda parlano della stessa cosa: {}",
    neighbours={
        "treated_by": "La sua scheda parla di {}",
        "stated_by": "Dice di occuparsi di {}",
        "suits": "Può occuparsi di {} (da confermare dal laboratorio)",
        "studied_by": "Si occupa di un tema vicino: {}",
        "touched_by": "I suoi testi toccano il tema: {}",
        "pursued_by": "Lavora in un settore vicino: {}",
        "houses": "Il suo dipartimento ({}) segue temi vicini",
    },
    nothing="Nessuna parola e nessun tema in comune: non c’è un motivo per proporlo.",
    unknown_seat="la sede non è nota",
    branch="il polo di {} è a {} km",
    seat="la sede di {} è a {} km",
    nearest="meno di 1",
    beyond="oltre i {} km che il laboratorio ha detto di percorrere",
    places=("nel {} non ha posti liberi", "nel {} ha un posto libero", "nel {} ha {} posti liberi"),
    purpose=" per {}",
    declined=(
        "ha rifiutato un bisogno simile: non è il suo campo",
        "ha rifiutato {} bisogni simili: non è il suo campo",
    ),
    accepted=("ha accettato un bisogno simile", "ha accettato {} bisogni simili"),
    quotes="«{}»",
    conjunction=" e ",
)

ENGLISH = Phrases(
    language="en",
    label="label_en",
    works_on="Works on {}",
    and_on=" and on ",
    in_common=("word in common: {}", "words in common: {}"),
    shares=("Shares with the need the word {}", "Shares with the need the words {}"),
    meets="{} in the need and {} on the card speak of the same thing: {}",
    neighbours={
        "treated_by": "Its card speaks of {}",
        "stated_by": "Says that it works on {}",
        "suits": "May work on {} (for the laboratory to confirm)",
        "studied_by": "Works on a neighbouring theme: {}",
        "touched_by": "Its texts touch the theme: {}",
        "pursued_by": "Works in a neighbouring sector: {}",
        "houses": "Its department ({}) follows neighbouring themes",
    },
    nothing="No word and no theme in common: there is no reason to suggest it.",
    unknown_seat="its seat is not known",
    branch="the {} campus is {} km away",
    seat="the {} campus is {} km away",
    nearest="less than 1",
    beyond="beyond the {} km that the laboratory says it travels",
    places=(
        "in the {} it has no free places",
        "in the {} it has one free place",
        "in the {} it has {} free places",
    ),
    purpose=" for {}",
    declined=(
        "it declined a need like this one: not its field",
        "it declined {} needs like this one: not its field",
    ),
    accepted=("it accepted a need like this one", "it accepted {} needs like this one"),
    quotes="“{}”",
    conjunction=" and ",
)

BRANCH = "Polo territoriale di "
"""How the names of the university's branches begin; in a sentence they are "il polo di"."""


def sentence(
    phrases: Phrases,
    graph: "Knowledge",
    themes: Sequence[str],
    words: Sequence[str],
    meeting: tuple[str, str, str] | None,
    path: "Sequence[Node]",
    campus: str | None,
    km: float | None,
    *,
    subject: tuple[str, str] | None = None,
    beyond_km: int | None = None,
    places: tuple[int, Wanted] | None = None,
    answered: Answered = NEVER,
) -> str:
    """Return a sentence such as ``Lavora su ponti e frane; il polo di Lecco è a 14 km.``

    `themes` are slugs, `words` stand as the laboratory writes them; `meeting` is a word of the need, a different one
    of the laboratory, and the concept (slug) in which they meet; `path` is the way of the walk; `subject` is a concept
    (slug) of both sides for which the laboratory has no word of its own, and the kind of its link; `beyond_km` is the radius that the laboratory
    travels where the need lies beyond it, `places` are those free for what the need wants in its semester, and `answered`
    counts its answers to needs like it.

    >>> from raccordo_graph.knowledge import build
    >>> from raccordo_graph.valley import VALLEY
    >>> sentence(ENGLISH, build(VALLEY), ["frane"], ["pioggia"], None, [], "LC", 14.2)
    'Works on landslides and floods; word in common: “pioggia”; the Lecco campus is 14 km away.'
    """
    clauses = _shared(phrases, graph, themes, words, meeting, subject) or _way(phrases, graph, path)
    if not clauses:
        return phrases.nothing
    far = [] if beyond_km is None else [phrases.beyond.format(beyond_km)]
    free = [] if places is None else [_places(phrases, *places)]
    return (
        "; ".join(clauses + _where(phrases, graph, campus, km) + far + free + _answers(phrases, answered))
        + "."
    )


def _shared(
    phrases: Phrases,
    graph: "Knowledge",
    themes: Sequence[str],
    words: Sequence[str],
    meeting: tuple[str, str, str] | None,
    subject: tuple[str, str] | None,
) -> list[str]:
    labels = [in_running_text(graph.nodes["theme", slug][phrases.label]) for slug in themes[:TOLD_THEMES]]
    quoted = [phrases.quotes.format(word) for word in words[:TOLD_WORDS]]
    several = len(quoted) > 1
    clauses = []
    if labels:
        clauses.append(phrases.works_on.format(phrases.and_on.join(labels)))
        if quoted:
            clauses.append(phrases.in_common[several].format(", ".join(quoted)))
    elif quoted:
        clauses.append(phrases.shares[several].format(_joined(quoted, phrases.conjunction)))
    if meeting:
        need, card, concept = meeting
        label = in_running_text(graph.nodes["concept", concept][phrases.label])
        clauses.append(phrases.meets.format(phrases.quotes.format(need), phrases.quotes.format(card), label))
    if subject:
        concept, kind = subject
        said = phrases.neighbours[kind].format(
            in_running_text(graph.nodes["concept", concept][phrases.label])
        )
        clauses.append(in_running_text(said) if clauses else said)
    return clauses


def _way(phrases: Phrases, graph: "Knowledge", path: "Sequence[Node]") -> list[str]:
    if not path:
        return []
    last = graph.nodes[path[-2]][phrases.label]
    kind = graph.edges[path[-2], path[-1]]["kind"]
    return [phrases.neighbours[kind].format(last if kind == "houses" else in_running_text(last))]


def in_running_text(label: str) -> str:
    """Return `label` with a small initial, unless its first word is an acronym.

    >>> in_running_text("Strade, ponti e infrastrutture"), in_running_text("SUE e SUAP")
    ('strade, ponti e infrastrutture', 'SUE e SUAP')
    """
    acronym = any(letter.isupper() for letter in label.split(" ", 1)[0][1:])
    return label if acronym else label[:1].lower() + label[1:]


def _joined(items: Sequence[str], conjunction: str) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + conjunction + items[-1]


def _answers(phrases: Phrases, answered: Answered) -> list[str]:
    counted = ((answered.accepted, phrases.accepted), (answered.declined, phrases.declined))
    return [forms[count > 1].format(count) for count, forms in counted if count]


def _places(phrases: Phrases, free: int, wanted: Wanted) -> str:
    semester = name_of_semester(wanted.semester, phrases.language)
    kind = (
        getattr(KINDS[wanted.kind], "italian" if phrases.language == "it" else "english")
        if wanted.kind
        else ""
    )
    return phrases.places[min(free, 2)].format(semester, free) + (
        phrases.purpose.format(kind) if kind else ""
    )


def _where(phrases: Phrases, graph: "Knowledge", campus: str | None, km: float | None) -> list[str]:
    if campus is None:
        return [phrases.unknown_seat]
    if km is None:
        return []
    name = graph.nodes["campus", campus]["name"].split(" (", 1)[0]
    phrase = phrases.branch if name.startswith(BRANCH) else phrases.seat
    return [phrase.format(name.removeprefix(BRANCH), phrases.nearest if km < 1 else round(km))]
