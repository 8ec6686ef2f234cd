"""A need that several bodies share: the owner invites and leads, each answers through its own officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from raccordo import audit, catalogue, conflicts, database, follow_news, needs
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.match_steps import ENDS
from raccordo.models import BodyKind, Match, MatchState, NeedParty, PartyStatus, TerritorialBody
from raccordo.notifications import notify, officers_of
from raccordo.people import Actor, person_of
from raccordo.published import Need
from raccordo.refusals import NotFound, Refused, refused
from raccordo.rights import Body, Subject, allows, demand


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A body beside the owner of a need. Joined ones are shown to everybody, the others to their own only."""

    body: Body
    name: str
    status: PartyStatus
    changed_at: datetime


async def of_need(actor: Actor, need: Need) -> tuple[Party, ...]:
    """The parties of a need that this actor may know of."""
    rows = await NeedParty.filter(need_id=need.number).order_by("id").prefetch_related("body")
    everything = allows(actor, "invite", "party", needs.subject_of(need)) or allows(actor, "read", "party")
    return tuple(
        party
        for party in map(_party, rows)
        if everything or party.status is PartyStatus.JOINED or actor.acts_for(*party.body)
    )


async def invitations(actor: Actor) -> tuple[Need, ...]:
    """The published needs that the actor's body was invited to share and did not answer about."""
    if not actor.body_code or not allows(actor, "join", "party", Subject(bodies=_own(actor))):
        return ()
    numbers = (
        await NeedParty.filter(
            body__kind=actor.body_kind, body__code=actor.body_code, status=PartyStatus.INVITED
        )
        .order_by("id")
        .values_list("need_id", flat=True)
    )
    published = catalogue.current().needs
    found = (published.get(int(str(number))) for number in numbers)
    return tuple(need for need in found if need)


def _own(actor: Actor) -> frozenset[Body]:
    return frozenset({(actor.body_kind, actor.body_code)} if actor.body_kind and actor.body_code else ())


async def invite(actor: Actor, number: int, kind: str, code: str) -> Party:
    """Ask another body to share the need; only its owner does. A body that declined can be asked again."""
    need = await _published(number)
    sentence = Sentence("A condividere un bisogno invita solo l’ente che l’ha pubblicato.")
    demand(actor, "invite", "party", needs.subject_of(need), sentence)
    current = catalogue.current()
    body = current.body(BodyKind(kind), code.strip()) if kind in BodyKind.__members__ else None
    if body is None or (body.body_kind, body.code) == (need.owner_kind, need.owner_code):
        raise refused(
            "code", "unknown", Sentence("Manca un altro ente: il codice ISTAT di un comune ha sei cifre.")
        )

    async def work(writing: Writing) -> None:
        row = await TerritorialBody.get(kind=body.body_kind, code=body.code)
        asked, made = await NeedParty.get_or_create(
            need_id=number,
            body=row,
            defaults={"status": PartyStatus.INVITED, "changed_at": datetime.now(UTC)},
        )
        if not made and asked.status is not PartyStatus.DECLINED:
            raise refused("code", "already_invited", Sentence("Questo ente è già stato invitato."))
        await _set(writing, actor, asked, PartyStatus.INVITED)
        text = Sentence(
            "{owner} invita a condividere il bisogno «{need}».",
            {"owner": current.owner(need).name, "need": need.title},
        )
        people = await officers_of(body.body_kind, body.code)
        await notify(writing, people, "party_invite", text, f"/bisogni/{number}/insieme", urgent=True)

    await database.write(work)
    return await _state(number, (body.body_kind, body.code))


async def join(actor: Actor, number: int) -> Party:
    """The invited body shares the need; refused where it conflicts with a laboratory already involved."""
    return await _answer(actor, number, "join", PartyStatus.JOINED)


async def decline(actor: Actor, number: int) -> Party:
    """The invited body does not share the need, or no longer."""
    return await _answer(actor, number, "decline", PartyStatus.DECLINED)


async def _answer(actor: Actor, number: int, verb: str, status: PartyStatus) -> Party:
    need = await _published(number)
    row = (
        await NeedParty.get_or_none(
            need_id=number, body__kind=actor.body_kind, body__code=actor.body_code
        ).prefetch_related("body")
        if actor.body_kind
        else None
    )
    if row is None:
        raise NotFound("unknown_party", Sentence("Nessuno ha invitato questo ente a condividere il bisogno."))
    body = (row.body.kind, row.body.code)
    sentence = Sentence("Questo accesso non permette di rispondere all’invito.")
    demand(actor, verb, "party", Subject(bodies=frozenset({body})), sentence)

    async def work(writing: Writing) -> None:
        present = await NeedParty.get(id=row.id)
        if present.status is status or (present.status is PartyStatus.DECLINED):
            raise Refused("already_answered", Sentence("A questo invito è già stata data una risposta."))
        if status is PartyStatus.JOINED:
            await _refuse_conflicts(number, body)
        await _set(writing, actor, present, status)
        await _tell_owner(writing, need, status, _party(row).name)
        if status is PartyStatus.JOINED and row.body.kind is BodyKind.MUNICIPALITY:
            by = await person_of(actor)
            await follow_news.announce(writing, number, by.id if by else None, joined=row.body.code)

    await database.write(work)
    return await _state(number, body)


async def _refuse_conflicts(number: int, body: Body) -> None:
    gone = [*ENDS, MatchState.DROPPED, MatchState.SHORTLISTED]
    asked = await Match.filter(need_id=number).exclude(state__in=gone).values_list("laboratory_id", flat=True)
    for laboratory in asked:
        await conflicts.refuse_between(str(laboratory), [body])


async def _tell_owner(writing: Writing, need: Need, status: PartyStatus, name: str) -> None:
    joined = Sentence("{body} condivide il bisogno «{need}».", {"body": name, "need": need.title})
    declined = Sentence("{body} non condivide il bisogno «{need}».", {"body": name, "need": need.title})
    people = await officers_of(need.owner_kind, need.owner_code)
    sentence = joined if status is PartyStatus.JOINED else declined
    await notify(writing, people, "party_answer", sentence, f"/bisogni/{need.number}/insieme")


async def _set(writing: Writing, actor: Actor, row: NeedParty, status: PartyStatus) -> None:
    await NeedParty.filter(id=row.id).update(status=status, changed_at=datetime.now(UTC))
    number = row.need_id  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
    await audit.record(writing, actor, f"{status.value.lower()}_party", f"need:{number}", {"party": row.id})


async def _published(number: int) -> Need:
    need = catalogue.current().needs.get(number)
    if need is None:
        raise await needs.missing(number)
    return need


async def _state(number: int, body: Body) -> Party:
    row = await NeedParty.get(need_id=number, body__kind=body[0], body__code=body[1]).prefetch_related("body")
    return _party(row)


def _party(row: NeedParty) -> Party:
    body = (row.body.kind, row.body.code)
    known = catalogue.current().body(*body)
    return Party(
        body=body, name=known.name if known else row.body.code, status=row.status, changed_at=row.changed_at
    )
