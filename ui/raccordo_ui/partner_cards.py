"""Partners and groups made ready for a page: the reason first, then the number; the map and its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from raccordo.catalogue import Catalogue
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.partners import SuggestedGroup, SuggestedPartner
from raccordo.published import Municipality
from raccordo_graph import Factor, Place, affinity
from raccordo_graph.affinity import WEIGHTS
from raccordo_graph.partner_groups import GROUP_WEIGHTS
from raccordo_ui.drawings import Label
from raccordo_ui.formats import number
from raccordo_ui.language import address
from raccordo_ui.outlines import Box, box_of, outlines, point, shared_edges

LETTERS = 0.036  # height of a number on the map, as a share of the map
PAGE = "/gestioni-associate"

FACTORS = {
    "distance": Sentence("vicinanza"),
    "province": Sentence("stessa provincia"),
    "belonging": Sentence("stessa comunità montana o unione"),
    "border": Sentence("confine in comune"),
    "size": Sentence("grandezza simile"),
    "lead": Sentence("può fare da capofila"),
    "age": Sentence("età simile"),
    "needs": Sentence("bisogni in comune"),
    "evidence": Sentence("prove per la funzione"),
    "threshold": Sentence("soglia di riferimento"),
}
LOOKS_AT = {
    "distance": Sentence("I chilometri in linea d’aria tra i due territori: zero da {reach} in su."),
    "province": Sentence("Uffici, distretti e ambiti sociali seguono quasi sempre i confini delle province."),
    "belonging": Sentence(
        "Vale se appartengono alla stessa comunità montana o unione, o se nessuno dei due è in montagna; sta anche per"
        " i crinali, che nei dati non ci sono."
    ),
    "border": Sentence("I metri di confine, fino a {metres}. Può correre in un lago: non è una strada."),
    "size": Sentence("Quanto sono vicini gli abitanti: zero se uno ne ha {times} volte l’altro."),
    "lead": Sentence("Quanto è più grande l’altro, che potrebbe fare da capofila: pieno da {times} volte."),
    "age": Sentence("Quanto sono vicine le quote di residenti oltre i 65 anni."),
    "needs": Sentence("I temi che i bisogni pubblicati hanno in comune in quella funzione."),
    "evidence": Sentence("Che cosa dicono gli studi di quella funzione: uguale per tutti i comuni."),
    "threshold": Sentence("Solo per i gruppi: quanta parte della soglia di riferimento raggiungono."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRule:
    """One factor between municipalities in words; its weight in a pair, None where it has none, and in a group."""

    name: str
    looks_at: str
    weight: float | None
    in_group: float


def partner_rules(language: str) -> tuple[PartnerRule, ...]:
    """The factors in the order of their weights' table, with the numbers of the code."""
    numbers = {
        "reach": number(affinity.REACH_KM, language),
        "metres": number(affinity.LONG_BORDER, language),
        "times": affinity.SIZE_TIMES,
    }
    return tuple(
        PartnerRule(
            name=FACTORS[name].say(language),
            looks_at=Sentence(LOOKS_AT[name].text, numbers).say(language),
            weight=WEIGHTS.get(name),
            in_group=in_group,
        )
        for name, in_group in GROUP_WEIGHTS.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRow:
    """A partner in the list, on the map and in the table. `score` in hundredths, for the bar."""

    number: int
    municipality: Municipality
    why: str
    score: float
    shown: str
    tied: bool
    href: str
    path: str
    border: str
    contributions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCard:
    """A group in the list; `propose` leads to the form that proposes it."""

    members: tuple[Municipality, ...]
    why: str
    score: float
    shown: str
    href: str
    propose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedMap:
    """Municipalities on a map, numbered as in the table; `letters` is the size of the numbers."""

    box: Box
    labels: tuple[Label, ...]
    letters: float


def partner_rows(
    suggested: Sequence[SuggestedPartner], town: Municipality, letter: str, on: date, language: str
) -> tuple[PartnerRow, ...]:
    """The rows in the order of the ranking."""
    shapes = outlines().municipalities
    positions = [one.partner.position for one in suggested]
    return tuple(
        PartnerRow(
            number=place,
            municipality=one.municipality,
            why=one.why.say(language),
            score=round(100 * one.partner.score, 1),
            shown=number(one.partner.score, language, 2),
            tied=positions.count(one.partner.position) > 1,
            href=group_address(language, letter, [town.istat_code, one.municipality.istat_code], **at(on)),
            path=shapes[one.municipality.istat_code],
            border=shared_edges(shapes[town.istat_code], shapes[one.municipality.istat_code])
            if one.partner.metres
            else "",
            contributions=_contributions(one.partner.factors, language),
        )
        for place, one in enumerate(suggested, start=1)
    )


def group_cards(
    catalogue: Catalogue, suggested: Iterable[SuggestedGroup], letter: str, on: date, language: str
) -> tuple[GroupCard, ...]:
    """The cards in the order of the ranking."""
    return tuple(
        GroupCard(
            members=tuple(catalogue.municipalities[code] for code in one.group.members),
            why=one.why.say(language),
            score=round(100 * one.group.score, 1),
            shown=number(one.group.score, language, 2),
            href=group_address(language, letter, one.group.members, **at(on)),
            propose=proposal_address(language, letter, one.group.members, one.group.lead),
        )
        for one in suggested
    )


def group_address(language: str, letter: str, members: Sequence[str], **more: object) -> str:
    """The page that judges a group."""
    return address(language, f"{PAGE}/gruppo", funzione=letter, comuni=",".join(members), **more)


def at(on: date) -> dict[str, str]:
    """The day in an address; today needs none."""
    return {} if on == today() else {"data": on.isoformat()}


def proposal_address(language: str, letter: str, members: Sequence[str], lead: str, **more: object) -> str:
    """The form that proposes a group, filled in."""
    path = f"{PAGE}/proposte/nuova"
    return address(language, path, funzione=letter, comuni=",".join(members), capofila=lead, **more)


def factor_names(language: str) -> list[str]:
    """What each factor is called, in the order of the weights."""
    return [FACTORS[name].say(language) for name in WEIGHTS]


def _contributions(factors: Iterable[Factor], language: str) -> tuple[str, ...]:
    return tuple(number(factor.contribution, language, 3) for factor in factors)


def numbered_map(centre: Sequence[str], around: Sequence[str], places: Sequence[Place]) -> NumberedMap:
    """A map that holds `centre` and `around` (codes), with the numbers 1, 2, … at `places`."""
    shapes = outlines().municipalities
    box = box_of([shapes[code] for code in (*centre, *around)]).wider(0.03)
    spots = [point(place) for place in places]
    labels = tuple(Label(x=x, y=y, text=str(place)) for place, (x, y) in enumerate(spots, start=1))
    return NumberedMap(box=box, labels=labels, letters=round(box.span * LETTERS, 1))
