"""What if: a member leaves, one joins, the lead changes, and the difference in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from raccordo import associated_managements, group_effects, partners
from raccordo.catalogue import Catalogue
from raccordo.groups import Evaluation, GroupInput, evaluate
from raccordo.language import Sentence
from raccordo.published import Municipality
from raccordo.refusals import FieldRefusal, Refused
from raccordo.spoken import Amount, Listed
from raccordo.typed_towns import town_in
from raccordo_graph import partner_groups
from raccordo_graph.partner_groups import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """What if one member left, one joined, or the lead changed: ISTAT codes, None for no change."""

    leaves: str | None = None
    joins: str | None = None
    lead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The group before and after a change, and the difference in words."""

    before: Evaluation
    after: Evaluation
    differences: tuple[Sentence, ...]


def what_if(catalogue: Catalogue, asked: GroupInput, change: GroupChange) -> WhatIf:
    """The same group with the change made; raises Refused when either cannot be a group."""
    before = evaluate(catalogue, asked)
    problems: list[FieldRefusal] = []
    leaves = town_in(catalogue, "leaves", change.leaves, problems)
    joins = town_in(catalogue, "joins", change.joins, problems)
    if leaves and leaves not in before.members:
        problems.append(
            FieldRefusal("leaves", "not_a_member", Sentence("Chi esce deve essere un membro del gruppo."))
        )
    if joins and joins in before.members:
        problems.append(FieldRefusal("joins", "member_already", Sentence("Questo comune è già nel gruppo.")))
    if problems:
        raise Refused("invalid", Sentence("Questo cambiamento non si può provare."), problems)
    kept_on = (town for town in before.members if town != leaves)
    members = tuple(town.istat_code for town in (*kept_on, *((joins,) if joins else ())))
    kept = asked.lead and before.lead != leaves
    lead = change.lead or (before.lead.istat_code if kept else None)
    after = evaluate(catalogue, replace(asked, members=members, lead=lead))
    found = (*differences(before, after), *group_effects.of_lead(catalogue, before, after))
    return WhatIf(before=before, after=after, differences=found)


def joinable(catalogue: Catalogue, group: Evaluation, first: int) -> tuple[Municipality, ...]:
    """Who borders on the group and could join it, the likeliest first."""
    managed = associated_managements.in_force(catalogue, group.function.letter, group.on)
    known = partners.circumstances(catalogue, group.function.letter, managed)
    codes = partner_groups.joinable(catalogue.territory, group.group.members, known)
    return tuple(catalogue.municipalities[code] for code in codes if code not in catalogue.opted_out)[:first]


def differences(before: Evaluation, after: Evaluation) -> tuple[Sentence, ...]:
    """What changed, in words: size, contiguity, balance, costs, lead, needs, the law; empty only for the same group."""
    found = [
        *_of_members(before, after),
        *_of_size(before.group, after.group),
        *_of_contiguity(before.group, after.group),
        *_of_balance(before, after),
        *group_effects.of_costs(before, after),
        *_of_needs(before, after),
    ]
    if before.law.headline.say() != after.law.headline.say():
        found.append(
            Sentence(
                "Alla data scelta: prima «{before}», dopo «{after}».",
                {"before": before.law.headline, "after": after.law.headline},
            )
        )
    return tuple(found)


def _of_members(before: Evaluation, after: Evaluation) -> list[Sentence]:
    gone = [town.name for town in before.members if town not in after.members]
    come = [town.name for town in after.members if town not in before.members]
    found = []
    if gone:
        found.append(Sentence("Esce {names}.", {"names": Listed(gone)}))
    if come:
        found.append(Sentence("Entra {names}.", {"names": Listed(come)}))
    if before.lead != after.lead:
        values = {"before": before.lead.name, "after": after.lead.name}
        found.append(Sentence("Il capofila passa da {before} a {after}.", values))
    return found


def _of_size(before: Group, after: Group) -> list[Sentence]:
    if before.population == after.population:
        return []
    values = {
        "before": Amount(before.population),
        "after": Amount(after.population),
        "needed": Amount(after.needed),
        "missing": Amount(after.missing),
    }
    found = [Sentence("Gli abitanti passano da {before} a {after}.", values)]
    if after.missing and not before.missing:
        found.append(
            Sentence("La soglia di riferimento ({needed}) non è più raggiunta: ne mancano {missing}.", values)
        )
    elif before.missing and not after.missing:
        found.append(Sentence("La soglia di riferimento ({needed}) è ora raggiunta.", values))
    elif after.missing:
        found.append(
            Sentence("La soglia di riferimento ({needed}) resta lontana: ne mancano {missing}.", values)
        )
    else:
        found.append(Sentence("La soglia di riferimento ({needed}) resta raggiunta.", values))
    return found


def _of_contiguity(before: Group, after: Group) -> list[Sentence]:
    if before.connected and not after.connected:
        values = {"pieces": len(after.pieces)}
        return [Sentence("Il gruppo si spezza in {pieces} parti che non si toccano.", values)]
    if after.connected and not before.connected:
        return [Sentence("Il gruppo diventa contiguo.")]
    if before.members == after.members:
        return []
    return [Sentence("Resta contiguo.") if after.connected else Sentence("Resta non contiguo.")]


def _of_balance(before: Evaluation, after: Evaluation) -> list[Sentence]:
    """How much of the group its largest member is: one above half decides alone where votes follow residents."""
    shares = [round(100 * one.group.share_of_largest) for one in (before, after)]
    if shares[0] == shares[1]:
        return []
    values = {"before": shares[0], "after": shares[1], "name": _largest(after).name}
    return [
        Sentence("Il comune più grande, {name}, pesa il {after}% degli abitanti (prima {before}%).", values)
    ]


def _largest(one: Evaluation) -> Municipality:
    return max(one.members, key=lambda town: (town.population, town.istat_code))


def _of_needs(before: Evaluation, after: Evaluation) -> list[Sentence]:
    lost = [need.title for need in before.pool.needs if need not in after.pool.needs]
    gained = [need.title for need in after.pool.needs if need not in before.pool.needs]
    found = []
    if lost:
        values = {"titles": Listed(f"«{title}»" for title in lost)}
        found.append(Sentence("Non più tra i bisogni in comune: {titles}.", values))
    if gained:
        values = {"titles": Listed(f"«{title}»" for title in gained)}
        found.append(Sentence("Nuovi tra i bisogni in comune: {titles}.", values))
    return found
