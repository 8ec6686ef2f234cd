"""A search that somebody follows: the address of a list of needs, read, written in one way, named in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from raccordo.catalogue import Catalogue
from raccordo.language import Sentence
from raccordo.models import ProvinceKind
from raccordo.municipalities import searched
from raccordo.need_search import NeedFilter, check
from raccordo.published import Axis
from raccordo.refusals import Refused, refused

T = TypeVar("T")

LONGEST = 400  # characters of a search as it is kept
READ = 4_000  # of an address: 200 characters of another alphabet are written in 1,800
AXIS_NAMES = {"ambientale": Axis.ENVIRONMENTAL, "sociale": Axis.SOCIAL, "economico": Axis.ECONOMIC}
EXAMPLES = {"si": True, "no": False}
FILTERS = ("testo", "tema", "funzione", "asse", "provincia", "comunita", "esempi")  # in the order of writing
PLACES = ("ordine", "pagina")  # how one looks at the list: the search is the same without them
UNKNOWN = Sentence("«{value}» non è fra le scelte possibili.")
AXES = {
    Axis.ENVIRONMENTAL: Sentence("sull’asse ambientale"),
    Axis.SOCIAL: Sentence("sull’asse sociale"),
    Axis.ECONOMIC: Sentence("sull’asse economico"),
}


def filter_of(asked: Mapping[str, str]) -> NeedFilter:
    """The filter that the values of an address ask for; raises Refused for a value that is no choice."""
    return NeedFilter(
        text=asked.get("testo", ""),
        function=asked.get("funzione") or None,
        theme=asked.get("tema") or None,
        axis=chosen(asked, "asse", AXIS_NAMES),
        province=asked.get("provincia") or None,
        mountain_community=asked.get("comunita") or None,
        example=chosen(asked, "esempi", EXAMPLES),
    )


def chosen(asked: Mapping[str, str], name: str, choices: Mapping[str, T]) -> T | None:
    """What one value of an address means; None when it says nothing. Raises Refused for any other."""
    value = asked.get(name, "")
    if value and value not in choices:
        raise refused(name, "unknown", Sentence(UNKNOWN.text, {"value": value[:40]}))
    return choices.get(value)


def canonical(catalogue: Catalogue, query: str) -> str:
    """The search as it is kept: whoever writes the same filters otherwise follows the same search.

    Words lose accents, order and repetitions; empty filters, order and page are left out. Examples are never
    news, so leaving them out is no filter. Raises Refused about the field `value`.
    """
    wanted, words = read(query)
    try:
        check(catalogue, wanted)
    except Refused as refusal:
        raise refused("value", "unknown", refusal.fields[0].sentence) from None
    if wanted.example:
        raise refused(
            "value",
            "examples",
            Sentence(
                "Gli esempi non portano novità: per seguire questa ricerca va tolto il filtro «solo esempi»."
            ),
        )
    written = _written(wanted, words)
    if len(written) > LONGEST:
        raise refused(
            "value",
            "too_long",
            Sentence("Questa ricerca è troppo lunga per seguirla: bastano poche parole."),
        )
    return written


def read(query: str) -> tuple[NeedFilter, tuple[str, ...]]:
    """The filter of a search and its words, folded; raises Refused about the field `value`."""
    if len(query) > READ:
        raise refused(
            "value",
            "too_long",
            Sentence("Una ricerca è l’indirizzo dell’elenco dei bisogni: questo è troppo lungo."),
        )
    pairs = [
        (name, value) for name, value in parse_qsl(query.lstrip("?"), errors="replace") if name not in PLACES
    ]
    for name, _ in pairs:
        if name not in FILTERS:
            raise refused(
                "value",
                "unknown",
                Sentence("«{name}» non è un filtro dell’elenco dei bisogni.", {"name": name[:40]}),
            )
    asked = dict(pairs)
    if len(asked) < len(pairs):
        raise refused(
            "value", "repeated", Sentence("Un filtro è scritto più di una volta: ne vale uno solo.")
        )
    try:
        wanted = filter_of(asked)
        return wanted, tuple(sorted(set(searched(wanted.text))))
    except Refused as refusal:
        raise refused("value", refusal.fields[0].code, refusal.fields[0].sentence) from None


# Ten thousand people follow a few thousand searches: kept ones are read once. What is typed is not kept.
kept = lru_cache(maxsize=16_384)(read)


def _written(wanted: NeedFilter, words: tuple[str, ...]) -> str:
    axis = next((name for name, axis in AXIS_NAMES.items() if axis is wanted.axis), None)
    values = (
        " ".join(words),
        wanted.theme,
        wanted.function,
        axis,
        wanted.province,
        wanted.mountain_community,
    )
    return urlencode([(name, value) for name, value in zip(FILTERS, values, strict=False) if value])


def name_of(catalogue: Catalogue, query: str, language: str) -> str:
    """The search in words: "Bisogni sul tema «Strade e ponti», in provincia di Lecco"; raises Refused like `read`."""
    wanted, words = read(query)
    check(catalogue, wanted)
    parts = [part.say(language) for part in _parts(catalogue, wanted, words, language)]
    if not parts:
        return Sentence("Tutti i bisogni").say(language)
    return Sentence("Bisogni {parts}", {"parts": ", ".join(parts)}).say(language)


def _parts(catalogue: Catalogue, wanted: NeedFilter, words: tuple[str, ...], language: str) -> list[Sentence]:
    found = []
    if wanted.theme:
        label = getattr(catalogue.themes[wanted.theme], f"label_{language}")
        found.append(Sentence("sul tema «{theme}»", {"theme": label}))
    if wanted.function:
        label = getattr(catalogue.functions[wanted.function], f"short_{language}")
        found.append(Sentence("per la funzione «{function}»", {"function": label}))
    if wanted.axis:
        found.append(AXES[wanted.axis])
    if words:
        found.append(Sentence("con le parole «{words}»", {"words": " ".join(words)}))
    if wanted.province:
        province = catalogue.provinces[wanted.province]
        metropolitan = province.kind is ProvinceKind.METROPOLITAN_CITY
        where = (
            Sentence("nella città metropolitana di {name}")
            if metropolitan
            else Sentence("in provincia di {name}")
        )
        found.append(Sentence(where.text, {"name": province.name}))
    if wanted.mountain_community:
        community = catalogue.mountain_communities[wanted.mountain_community]
        found.append(Sentence("nella {name}", {"name": community.name}))
    return found
