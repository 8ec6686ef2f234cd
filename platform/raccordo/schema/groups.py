"""Who could manage a function together: partners, groups at a date with their law, and what if."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import strawberry

from raccordo import (
    function_evidence,
    group_changes,
    group_effects,
    group_law,
    group_needs,
    groups,
    legal_rules,
    partners,
)
from raccordo.association_tables import Finding, RuleKind
from raccordo.group_law import Duty
from raccordo.language import Sentence
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo.schema.links import AFunction, ALaboratory, AMunicipality, ANeed
from raccordo.schema.matches import Factor
from raccordo_graph import Factor as GraphFactor

enumeration(
    Duty,
    "Whether managing functions together was a duty of small municipalities on a day.",
    NOT_YET="The duty came later.",
    IN_FORCE="The duty was in force.",
    DEFERRED="The duty was in force, its term put off.",
    ABROGATED="The duty is abrogated: a proposal, never an obligation.",
)
enumeration(
    Finding,
    "What studies say about managing a function together.",
    BENEFIT="A benefit was found.",
    UNKNOWN="The studies collected say nothing.",
    NONE="No benefit was found.",
)
enumeration(
    RuleKind,
    "What a legal rule on associated management is about.",
    FUNCTIONS="Which functions are fundamental.",
    DUTY="Who must associate.",
    EXCLUDED_FUNCTION="A function outside of the duty.",
    SPECIAL_UNION="A special union of the smallest municipalities.",
    TIMETABLE="By when.",
    DEFERRAL="A term put off.",
    ABROGATION="The end of the duty.",
    NO_SPLIT="What may not be split.",
    NATIONAL_THRESHOLD="The size that the State asks.",
    REGIONAL_THRESHOLD="The size that the Region asks.",
    EXEMPTION="Who is exempt.",
    FORMS="The legal forms.",
    CONVENTIONS="What a convention has to be.",
    JUDGMENT="What a court decided.",
    SUPPORT="What is supported.",
    MOUNTAIN="Which municipalities are in the mountains.",
    GOOD_PRACTICE="What works better in practice.",
    NOTE="Something to know.",
)
IT, EN = "In Italian.", "In English."


def _in(name: str, language: str):  # type: ignore[no-untyped-def]  # a resolver made for one attribute
    def resolver(root) -> str:  # type: ignore[no-untyped-def]  # any value that has the sentence
        sentence: Sentence = getattr(root, name)
        return sentence.say(language)

    resolver.__annotations__["root"] = strawberry.Parent[object]
    return resolver


def _maybe_in(name: str, language: str):  # type: ignore[no-untyped-def]  # the same, where there may be none
    def resolver(root) -> str | None:  # type: ignore[no-untyped-def]  # any value that may have the sentence
        sentence: Sentence | None = getattr(root, name)
        return sentence.say(language) if sentence else None

    resolver.__annotations__["root"] = strawberry.Parent[object]
    return resolver


def _all_in(name: str, language: str):  # type: ignore[no-untyped-def]  # the same for several sentences
    def resolver(root) -> list[str]:  # type: ignore[no-untyped-def]  # any value that has the sentences
        sentences: Sequence[Sentence] = getattr(root, name)
        return [sentence.say(language) for sentence in sentences]

    resolver.__annotations__["root"] = strawberry.Parent[object]
    return resolver


def _factors(root: strawberry.Parent[partners.SuggestedPartner]) -> Sequence[GraphFactor]:
    return root.partner.factors


@shows(partners.SuggestedPartner, "A municipality with which another could manage a function: a suggestion.")
class Partner:
    municipality: AMunicipality = described("The one suggested.")
    score: float = described("Between 0 and 1: the sum of the factors.", lambda root: root.partner.score)
    position: int = described(
        "Its place from 1, the same for equal scores.", lambda root: root.partner.position
    )
    factors: list[Factor] = described("The named parts of the score.", _factors)
    kilometres: float = described(
        "Between the two points, as the crow flies.", lambda root: root.partner.kilometres
    )
    metres: int = described(
        "Of shared border; 0 when the two do not touch.", lambda root: root.partner.metres
    )
    why_it: str = described(IT, _in("why", "it"))
    why_en: str = described(EN, _in("why", "en"))


@shows(legal_rules.LegalRule, "A legal rule with the days on which it held.")
class LegalRule:
    rule: str = described("Its natural key.")
    kind: RuleKind = described("What it is about.")
    norm: str = described("The norm, in Italian.")
    topic_it: str = described(IT)
    topic_en: str = described(EN)
    content_it: str = described(IT)
    content_en: str = described(EN)
    valid_from: date | None = described("The first day on which it held; null when that is not known.")
    valid_to: date | None = described("The last day on which it held; null while it holds.")
    deferred_to: date | None = described("The day to which it put a duty off.")
    to_be_confirmed: bool = described("True when it was recalled, at least in part.")
    evidence: str = described("How far to trust the row.")
    source: str = described("Where the row was read.")


@shows(group_law.Cited, "A sentence and the rules that it rests on.")
class Cited:
    sentence_it: str = described(IT, _in("sentence", "it"))
    sentence_en: str = described(EN, _in("sentence", "en"))
    rules: list[LegalRule] = described("The rules.")


@shows(group_needs.PooledLaboratory, "A laboratory for the needs of a group.")
class PooledLaboratory:
    laboratory: ALaboratory = described("The laboratory.")
    score: float = described("The mean of its scores for all the needs.")
    fits: list[ANeed] = described("The needs that it fits.")
    only_together: bool = described(
        "True when it declared fewer free places than the needs that it fits: only a common request reaches it for all."
    )


@shows(function_evidence.FunctionEvidence, "What studies say about managing a function together.")
class FunctionEvidence:
    function: str = described("The legal letter of the function.")
    finding: Finding = described("What the studies that ship found.")
    prior: float = described("The value of the factor `evidence`, between 0 and 1.")
    shipped_prior: float = described("The value that ships.")
    edited: bool = described("True when the value is a coordinator's.")
    text_it: str = described("What the studies that ship say. " + IT)
    text_en: str = described("What the studies that ship say. " + EN)
    source: str = described("Where the value comes from; empty when there is no source.")
    version: int = described("To pass back with the next change; 0 while nobody has changed it.")


def _number(name: str):  # type: ignore[no-untyped-def]  # a resolver for one number of the group
    def resolver(root) -> int:  # type: ignore[no-untyped-def]  # an evaluation
        return int(getattr(root.group, name))

    resolver.__annotations__["root"] = strawberry.Parent[groups.Evaluation]
    return resolver


def _share(name: str):  # type: ignore[no-untyped-def]  # the same for a number with decimals
    def resolver(root) -> float:  # type: ignore[no-untyped-def]  # an evaluation
        return float(getattr(root.group, name))

    resolver.__annotations__["root"] = strawberry.Parent[groups.Evaluation]
    return resolver


def _connected(root: strawberry.Parent[groups.Evaluation]) -> bool:
    return root.group.connected


def _group_factors(root: strawberry.Parent[groups.Evaluation]) -> Sequence[GraphFactor]:
    return root.group.factors


def _duty(root: strawberry.Parent[groups.Evaluation]) -> Duty:
    return root.law.duty


def _headline_it(root: strawberry.Parent[groups.Evaluation]) -> str:
    return root.law.headline.say("it")


def _headline_en(root: strawberry.Parent[groups.Evaluation]) -> str:
    return root.law.headline.say("en")


def _obliged(root: strawberry.Parent[groups.Evaluation]):  # type: ignore[no-untyped-def]  # published municipalities
    return root.law.obliged


def _law(root: strawberry.Parent[groups.Evaluation]) -> Sequence[group_law.Cited]:
    return root.law.sentences


def _needs(root: strawberry.Parent[groups.Evaluation]):  # type: ignore[no-untyped-def]  # published needs
    return root.pool.needs


def _laboratories(root: strawberry.Parent[groups.Evaluation]) -> Sequence[group_needs.PooledLaboratory]:
    return root.pool.laboratories


def _evidence(root: strawberry.Parent[groups.Evaluation], info: Info) -> function_evidence.FunctionEvidence:
    return info.context.catalogue.evidence[root.function.letter]


@shows(group_effects.PopulationShare, "Which share of a cost a member pays when it is shared by inhabitants.")
class PopulationShare:
    municipality: AMunicipality = described("The member.")
    share: float = described("Between 0 and 1: its inhabitants / those of the group.")


@shows(group_effects.Leadership, "The lead of a group seen from its other members.")
class Leadership:
    kilometres: float = described(
        "Its mean distance from the others, as the crow flies between points of the territories, not town halls."
    )
    farthest: float = described("The greatest of those distances.")
    could_lead: list[AMunicipality] = described(
        "The members that it is enough larger than to complete as lead."
    )


def _cost_shares(root: strawberry.Parent[groups.Evaluation]) -> Sequence[group_effects.PopulationShare]:
    return group_effects.shares(root.members)


def _leadership(root: strawberry.Parent[groups.Evaluation], info: Info) -> group_effects.Leadership:
    return group_effects.leadership(info.context.catalogue, root)


@shows(groups.Evaluation, "A group of municipalities for a function, judged at a date.")
class AssociationGroup:
    function: AFunction = described("The fundamental function.")
    on: date = described("The day at which it is judged.")
    members: list[AMunicipality] = described("Its members of today, by code.")
    lead: AMunicipality = described("The lead: the one asked for, else the largest.")
    score: float = described("Between 0 and 1: the sum of the factors.", _share("score"))
    factors: list[Factor] = described("The named parts of the score.", _group_factors)
    population: int = described(
        "Inhabitants together, the only ones known: 1 January 2023.", _number("population")
    )
    needed: int = described("The inhabitants that the reference size of that day asks.", _number("needed"))
    missing: int = described("The inhabitants still missing; 0 when it is reached.", _number("missing"))
    connected: bool = described("Whether all touch one another through members.", _connected)
    share_of_largest: float = described(
        "The largest member's share of the inhabitants.", _share("share_of_largest")
    )
    widest: float = described("Kilometres between the two points farthest apart.", _share("widest"))
    why_it: str = described(IT, _in("why", "it"))
    why_en: str = described(EN, _in("why", "en"))
    duty: Duty = described("Whether there was a duty on that day.", _duty)
    headline_it: str = described(IT, _headline_it)
    headline_en: str = described(EN, _headline_en)
    obliged: list[AMunicipality] = described("The members to which the duty spoke on that day.", _obliged)
    law: list[Cited] = described("What the law said on that day.", _law)
    notes_it: list[str] = described(
        "Codes that merged since or did not exist yet, and who manages the function with whom already. " + IT,
        _all_in("notes", "it"),
    )
    notes_en: list[str] = described(
        "Codes that merged since or did not exist yet, and who manages the function with whom already. " + EN,
        _all_in("notes", "en"),
    )
    remedy_it: str | None = described("What would let it reach the size. " + IT, _maybe_in("remedy", "it"))
    remedy_en: str | None = described("What would let it reach the size. " + EN, _maybe_in("remedy", "en"))
    needs: list[ANeed] = described("The published needs of the members in the function.", _needs)
    laboratories: list[PooledLaboratory] = described("Who fits those needs together.", _laboratories)
    evidence: FunctionEvidence = described("What studies say of the function.", _evidence)
    cost_shares: list[PopulationShare] = described(
        "Who would pay which share of a cost, by inhabitants.", _cost_shares
    )
    leadership: Leadership = described("How far and how large its lead is for the others.", _leadership)


@shows(group_changes.WhatIf, "A group before and after a change.")
class GroupWhatIf:
    before: AssociationGroup = described("As it was asked.")
    after: AssociationGroup = described("With the change.")
    differences_it: list[str] = described("What changes. " + IT, _all_in("differences", "it"))
    differences_en: list[str] = described("What changes. " + EN, _all_in("differences", "en"))
