"""What GraphQL reads of groups of municipalities: partners, one group at a date, what if, the rules at a date."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, TypeAlias

import strawberry
from strawberry import UNSET

from raccordo import associated_managements, group_changes, groups, legal_rules, partners, published
from raccordo.days import today
from raccordo.group_changes import GroupChange
from raccordo.groups import GroupInput
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described
from raccordo.schema.groups import AssociationGroup, GroupWhatIf, LegalRule
from raccordo_graph import partners as graph_partners
from raccordo_graph.partners import Partner

PARTNERS = 150  # what ranking the partners of one municipality costs in the limiter's count
EVALUATING = 300  # what judging a group costs
CHANGING = 600  # what judging it twice costs

Letter: TypeAlias = Annotated[str, strawberry.argument(description="The legal letter, `a` to `l-bis`.")]
Members: TypeAlias = Annotated[
    list[str],
    strawberry.argument(description="ISTAT codes, of today or ended, or whole names: from 2 to 60."),
]
On: TypeAlias = Annotated[date, strawberry.argument(description="The day at which the law is asked.")]
Lead: TypeAlias = Annotated[
    str | None,
    strawberry.argument(
        description="The lead, by ISTAT code or whole name; the largest member if none is named."
    ),
]
Leaves: TypeAlias = Annotated[
    str | None, strawberry.argument(description="The code of a member that leaves.")
]
Joins: TypeAlias = Annotated[
    str | None, strawberry.argument(description="The code of a municipality that joins.")
]
NewLead: TypeAlias = Annotated[
    str | None, strawberry.argument(description="The code of who leads afterwards.")
]


async def partners_of(
    root: strawberry.Parent[published.Municipality], info: Info, function: Letter
) -> Listing[Partner]:
    """Everybody within reach, best first; the reasons are written for the rows of the page only."""
    catalogue = info.context.catalogue
    letter = partners.function_named(catalogue, function).letter
    managed = associated_managements.in_force(catalogue, letter, today())
    known = partners.circumstances(catalogue, letter, managed)
    found: tuple[Partner, ...] = ()
    if root.istat_code not in catalogue.opted_out:
        found = await asyncio.to_thread(
            graph_partners.partners, catalogue.territory, root.istat_code, known, None, catalogue.opted_out
        )
    return Listing(
        f"partners {letter}",
        found,
        lambda row: (-row.score, row.istat_code),
        lambda row: partners.explained(catalogue, root, row, known, managed),
    )


async def _group(
    info: Info, function: Letter, members: Members, on: On, lead: Lead = UNSET
) -> groups.Evaluation:
    asked = _asked(function, members, on, lead)
    return await asyncio.to_thread(groups.evaluate, info.context.catalogue, asked)


async def _what_if(
    info: Info,
    function: Letter,
    members: Members,
    on: On,
    lead: Lead = UNSET,
    leaves: Leaves = UNSET,
    joins: Joins = UNSET,
    new_lead: NewLead = UNSET,
) -> group_changes.WhatIf:
    change = GroupChange(leaves=leaves or None, joins=joins or None, lead=new_lead or None)
    asked = _asked(function, members, on, lead)
    return await asyncio.to_thread(group_changes.what_if, info.context.catalogue, asked, change)


def _asked(function: str, members: list[str], on: date, lead: str | None) -> GroupInput:
    return GroupInput(function=function, members=tuple(members), on=on, lead=lead or None)


def _legal_rules(info: Info, on: On) -> Listing[legal_rules.LegalRule]:  # noqa: ARG001  # Strawberry's signature
    return Listing(
        "legal_rules", sorted(legal_rules.at(on), key=lambda row: row.rule), lambda row: (row.rule,)
    )


@strawberry.type
class GroupQuery:
    association_group: AssociationGroup | None = described(
        "A group of municipalities for a function, judged at a date: a suggestion, never a duty today.",
        _group,
        cost=EVALUATING,
    )
    group_what_if: GroupWhatIf | None = described(
        "The same group when one leaves, one joins or the lead changes.", _what_if, cost=CHANGING
    )
    legal_rules: Connection[LegalRule] = listed(
        "The rules on associated management that were in force on a day, by key.", _legal_rules
    )
