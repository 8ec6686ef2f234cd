"""What a group means for its members: which share of the cost each pays, and how far and how large its lead is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from raccordo.catalogue import Catalogue
from raccordo.groups import Evaluation
from raccordo.language import Sentence
from raccordo.partners import LARGER
from raccordo.published import Municipality
from raccordo.spoken import Amount, Clauses, Listed
from raccordo_graph import affinity
from raccordo_graph.affinity import Circumstances
from raccordo_graph.cost_sharing import Base, CannotShare, Weights, share
from raccordo_graph.territory import apart

SAID = 6  # shares in one sentence; the table and the machine have all of them
LEAST = 0.0005  # a share that moves by less reads the same with one decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationShare:
    """Which share of a cost, between 0 and 1, one member pays when it is shared by inhabitants."""

    municipality: Municipality
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChange:
    """The share of one municipality before and after; None where it is no member."""

    municipality: Municipality
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leadership:
    """The lead seen from the others: mean and greatest distance as the crow flies between points of the territories
    (not town halls), and the members to which it is enough larger to lead them."""

    kilometres: float
    farthest: float
    could_lead: tuple[Municipality, ...]


def shares(members: Sequence[Municipality]) -> tuple[PopulationShare, ...]:
    """The shares by inhabitants, as the calculator computes them when nothing else is said; empty without any."""
    bases = [Base(town.istat_code, population=town.population) for town in members]
    try:
        found = share(0, bases, Weights(population=1.0))
    except CannotShare:
        return ()
    return tuple(
        PopulationShare(municipality=town, share=one.share) for town, one in zip(members, found, strict=True)
    )


def leadership(catalogue: Catalogue, one: Evaluation) -> Leadership:
    """What the lead of a group is to its other members."""
    land, lead = catalogue.territory, one.lead.istat_code
    others = [town for town in one.members if town != one.lead]
    far = [apart(land, lead, town.istat_code) for town in others]
    none = Circumstances()
    return Leadership(
        kilometres=fmean(far),
        farthest=max(far),
        could_lead=tuple(
            town for town in others if affinity.values(land, town.istat_code, lead, none)["lead"] >= LARGER
        ),
    )


def share_changes(before: Evaluation, after: Evaluation) -> tuple[ShareChange, ...]:
    """Every municipality of either group with its shares, the greatest movement first."""
    old, new = (
        {one.municipality.istat_code: one for one in shares(group.members)} for group in (before, after)
    )
    found = [
        ShareChange(
            municipality=(old.get(code) or new[code]).municipality,
            before=old[code].share if code in old else None,
            after=new[code].share if code in new else None,
        )
        for code in old | new
    ]
    return tuple(sorted(found, key=lambda one: (-_moved(one), one.municipality.istat_code)))


def of_costs(before: Evaluation, after: Evaluation) -> list[Sentence]:
    """Whose share of the cost goes from what to what."""
    moved = [one for one in share_changes(before, after) if _moved(one) >= LEAST]
    if not moved:
        same = Sentence("Le quote del costo divise per abitanti non cambiano.")
        return [same] if before != after else []
    first, *others = [_said(one) for one in moved[:SAID]]
    by = Sentence("quote del costo per abitanti (abitanti del comune ÷ abitanti del gruppo): {first}")
    rest = len(moved) - SAID
    more = [Sentence("cambiano anche altri {count}", {"count": rest})] if rest > 0 else []
    return [Clauses([Sentence(by.text, {"first": first}), *others, *more])]


def of_lead(catalogue: Catalogue, before: Evaluation, after: Evaluation) -> list[Sentence]:
    """What another lead changes: how far it is from the others, and whom it is large enough to lead."""
    if before.lead == after.lead:
        return []
    old, new = leadership(catalogue, before), leadership(catalogue, after)
    values = {
        "before": Amount(old.kilometres, 1),
        "after": Amount(new.kilometres, 1),
        "farthest_before": Amount(old.farthest, 1),
        "farthest_after": Amount(new.farthest, 1),
    }
    distance = Sentence(
        "Dal capofila gli altri membri distano in media {after} km (prima {before}), al massimo {farthest_after}"
        " (prima {farthest_before}), in linea d’aria tra i territori.",
        values,
    )
    return [distance, _role(before, old), _role(after, new)]


def _role(one: Evaluation, found: Leadership) -> Sentence:
    values = {
        "lead": one.lead.name,
        "people": Amount(one.lead.population),
        "count": len(found.could_lead),
        "all": len(one.members) - 1,
        "names": Listed(town.name for town in found.could_lead),
    }
    if not found.could_lead:
        return Sentence(
            "{lead} ({people} abitanti) non è abbastanza più grande di nessun altro membro: da capofila guiderebbe suoi"
            " pari o comuni più grandi.",
            values,
        )
    return Sentence(
        "{lead} ({people} abitanti) è abbastanza più grande di {count} membri su {all} da completarli come capofila:"
        " {names}.",
        values,
    )


def _moved(one: ShareChange) -> float:
    return abs((one.after or 0.0) - (one.before or 0.0))


def _said(one: ShareChange) -> Sentence:
    values = {
        "name": one.municipality.name,
        "before": Amount(100 * (one.before or 0.0), 1),
        "after": Amount(100 * (one.after or 0.0), 1),
    }
    if one.after is None:
        return Sentence("{name} da {before}% a niente, perché esce", values)
    if one.before is None:
        return Sentence("{name} {after}%, perché entra", values)
    return Sentence("{name} da {before}% a {after}%", values)
