"""Tokens, by which programs act: made for one role of a person, shown once, kept as a digest, revoked at once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from raccordo import accounts, audit, second_factor
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import AccessToken, Membership, MembershipStatus, Person, PersonStatus
from raccordo.people import Actor, actor_of_membership
from raccordo.refusals import FieldRefusal, NotFound, NotRecognised, Refused
from raccordo.rights import Subject, demand
from raccordo.single_use import digest
from raccordo.throttling import Act, demand_room, failed

PREFIX = "rac_"
NAME = 80  # characters
MOST = 20  # live tokens of one person
DAYS, MOST_DAYS = 90, 366
USED_EVERY = timedelta(minutes=5)  # how exactly `used_at` is kept: a write per request would be too many
ALWAYS = "read"  # in every token: what everybody reads
SCOPES: Mapping[str, Sentence] = {
    ALWAYS: Sentence("Leggere ciò che è pubblico"),
    "needs:write": Sentence("Pubblicare, cambiare e ritirare bisogni"),
    "partnerships:read": Sentence("Leggere abbinamenti, collaborazioni e messaggi non pubblici"),
    "partnerships:write": Sentence("Chiedere, rispondere e scrivere nelle collaborazioni, e leggerle"),
    "follows:read": Sentence("Leggere gli avvisi e ciò che si segue"),
    "follows:write": Sentence("Seguire, smettere di seguire e segnare gli avvisi come letti"),
    "rankings:write": Sentence("Citare classifiche, che restano per sempre"),
    "people:read": Sentence("Leggere i ruoli propri e delle persone di cui si decide"),
    "people:write": Sentence("Invitare, accogliere, rifiutare e chiudere ruoli, e leggerli"),
    "audit:read": Sentence("Leggere il registro degli atti, senza nomi"),
}
# Nobody answers what it may not see.
IMPLIED = {
    "partnerships:write": "partnerships:read",
    "follows:write": "follows:read",
    "people:write": "people:read",
}
NOT_YOURS = Sentence(
    "I programmi si autorizzano dal proprio profilo, dopo l’accesso; chi coordina, anche dopo il secondo fattore."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenInput:
    """A token as asked for: `acting_as` is the id of one of the person's own memberships."""

    name: str = ""
    acting_as: int = 0
    scopes: tuple[str, ...] = ()
    days: int = DAYS


async def create(actor: Actor, wanted: TokenInput, password: str, address: str) -> str:
    """A new token, to be shown once and never stored; raises NotAllowed or Refused."""
    _demand(actor, "create")
    scopes = _checked(wanted)
    person = await accounts.demand_password(actor, password, address)
    secret = PREFIX + secrets.token_urlsafe(32)

    async def work(writing: Writing) -> None:
        await _check_room(person)
        membership = await _membership(person, wanted.acting_as)
        _demand(actor_of_membership(person, membership, second_factor=actor.second_factor), "create")
        now = datetime.now(UTC)
        row = await AccessToken.create(
            digest=digest(secret),
            name=" ".join(wanted.name.split()),
            person=person,
            membership=membership,
            scopes="|".join(scopes),
            second_factor=actor.second_factor,
            created_at=now,
            expires_at=now + timedelta(days=wanted.days),
        )
        details = {"scopes": scopes, "days": wanted.days}
        await audit.record(writing, actor, "create_token", f"token:{row.id}", details)
        await accounts.send(writing, person, "token_created", path="/profilo/programmi")

    await write(work)
    return secret


async def tokens_of(actor: Actor) -> list[AccessToken]:
    """The tokens of whoever acts that were not revoked, the newest first; the expired ones too."""
    return (
        await AccessToken.filter(person_id=actor.person, revoked_at=None)
        .order_by("-id")
        .prefetch_related("membership__body", "membership__institution")
    )


async def memberships_of(actor: Actor) -> list[Membership]:
    """The roles that a token of whoever acts may have."""
    return (
        await Membership.filter(person_id=actor.person, status=MembershipStatus.ACTIVE)
        .order_by("id")
        .prefetch_related("body", "institution")
    )


async def revoke(actor: Actor, number: int) -> None:
    """From the next request on the token is refused; one of somebody else's is not found."""
    _demand(actor, "revoke")

    async def work(writing: Writing) -> None:
        mine = AccessToken.filter(id=number, person_id=actor.person, revoked_at=None)
        if not await mine.update(revoked_at=datetime.now(UTC)):
            raise NotFound("unknown_token", Sentence("Questo token non c’è, o è già revocato."))
        await audit.record(writing, actor, "revoke_token", f"token:{number}", {})

    await write(work)


async def actor_of(secret: str, address: str) -> Actor:
    """Whoever the token acts as; raises NotRecognised, or Refused where too many unknown ones were tried."""
    demand_room(Act.TOKEN, address)
    row = await AccessToken.get_or_none(digest=digest(secret)).select_related(
        "person", "membership", "membership__body", "membership__institution"
    )
    if row is None:
        failed(Act.TOKEN, address)
        raise NotRecognised("unknown_token", Sentence("Questo token non esiste: va copiato per intero."))
    now = datetime.now(UTC)
    _check_valid(row, now)
    await _seen(row, now)
    return actor_of_membership(
        row.person,
        row.membership,
        # Whoever lost the second factor, or had it reset, has none to lend.
        second_factor=row.second_factor and second_factor.enrolled(row.person),
        scopes=_scopes(row),
    )


def _check_valid(row: AccessToken, now: datetime) -> None:
    if row.revoked_at is not None:
        raise NotRecognised("revoked_token", Sentence("Questo token è stato revocato."))
    if row.expires_at <= now:
        raise NotRecognised(
            "expired_token", Sentence("Questo token è scaduto: se ne crea uno nuovo dal profilo.")
        )
    active = row.person.status is PersonStatus.ACTIVE and row.membership.status is MembershipStatus.ACTIVE
    if not active:
        raise NotRecognised(
            "ended_token", Sentence("La persona o l’incarico di questo token non è più attivo.")
        )


async def _seen(row: AccessToken, now: datetime) -> None:
    if row.used_at is not None and now - row.used_at <= USED_EVERY:
        return

    async def touch(_: Writing) -> None:
        await AccessToken.filter(id=row.id).update(used_at=now)

    await write(touch)


def _scopes(row: AccessToken) -> frozenset[str]:
    return frozenset(SCOPES) & frozenset(row.scopes.split("|"))


def _demand(actor: Actor, verb: str) -> None:
    demand(actor, verb, "token", Subject(person=actor.person), NOT_YOURS)


async def _check_room(person: Person) -> None:
    live = AccessToken.filter(person=person, revoked_at=None, expires_at__gt=datetime.now(UTC))
    if await live.count() >= MOST:
        raise Refused(
            "too_many_tokens",
            Sentence("Ci sono già {most} token validi: prima va revocato uno di quelli.", {"most": MOST}),
        )


async def _membership(person: Person, number: int) -> Membership:
    found = await Membership.get_or_none(
        id=number, person=person, status=MembershipStatus.ACTIVE
    ).select_related("body", "institution")
    if found is None:
        sentence = Sentence("Va scelto uno dei propri incarichi.")
        raise _refused([FieldRefusal("acting_as", "unknown", sentence)])
    return found


def _checked(wanted: TokenInput) -> list[str]:
    """The scopes in the order of the table; raises Refused with every field that is wrong."""
    problems, name = [], " ".join(wanted.name.split())
    if not 0 < len(name) <= NAME or not name.isprintable():
        sentence = Sentence(
            "Serve un nome, al massimo {most} caratteri: di quale programma è.", {"most": NAME}
        )
        problems.append(FieldRefusal("name", "no_name", sentence))
    if not set(wanted.scopes) <= set(SCOPES):
        problems.append(FieldRefusal("scopes", "unknown", Sentence("Questo permesso non esiste.")))
    if not 1 <= wanted.days <= MOST_DAYS:
        sentence = Sentence("I giorni vanno da 1 a {most}.", {"most": MOST_DAYS})
        problems.append(FieldRefusal("days", "out_of_range", sentence))
    if problems:
        raise _refused(problems)
    given = {ALWAYS, *wanted.scopes, *(IMPLIED[scope] for scope in wanted.scopes if scope in IMPLIED)}
    return [scope for scope in SCOPES if scope in given]


def _refused(problems: list[FieldRefusal]) -> Refused:
    return Refused("invalid", Sentence("Il token non è ancora creato: ecco che cosa correggere."), problems)
