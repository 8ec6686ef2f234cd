"""Who acts, and for whom: a person, the memberships that give rights, and how it proves who it is."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tortoise import fields
from tortoise.models import Model

if TYPE_CHECKING:
    from raccordo.models.research import Department, Laboratory, School
    from raccordo.models.territory import Institution, TerritorialBody


class Role(StrEnum):
    VISITOR = "VISITOR"
    OFFICER = "OFFICER"
    ADMINISTRATOR = "ADMINISTRATOR"
    LABORATORY_MANAGER = "LABORATORY_MANAGER"
    PROFESSOR = "PROFESSOR"
    LABORATORY_MEMBER = "LABORATORY_MEMBER"
    DEPARTMENT_APPROVER = "DEPARTMENT_APPROVER"
    SCHOOL_APPROVER = "SCHOOL_APPROVER"
    INSTITUTION_OFFICER = "INSTITUTION_OFFICER"
    INTEGRATOR = "INTEGRATOR"
    COORDINATOR = "COORDINATOR"


class PersonStatus(StrEnum):
    INVITED = "INVITED"
    ACTIVE = "ACTIVE"
    BLOCKED = "BLOCKED"
    ERASED = "ERASED"


class MembershipStatus(StrEnum):
    REQUESTED = "REQUESTED"
    ACTIVE = "ACTIVE"
    REFUSED = "REFUSED"
    ENDED = "ENDED"


class Verification(StrEnum):
    """How somebody became sure that the membership is true."""

    DEMO = "DEMO"
    INVITATION = "INVITATION"
    MAILBOX = "MAILBOX"
    COORDINATOR = "COORDINATOR"
    IDENTITY_PROVIDER = "IDENTITY_PROVIDER"


class CoordinatingBody(StrEnum):
    ANCI_LOMBARDIA = "ANCI_LOMBARDIA"
    POLITECNICO = "POLITECNICO"


class Person(Model):
    """An account. An erased one keeps its id, so that the audit log still adds up, and nothing else.

    `demo` persons exist only where `RACCORDO_MODE=demo` let a visitor choose who acts.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=160)
    email = fields.CharField(max_length=254, null=True, unique=True)
    email_confirmed_at = fields.DatetimeField(null=True)
    password = fields.CharField(max_length=200, db_default="")
    language = fields.CharField(max_length=2, db_default="it")
    status = fields.CharEnumField(PersonStatus, max_length=16, db_default=PersonStatus.ACTIVE)
    demo = fields.BooleanField(default=False)
    totp_secret = fields.CharField(max_length=64, db_default="")
    totp_step = fields.BigIntField(null=True)
    created_at = fields.DatetimeField()
    seen_on = fields.DateField(null=True)
    version = fields.IntField(db_default=1)

    class Meta:
        table = "person"


class Membership(Model):
    """A role of a person in one body, laboratory, department, school or institution.

    A coordinator's names the side it coordinates for; an integrator's may name a body.
    """

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.CASCADE, related_name="memberships"
    )
    role = fields.CharEnumField(Role, max_length=32)
    body: fields.ForeignKeyNullableRelation[TerritorialBody] = fields.ForeignKeyField(
        "raccordo.TerritorialBody", on_delete=fields.RESTRICT, related_name="memberships", null=True
    )
    laboratory: fields.ForeignKeyNullableRelation[Laboratory] = fields.ForeignKeyField(
        "raccordo.Laboratory", on_delete=fields.RESTRICT, related_name="memberships", null=True
    )
    department: fields.ForeignKeyNullableRelation[Department] = fields.ForeignKeyField(
        "raccordo.Department", on_delete=fields.RESTRICT, related_name="memberships", null=True
    )
    school: fields.ForeignKeyNullableRelation[School] = fields.ForeignKeyField(
        "raccordo.School", on_delete=fields.RESTRICT, related_name="memberships", null=True
    )
    institution: fields.ForeignKeyNullableRelation[Institution] = fields.ForeignKeyField(
        "raccordo.Institution", on_delete=fields.RESTRICT, related_name="memberships", null=True
    )
    coordinates_for = fields.CharEnumField(CoordinatingBody, max_length=16, null=True)
    status = fields.CharEnumField(MembershipStatus, max_length=16, db_default=MembershipStatus.ACTIVE)
    verified_by = fields.CharEnumField(Verification, max_length=32, null=True)
    requested_at = fields.DatetimeField(null=True)
    decided_at = fields.DatetimeField(null=True)
    because = fields.CharField(max_length=500, db_default="")  # why it was refused or ended

    class Meta:
        table = "membership"
        unique_together = (("person", "role", "body", "laboratory"),)


class Session(Model):
    """A browser that is logged in. Only the digest of its key is kept: `membership` is whom it acts as."""

    digest = fields.CharField(max_length=64, primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.CASCADE, related_name="sessions"
    )
    membership: fields.ForeignKeyNullableRelation[Membership] = fields.ForeignKeyField(
        "raccordo.Membership", on_delete=fields.SET_NULL, related_name="sessions", null=True
    )
    second_factor = fields.BooleanField()
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()

    class Meta:
        table = "session"


class Purpose(StrEnum):
    """What a single-use secret opens."""

    INVITATION = "INVITATION"
    CONFIRM_EMAIL = "CONFIRM_EMAIL"
    CHANGE_EMAIL = "CHANGE_EMAIL"
    RESET_PASSWORD = "RESET_PASSWORD"  # noqa: S105  # a purpose, not a password
    VERIFY_OFFICER = "VERIFY_OFFICER"
    ANSWER = "ANSWER"
    PREFERENCES = "PREFERENCES"
    SECOND_FACTOR = "SECOND_FACTOR"
    IDENTITY_JOURNEY = "IDENTITY_JOURNEY"
    CONFIRM_IDENTITY = "CONFIRM_IDENTITY"


class SingleUse(Model):
    """A secret that was mailed: random, kept as a digest, expiring, used once."""

    digest = fields.CharField(max_length=64, primary_key=True)
    purpose = fields.CharEnumField(Purpose, max_length=32)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.CASCADE, related_name="single_uses", null=True
    )
    subject = fields.CharField(max_length=254, default="")
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    tries = fields.IntField(default=0)

    class Meta:
        table = "single_use"


class ExternalIdentity(Model):
    """Who a person is for an OpenID provider."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.CASCADE, related_name="external_identities"
    )
    issuer = fields.CharField(max_length=200)
    subject = fields.CharField(max_length=200)

    class Meta:
        table = "external_identity"
        unique_together = (("issuer", "subject"),)


class WaitingIdentity(Model):
    """Somebody whom an OpenID provider has just named and who has no account yet: gone after minutes.

    Only the digest of the browser's key is kept; `email` is what the provider calls verified, else empty.
    """

    digest = fields.CharField(max_length=64, primary_key=True)
    provider = fields.CharField(max_length=32)
    subject = fields.CharField(max_length=200)
    name = fields.CharField(max_length=254)
    email = fields.CharField(max_length=254)
    expires_at = fields.DatetimeField()

    class Meta:
        table = "waiting_identity"


class AccessToken(Model):
    """A program's token: shown once, kept as a digest: `scopes` are separated by `|`.

    `second_factor` says that whoever made it had used one: a coordinator's token needs that.
    """

    id = fields.IntField(primary_key=True)
    digest = fields.CharField(max_length=64, unique=True)
    name = fields.CharField(max_length=80)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.CASCADE, related_name="access_tokens"
    )
    membership: fields.ForeignKeyRelation[Membership] = fields.ForeignKeyField(
        "raccordo.Membership", on_delete=fields.CASCADE, related_name="access_tokens"
    )
    scopes = fields.CharField(max_length=200)
    second_factor = fields.BooleanField(db_default=False)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "access_token"


class IdempotencyKey(Model):
    """A request that is to have one effect: `fingerprint` names it, `answer` is what it got the first time.

    Reserved before the request runs: `attempt` counts who tried, `effects` the transactions that were kept
    (written together with them), and `answered_at` stays null while nobody has finished.
    """

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "raccordo.Person", on_delete=fields.CASCADE, related_name="idempotency_keys"
    )
    key = fields.CharField(max_length=128)
    fingerprint = fields.CharField(max_length=64)
    attempt = fields.IntField(db_default=1)
    attempted_at = fields.DatetimeField(null=True)
    effects = fields.IntField(db_default=0)
    answer = fields.TextField()
    answered_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "idempotency_key"
        unique_together = (("person", "key"),)
