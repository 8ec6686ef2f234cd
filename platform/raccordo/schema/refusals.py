"""Refusals as answers: a rule said no, and says why, where and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

import strawberry

from raccordo import refusals
from raccordo.association_rows import AssociationRecord as StoredAssociation
from raccordo.match_records import MatchRecord as StoredMatch
from raccordo.need_rows import NeedState as StoredNeed
from raccordo.offer_rows import OfferState as StoredOffer
from raccordo.proposed_need_records import ProposedNeedRecord as StoredProposal
from raccordo.schema.associations import AssociationProposal
from raccordo.schema.context import Info
from raccordo.schema.fields import described, shows
from raccordo.schema.needs import NeedState
from raccordo.schema.offers import OfferState
from raccordo.schema.partnerships import MatchRecord
from raccordo.schema.proposed_needs import ProposedNeed


def graphql_name(name: str) -> str:
    """The name that a field of an input has in the schema: `mountain_community` is `mountainCommunity`."""
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name)


def _field(root: strawberry.Parent[refusals.FieldRefusal]) -> str:
    return graphql_name(root.field)


def _field_message(root: strawberry.Parent[refusals.FieldRefusal], info: Info) -> str:
    return root.sentence.say(info.context.language)


@shows(refusals.FieldRefusal, "What is wrong with one field of an input, and what to do.")
class FieldRefusal:
    field: str = described("The field of the input.", _field)
    code: str = described("The reason, for programs.")
    message: str = described(
        "The reason and the remedy, in the language of `Accept-Language`.", _field_message
    )


@dataclass(frozen=True, slots=True)
class Declined:
    """A refusal as a value: the executor would take an exception for a fault, even when it is returned."""

    refusal: refusals.Refusal

    @property
    def code(self) -> str:
        return self.refusal.code

    @property
    def fields(self) -> tuple[refusals.FieldRefusal, ...]:
        return self.refusal.fields


def _message(root: strawberry.Parent[Declined], info: Info) -> str:
    return root.refusal.sentence.say(info.context.language)


def _current(root: strawberry.Parent[Declined]) -> object:
    current = root.refusal.current if isinstance(root.refusal, refusals.Stale) else None
    return current if isinstance(current, StoredNeed) else None


def _current_proposed(root: strawberry.Parent[Declined]) -> object:
    current = root.refusal.current if isinstance(root.refusal, refusals.Stale) else None
    return current if isinstance(current, StoredProposal) else None


def _current_offer(root: strawberry.Parent[Declined]) -> object:
    current = root.refusal.current if isinstance(root.refusal, refusals.Stale) else None
    return current if isinstance(current, StoredOffer) else None


def _current_match(root: strawberry.Parent[Declined]) -> object:
    current = root.refusal.current if isinstance(root.refusal, refusals.Stale) else None
    return current if isinstance(current, StoredMatch) else None


def _current_association(root: strawberry.Parent[Declined]) -> object:
    current = root.refusal.current if isinstance(root.refusal, refusals.Stale) else None
    return current if isinstance(current, StoredAssociation) else None


@shows(Declined, "A rule said no; nothing was changed.")
class Refusal:
    code: str = described("The reason, for programs: `invalid`, `stale`, `officer_only`, `not_the_owner` …")
    message: str = described("The reason, in the language of `Accept-Language`.", _message)
    fields: list[FieldRefusal] = described("What is wrong field by field; empty when it is no field's fault.")
    current: NeedState | None = described(
        "The present state, when somebody else changed the need meanwhile (code `stale`).", _current
    )
    current_match: MatchRecord | None = described(
        "The present state, when somebody else took a step meanwhile (code `stale`).", _current_match
    )
    current_proposed_need: ProposedNeed | None = described(
        "The present state, when somebody changed or decided the proposal meanwhile (code `stale`).",
        _current_proposed,
    )
    current_offer: OfferState | None = described(
        "The present state, when somebody changed the offer meanwhile (code `stale`).", _current_offer
    )
    current_association: AssociationProposal | None = described(
        "The present state, when somebody took a step of the proposal meanwhile (code `stale`).",
        _current_association,
    )
