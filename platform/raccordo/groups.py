"""A group of municipalities for a function: what it is at a date, and what its members need together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from raccordo import associated_managements, group_law, legal_rules, municipalities, partners
from raccordo.catalogue import Catalogue
from raccordo.group_law import GroupLaw
from raccordo.group_needs import Pool, pool
from raccordo.language import Sentence
from raccordo.published import FundamentalFunction, Municipality
from raccordo.refusals import FieldRefusal, NotFound, Refused
from raccordo.spoken import Amount, Clauses, Day, Listed
from raccordo.typed_towns import lead_of, members_of, split, town_of
from raccordo_graph import partner_groups
from raccordo_graph.partner_groups import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupInput:
    """A group as it is asked: a function's letter, codes old or new or names, a lead among them, a day.

    `lead` None leaves it to the largest member.
    """

    function: str
    members: tuple[str, ...]
    on: date
    lead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A group at a date. `notes` say which codes have merged since and who manages the function with whom already;
    `remedy` what would let it reach the size."""

    function: FundamentalFunction
    on: date
    members: tuple[Municipality, ...]
    lead: Municipality
    group: Group
    why: Sentence
    law: GroupLaw
    notes: tuple[Sentence, ...]
    remedy: Sentence | None
    pool: Pool


def evaluate(catalogue: Catalogue, asked: GroupInput) -> Evaluation:
    """What the group is on that day; raises Refused for what cannot be a group, with a sentence per field."""
    problems: list[FieldRefusal] = []
    function = _function(catalogue, asked.function, problems)
    named = members_of(catalogue, split(asked.members), problems)
    members = tuple(sorted(named, key=lambda town: town.istat_code))
    lead = lead_of(catalogue, asked.lead, members, problems)
    if problems or function is None:
        raise Refused("invalid", Sentence("Il gruppo non si può valutare così."), problems)
    codes = [town.istat_code for town in members]
    managed = associated_managements.in_force(catalogue, function.letter, asked.on)
    known = partners.circumstances(catalogue, function.letter, managed)
    threshold = legal_rules.threshold(asked.on)
    group = partner_groups.group(
        catalogue.territory, codes, known, threshold, lead.istat_code if lead else None
    )
    return Evaluation(
        function=function,
        on=asked.on,
        members=members,
        lead=catalogue.municipalities[group.lead],
        group=group,
        why=partners.group_reason(catalogue, group),
        law=group_law.of_group(members, function, asked.on),
        notes=(*_notes(catalogue, asked), *associated_managements.already(catalogue, codes, managed)),
        remedy=_remedy(catalogue, asked.on, group),
        pool=pool(catalogue, function.letter, codes),
    )


def _function(catalogue: Catalogue, letter: str, problems: list[FieldRefusal]) -> FundamentalFunction | None:
    try:
        return partners.function_named(catalogue, letter)
    except Refused as refusal:
        problems.extend(refusal.fields)
        return None


def _notes(catalogue: Catalogue, asked: GroupInput) -> tuple[Sentence, ...]:
    """What became of codes that ended, and which codes of today did not exist yet on that day."""
    found = []
    for code in split(asked.members):
        town = town_of(catalogue, code)
        if code in catalogue.successions and code != town.istat_code:
            found.append(_ended(catalogue, code, town, asked.on))
            continue
        try:
            municipalities.registration(catalogue, town.istat_code, asked.on)
        except NotFound as absent:
            found.append(absent.sentence)
    return tuple(found)


def what_became(catalogue: Catalogue, typed: str, town: Municipality, on: date) -> Sentence | None:
    """What became of the code or the name that was typed, where it ended and `town` continues it."""
    typed = typed.strip()
    if typed in catalogue.successions:
        return _ended(catalogue, typed, town, on)
    folded = municipalities.folded(typed[:100])
    ended = next(
        (
            code
            for code, one in catalogue.successions.items()
            if municipalities.folded(one.predecessor) == folded
        ),
        None,
    )
    return (
        _ended(catalogue, ended, town, on) if ended and folded != municipalities.folded(town.name) else None
    )


def _ended(catalogue: Catalogue, code: str, town: Municipality, on: date) -> Sentence:
    ended = catalogue.successions[code]
    values = {
        "code": code,
        "name": ended.predecessor,
        "today": town.name,
        "day": Day(ended.on),
        "on": Day(on),
    }
    if on < ended.on:
        return Sentence(
            "Il {on} {code} era {name}, confluito in {today} il {day}: i suoi abitanti di allora non sono noti qui,"
            " si conta {today} di oggi.",
            values,
        )
    return Sentence("{name} ({code}) è confluito in {today} il {day}: si conta {today}.", values)


def _remedy(catalogue: Catalogue, on: date, group: Group) -> Sentence | None:
    """What would make an unreached size possible."""
    if not group.missing:
        return None
    values = {"needed": Amount(group.needed), "missing": Amount(group.missing)}
    others = catalogue.territory.nodes - (catalogue.opted_out - {*group.members})
    found = partner_groups.remedy(
        catalogue.territory.subgraph(others), group.members, legal_rules.threshold(on)
    )
    if found is None:
        return Sentence(
            "Alla soglia di riferimento ({needed}) mancano {missing} abitanti e nessun confinante basta: la"
            " soglia pesa nel giudizio, ma non esclude nessuno.",
            values,
        )
    names = Listed(f"{catalogue.municipalities[code].name}" for code in found)
    people = Amount(sum(catalogue.municipalities[code].population for code in found))
    return Clauses(
        [
            Sentence("alla soglia di riferimento ({needed}) mancano {missing} abitanti", values),
            Sentence("con {names} ({people} abitanti) sarebbe raggiunta", {"names": names, "people": people}),
        ]
    )
