"""With whom a municipality could manage a function: single partners and groups, each with its reason in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from raccordo import associated_managements, group_needs, legal_rules, municipalities
from raccordo.associated_managements import already, company
from raccordo.catalogue import Catalogue
from raccordo.catalogue_managements import ManagementRecord
from raccordo.language import Sentence
from raccordo.published import FundamentalFunction, Municipality
from raccordo.refusals import refused
from raccordo.spoken import Amount, Clauses, Listed
from raccordo_graph import partner_groups
from raccordo_graph import partners as graph_partners
from raccordo_graph.affinity import Circumstances
from raccordo_graph.partner_groups import Group
from raccordo_graph.partners import Partner

SHOWN = 10  # single partners on a page
GROUPS = 4  # groups on a page
LARGER = 0.25  # value of the lead factor from which a partner is called large enough to lead
PREFIX = "Comunità montana "  # how their names begin; the sentence has said it already
ALIKE = 0.8  # value of the size factor from which two are called of similar size


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedPartner:
    """A partner, and why in one sentence; `municipality` is the one suggested."""

    municipality: Municipality
    partner: Partner
    why: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedGroup:
    """A group, and why in one sentence."""

    group: Group
    why: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What is suggested to one municipality for one function; `alone` says why an island has no group.

    `already` says with whom it manages the function today.
    """

    municipality: Municipality
    function: FundamentalFunction
    partners: tuple[SuggestedPartner, ...]
    groups: tuple[SuggestedGroup, ...]
    alone: Sentence | None
    already: tuple[Sentence, ...] = ()


def function_named(catalogue: Catalogue, letter: str) -> FundamentalFunction:
    """The function of that letter; raises Refused with what can be asked."""
    found = catalogue.functions.get(letter.strip())
    if found is None:
        sentence = Sentence(
            "La funzione fondamentale non è indicata o non esiste: scegliere una lettera fra {letters}.",
            {"letters": ", ".join(catalogue.functions)},
        )
        raise refused("function", "unknown", sentence)
    return found


Managed = Mapping[str, tuple[ManagementRecord, ...]]


def circumstances(catalogue: Catalogue, letter: str, managed: Managed) -> Circumstances:
    """What is published beside the map for one function: needs of municipalities, unions, evidence.

    Who manages the function together already (`managed`) has an existing form in common, like a union.
    """
    needs = {
        code: [theme for need in asked for theme in need.themes or ("",)]
        for code, asked in group_needs.of_towns(catalogue, letter).items()
    }
    return Circumstances(
        needs=needs,
        unions={
            code: frozenset((*town.unions, *(f"joint form {one.code}" for one in managed.get(code, ()))))
            for code, town in catalogue.municipalities.items()
            if town.unions or code in managed
        },
        evidence=catalogue.evidence[letter].prior,
    )


def suggestions(catalogue: Catalogue, istat_code: str, letter: str, on: date) -> Suggestions:
    """Partners and groups for a municipality and a function; raises NotFound and Refused."""
    town = municipalities.find(catalogue, istat_code)
    function = function_named(catalogue, letter)
    if town.istat_code in catalogue.opted_out:
        return Suggestions(
            municipality=town, function=function, partners=(), groups=(), alone=_left_out(town)
        )
    managed = associated_managements.in_force(catalogue, function.letter, on)
    land, known = catalogue.territory, circumstances(catalogue, function.letter, managed)
    found = partner_groups.groups(
        land, town.istat_code, known, legal_rules.threshold(on), first=GROUPS, leave_out=catalogue.opted_out
    )
    return Suggestions(
        municipality=town,
        function=function,
        partners=_of_town(catalogue, town, known, managed),
        groups=tuple(SuggestedGroup(group=one, why=group_reason(catalogue, one)) for one in found),
        alone=None if land.adj[town.istat_code] else _alone(town),
        already=already(catalogue, [town.istat_code], managed),
    )


def _of_town(
    catalogue: Catalogue, town: Municipality, known: Circumstances, managed: Managed
) -> tuple[SuggestedPartner, ...]:
    """The best single partners of a municipality."""
    found = graph_partners.partners(catalogue.territory, town.istat_code, known, SHOWN, catalogue.opted_out)
    return tuple(explained(catalogue, town, one, known, managed) for one in found)


def explained(
    catalogue: Catalogue, town: Municipality, partner: Partner, known: Circumstances, managed: Managed
) -> SuggestedPartner:
    """A partner with its municipality and its reason."""
    return SuggestedPartner(
        municipality=catalogue.municipalities[partner.istat_code],
        partner=partner,
        why=partner_reason(catalogue, town, partner, known, managed),
    )


def partner_reason(
    catalogue: Catalogue, town: Municipality, partner: Partner, known: Circumstances, managed: Managed
) -> Sentence:
    """One sentence: the border or who is in between, what both belong to and manage already, size and needs."""
    other = catalogue.municipalities[partner.istat_code]
    clauses = [
        _border(catalogue, partner),
        *_belonging(catalogue, town, other),
        *_managing(catalogue, town, other, managed),
        _size(other, partner),
    ]
    if themes := _shared_themes(catalogue, town.istat_code, other.istat_code, known):
        clauses.append(Sentence("hanno bisogni sugli stessi temi: {themes}", {"themes": themes}))
    elif known.needs.get(town.istat_code) and known.needs.get(other.istat_code):
        clauses.append(Sentence("hanno tutti e due bisogni in questa funzione"))
    return Clauses(clauses)


def _border(catalogue: Catalogue, partner: Partner) -> Sentence:
    km = Amount(partner.kilometres, 1)
    if partner.metres:
        border = Amount(partner.metres / 1000, 1)
        return Sentence("confina per {border} km, a {km} km in linea d’aria", {"border": border, "km": km})
    if partner.between is None:
        return Sentence("nessuna continuità di territorio, a {km} km in linea d’aria", {"km": km})
    names = Listed(catalogue.municipalities[code].name for code in partner.between)
    return Sentence("a {km} km in linea d’aria, non confina: in mezzo {names}", {"km": km, "names": names})


def _belonging(catalogue: Catalogue, town: Municipality, other: Municipality) -> list[Sentence]:
    clauses = [
        Sentence("stessa unione: {name}", {"name": catalogue.unions[code].name})
        for code in sorted({*town.unions} & {*other.unions})
    ]
    mine, theirs = town.mountain_community, other.mountain_community
    if mine and mine == theirs:
        name = catalogue.mountain_communities[mine].name.removeprefix(PREFIX)
        clauses.append(Sentence("stessa comunità montana ({name})", {"name": name}))
    elif mine != theirs:
        clauses.append(Sentence("comunità montane diverse, o uno solo ne fa parte"))
    if town.province != other.province:
        name = catalogue.provinces[other.province].name
        clauses.append(Sentence("altra provincia ({name})", {"name": name}))
    return clauses


def _managing(
    catalogue: Catalogue, town: Municipality, other: Municipality, managed: Managed
) -> list[Sentence]:
    """The joint forms that the other has for the function already, with the town or with others."""
    clauses = []
    for one in managed.get(other.istat_code, ()):
        if town.istat_code in one.members:
            clauses.append(Sentence("gestiscono già insieme questa funzione ({name})", {"name": one.name}))
        else:
            codes = [code for code in one.members if code != other.istat_code]
            names = company([catalogue.municipalities[code].name for code in codes])
            clauses.append(Sentence("già in gestione con {names}", {"names": names}))
    return clauses


def _size(other: Municipality, partner: Partner) -> Sentence:
    worth = {factor.name: factor.value for factor in partner.factors}
    people = {"people": Amount(other.population)}
    if worth["lead"] >= LARGER:
        return Sentence("{people} abitanti, può fare da capofila", people)
    if worth["size"] >= ALIKE:
        return Sentence("di grandezza simile ({people} abitanti)", people)
    return Sentence("{people} abitanti", people)


def _shared_themes(catalogue: Catalogue, one: str, other: str, known: Circumstances) -> Sentence | None:
    shared = {*known.needs.get(one, ())} & {*known.needs.get(other, ())} - {""}
    return Themes(catalogue, shared) if shared else None


class Themes(Sentence):
    """The labels of themes, in the reader's language."""

    def __init__(self, catalogue: Catalogue, slugs: set[str]) -> None:
        rows = [catalogue.themes[slug] for slug in sorted(slugs)]
        labels = {"it": [row.label_it for row in rows], "en": [row.label_en for row in rows]}
        super().__init__("{value}", labels)

    def say(self, language: str = "it") -> str:
        labels = self.values[language]
        return Listed(labels).say(language) if isinstance(labels, list) else ""


def group_reason(catalogue: Catalogue, group: Group) -> Sentence:
    """One sentence: how many, whether they touch, the reference size, the widest distance, who could lead."""
    values = {
        "count": len(group.members),
        "people": Amount(group.population),
        "needed": Amount(group.needed),
        "missing": Amount(group.missing),
        "km": Amount(group.widest, 1),
        "lead": catalogue.municipalities[group.lead].name,
    }
    touching = (
        Sentence("{count} comuni contigui, {people} abitanti", values)
        if group.connected
        else Sentence("{count} comuni non tutti contigui, {people} abitanti", values)
    )
    size = (
        Sentence("alla soglia di riferimento ({needed}) ne mancano {missing}", values)
        if group.missing
        else Sentence("la soglia di riferimento ({needed}) è raggiunta", values)
    )
    return Clauses(
        [
            touching,
            *([size] if group.needed else []),
            Sentence("al massimo {km} km tra due membri", values),
            Sentence("capofila possibile {lead}", values),
        ]
    )


def _left_out(town: Municipality) -> Sentence:
    return Sentence(
        "{name} ha scelto di restare fuori dai suggerimenti: non se ne fanno. Lo può cambiare chi lavora per il comune.",
        {"name": town.name},
    )


def _alone(town: Municipality) -> Sentence:
    return Sentence(
        "{name} non confina con nessun altro comune della Lombardia: nessun gruppo può essere contiguo. Una convenzione"
        " non chiede la contiguità: i comuni più vicini stanno nella tabella.",
        {"name": town.name},
    )
