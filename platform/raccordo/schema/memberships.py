"""What GraphQL reads and changes of the people one decides about: the verbs of the page."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import strawberry
from strawberry import UNSET

from raccordo import institutions, invitations, membership_decisions, memberships
from raccordo.memberships import MembershipRecord
from raccordo.models import CoordinatingBody, MembershipStatus, Role
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described
from raccordo.schema.people import Institution, Membership
from raccordo.schema.refusals import Refusal

READING = 50  # what reading everybody one decides about costs in the limiter's count

MembershipResult: TypeAlias = Annotated[
    Membership | Refusal,
    strawberry.union("MembershipResult", description="The membership as it is now, or why not."),
]
InstitutionResult: TypeAlias = Annotated[
    Institution | Refusal,
    strawberry.union("InstitutionResult", description="The institution, or why it was refused."),
]


@strawberry.input(description="A role that is offered to a mailbox.")
class InvitationInput:
    email: str = described("The address of the person.")
    role: Role = described("The role.")
    holder: str = strawberry.field(
        default="",
        description="What it is held for: a name, a code, or a key such as `MUNICIPALITY:097042`, `LABORATORY:lia`.",
    )
    side: CoordinatingBody | None = strawberry.field(
        default=None, description="The side that a coordinator coordinates for."
    )
    language: str = strawberry.field(default="it", description="The language of the mail: `it` or `en`.")


def _said(description: str) -> Any:
    return strawberry.argument(description=description)


Number: TypeAlias = Annotated[int, _said("The number of the membership.")]
Reason: TypeAlias = Annotated[str, _said("Why; whoever asked reads it.")]
Status: TypeAlias = Annotated[MembershipStatus | None, _said("Only those that stand here.")]
Text: TypeAlias = Annotated[str, _said("Words of the name, the address or what the role is held for.")]
Name: TypeAlias = Annotated[str, _said("Its name.")]
Website: TypeAlias = Annotated[str, _said("The address of its site.")]
Invited: TypeAlias = Annotated[InvitationInput, _said("Who is invited, and to which role.")]


async def _memberships(info: Info, status: Status = UNSET, text: Text = "") -> Listing[MembershipRecord]:
    found = await memberships.readable_by(info.context.actor, status=status or None, text=text)
    return Listing("memberships", found, lambda one: (one.number,))


async def _institutions() -> Listing[institutions.Institution]:
    found = sorted(await institutions.listed(), key=_by_name)
    return Listing("institutions", found, _by_name)


def _by_name(one: institutions.Institution) -> tuple[str, str]:
    return one.name, one.code


async def _accept(info: Info, number: Number) -> Any:
    return await answer(info, lambda: membership_decisions.accept(info.context.actor, number))


async def _refuse(info: Info, number: Number, reason: Reason) -> Any:
    return await answer(info, lambda: membership_decisions.refuse(info.context.actor, number, reason))


async def _end(info: Info, number: Number, reason: Reason = "") -> Any:
    return await answer(info, lambda: membership_decisions.end(info.context.actor, number, reason))


async def _reset(info: Info, number: Number) -> Any:
    return await answer(info, lambda: membership_decisions.reset_second_factor(info.context.actor, number))


async def _invite(info: Info, input: Invited) -> Any:  # noqa: A002  # the argument's name in the schema
    return await answer(info, lambda: invitations.invite_by_name(info.context.actor, **vars(input)))


async def _add(info: Info, name: Name, website: Website = "") -> Any:
    return await answer(info, lambda: institutions.add(info.context.actor, name, website))


@strawberry.type
class MembershipQuery:
    memberships: Connection[Membership] = listed(
        "The memberships that whoever acts decides about, the oldest first; empty for everybody else.",
        _memberships,
        cost=READING,
    )
    institutions: Connection[Institution] = listed("The other bodies that take part, by name.", _institutions)


@strawberry.type
class MembershipMutation:
    accept_membership: MembershipResult = described(
        "Accept somebody’s request for a role.", _accept, cost=WRITING, right=("accept", "membership")
    )
    refuse_membership: MembershipResult = described(
        "Refuse somebody’s request, with a reason that is told.",
        _refuse,
        cost=WRITING,
        right=("refuse", "membership"),
    )
    end_membership: MembershipResult = described(
        "End a role: browsers that used it act as nobody, its tokens stop working.",
        _end,
        cost=WRITING,
        right=("end", "membership"),
    )
    reset_second_factor: MembershipResult = described(
        "Take the second factor from the person of a membership, who lost it; never with a token.",
        _reset,
        cost=WRITING,
        right=("reset_second_factor", "account"),
    )
    invite_person: MembershipResult = described(
        "Offer a role to a mailbox; who has an account gets it at once.",
        _invite,
        cost=WRITING,
        right=("invite", "account"),
    )
    add_institution: InstitutionResult = described(
        "Write down another body that takes part; a coordinator.",
        _add,
        cost=WRITING,
        right=("add", "institution"),
    )
