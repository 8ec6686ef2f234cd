"""What people decide about a match: the steps from a shortlist to a partnership and its outcome."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

from raccordo.models.profiles import InitiativeKind

if TYPE_CHECKING:
    from raccordo.models.needs import Need
    from raccordo.models.people import Person
    from raccordo.models.research import Laboratory
    from raccordo.models.territory import TerritorialBody


class MatchState(StrEnum):
    SHORTLISTED = "SHORTLISTED"
    ASKED = "ASKED"
    INTERESTED = "INTERESTED"
    DECLINED = "DECLINED"
    PASSED_ON = "PASSED_ON"
    SCOPE_AGREED = "SCOPE_AGREED"
    ACCEPTED = "ACCEPTED"
    DROPPED = "DROPPED"


class DeclineReason(StrEnum):
    NOT_OUR_FIELD = "NOT_OUR_FIELD"
    NO_CAPACITY = "NO_CAPACITY"
    NOT_NOW = "NOT_NOW"
    TOO_FAR = "TOO_FAR"
    CONFLICT_OF_INTEREST = "CONFLICT_OF_INTEREST"
    OTHER = "OTHER"


class Outcome(StrEnum):
    DONE = "DONE"
    PARTLY_DONE = "PARTLY_DONE"
    ABANDONED = "ABANDONED"


class Match(Model):
    """A need and a laboratory about which somebody did something. What is only suggested is never stored.

    `score` and `position` are those of the ranking `snapshot_id`, from which the match was taken. `kind` and `semester`
    (`2027-1`) belong to the scope, where both sides said them.
    """

    id = fields.IntField(primary_key=True)
    need: fields.ForeignKeyRelation[Need] = fields.ForeignKeyField(
        "raccordo.Need", on_delete=fields.RESTRICT, related_name="matches"
    )
    laboratory: fields.ForeignKeyRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.RESTRICT, related_name="matches"
    )
    state = fields.CharEnumField(MatchState, max_length=16)
    snapshot_id = fields.CharField(max_length=16, default="")
    score = fields.FloatField()
    position = fields.IntField()
    asked_at = fields.DatetimeField(null=True)
    answered_at = fields.DatetimeField(null=True)
    decline_reason = fields.CharEnumField(DeclineReason, max_length=32, null=True)
    note = fields.TextField(default="")
    passed_from: fields.ForeignKeyNullableRelation[Match] = fields.ForeignKeyField(
        "raccordo.Match", on_delete=fields.SET_NULL, related_name="passed_to", null=True
    )
    scope = fields.TextField(default="")
    kind = fields.CharEnumField(InitiativeKind, max_length=32, null=True)
    semester = fields.CharField(max_length=6, db_default="")
    accepted_by_owner = fields.BooleanField(default=False)
    accepted_by_laboratory = fields.BooleanField(default=False)
    changed_at = fields.DatetimeField()
    version = fields.IntField(default=1)

    class Meta:
        table = "match"
        unique_together = (("need", "laboratory"),)


class MatchStep(Model):
    """One step of a match, as both sides read it."""

    id = fields.IntField(primary_key=True)
    match: fields.ForeignKeyRelation[Match] = fields.ForeignKeyField(
        "raccordo.Match", on_delete=fields.CASCADE, related_name="steps"
    )
    verb = fields.CharField(max_length=32)
    state = fields.CharEnumField(MatchState, max_length=16)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.SET_NULL, related_name="match_steps", null=True
    )
    acting_as = fields.CharField(max_length=200)
    note = fields.TextField(default="")
    at = fields.DatetimeField()

    class Meta:
        table = "match_step"


class Partnership(Model):
    """Both sides accepted the same scope: it ends with an outcome."""

    id = fields.IntField(primary_key=True)
    match: fields.OneToOneRelation[Match] = fields.OneToOneField(
        "raccordo.Match", on_delete=fields.RESTRICT, related_name="partnership"
    )
    started_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    outcome = fields.CharEnumField(Outcome, max_length=16, null=True)
    outcome_note = fields.TextField(default="")
    version = fields.IntField(default=1)

    class Meta:
        table = "partnership"


class PartyStatus(StrEnum):
    INVITED = "INVITED"
    JOINED = "JOINED"
    DECLINED = "DECLINED"


class NeedParty(Model):
    """A body that shares a need with its owner: several of them are one party towards a laboratory."""

    id = fields.IntField(primary_key=True)
    need: fields.ForeignKeyRelation[Need] = fields.ForeignKeyField(
        "raccordo.Need", on_delete=fields.CASCADE, related_name="parties"
    )
    body: fields.ForeignKeyRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="shared_needs"
    )
    status = fields.CharEnumField(PartyStatus, max_length=16)
    changed_at = fields.DatetimeField()

    class Meta:
        table = "need_party"
        unique_together = (("need", "body"),)


class ConflictOfInterest(Model):
    """A laboratory and a body that must not work together, and why, in one sentence."""

    id = fields.IntField(primary_key=True)
    laboratory: fields.ForeignKeyRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.CASCADE, related_name="conflicts"
    )
    body: fields.ForeignKeyRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="conflicts"
    )
    reason = fields.CharField(max_length=300)
    declared_at = fields.DatetimeField()

    class Meta:
        table = "conflict_of_interest"
        unique_together = (("laboratory", "body"),)


class Thread(Model):
    """The one dated conversation about a need, before anybody is asked, about a match, or about a joint management."""

    id = fields.IntField(primary_key=True)
    need: fields.ForeignKeyNullableRelation[Need] = fields.ForeignKeyField(
        "raccordo.Need", on_delete=fields.CASCADE, related_name="threads", null=True
    )
    match: fields.OneToOneNullableRelation[Match] = fields.OneToOneField(
        "raccordo.Match", on_delete=fields.CASCADE, related_name="thread", null=True
    )

    class Meta:
        table = "thread"


class Message(Model):
    """Plain text with links. Only the parties read it unless its author chose `public`."""

    id = fields.IntField(primary_key=True)
    thread: fields.ForeignKeyRelation[Thread] = fields.ForeignKeyField(
        "raccordo.Thread", on_delete=fields.CASCADE, related_name="messages"
    )
    author: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.SET_NULL, related_name="messages", null=True
    )
    acting_as = fields.CharField(max_length=200)
    text = fields.TextField()
    public = fields.BooleanField(default=False)
    at = fields.DatetimeField()

    class Meta:
        table = "message"
