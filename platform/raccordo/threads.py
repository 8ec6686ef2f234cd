"""The one dated conversation about a need, a match or a joint management: who reads it, who writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from raccordo import association_news, association_records, audit, catalogue, match_records, needs
from raccordo.association_rows import AssociationRecord
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.match_records import MatchRecord
from raccordo.models import AssociationProposal, Message, Thread
from raccordo.notifications import answering_for, notify, officers_of
from raccordo.people import Actor, person_of
from raccordo.published import Need
from raccordo.refusals import Refused
from raccordo.rights import Subject, allows, demand
from raccordo.voices import voice
from raccordo.written_text import checked

TEXT = 5_000  # characters
MISSING = Sentence("Manca il messaggio.")
NEWS = Sentence("{who} scrive su «{need}».")
NO_ROLE = Sentence("Per scrivere qui bisogna agire per un ente, un laboratorio o il coordinamento.")
NO_MUNICIPALITY = Sentence(
    "Scrive qui solo chi lavora per uno dei comuni della proposta, o il coordinamento."
)
NO_PART = Sentence("Scrive qui solo chi prende parte alla collaborazione.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRecord:
    """A message as its readers see it: `who` is a body, a laboratory or the coordination, never a person."""

    id: int
    who: Sentence
    mine: bool
    text: str
    public: bool
    at: datetime


async def of_need(actor: Actor, number: int) -> tuple[MessageRecord, ...]:
    """What this actor may read about a published need, oldest first; raises NotFound for any other need.

    Everybody reads what is public; the owner and the coordination read all; whoever asked reads its own.
    """
    need = await _published(number)
    rows = await Message.filter(thread__need_id=number).order_by("id")
    return _records(actor, [row for row in rows if _may_read(actor, need, row)])


async def of_match(actor: Actor, match_id: int) -> tuple[MessageRecord, ...]:
    """All that was written about a match; for whoever may not read the match there is none: NotFound."""
    record = await match_records.find(actor, match_id)
    return _records(actor, await Message.filter(thread__match_id=record.id).order_by("id"))


async def of_association(actor: Actor, number: int) -> tuple[MessageRecord, ...]:
    """What the municipalities of a proposal and the coordination wrote; nothing for whoever takes no part."""
    record = await association_records.find(actor, number)
    if not allows(actor, "read", "message", _parties(record)):
        return ()
    return _records(actor, await Message.filter(thread__association=record.number).order_by("id"))


def may_write_to_association(actor: Actor, record: AssociationRecord) -> bool:
    """Whether this actor may write to the municipalities of a proposal."""
    return allows(actor, "write", "association", _parties(record))


def may_ask(actor: Actor, need: Need) -> bool:
    """Whether this actor may write about a published need: anybody who acts for somebody, but not on examples."""
    return not need.example and allows(actor, "write", "question", needs.subject_of(need))


def may_write(actor: Actor, record: MatchRecord) -> bool:
    """Whether this actor may write to the other side of a match, which must know of it."""
    return record.asked_at is not None and allows(actor, "write", "message", match_records.reading(record))


async def post_on_need(actor: Actor, number: int, text: str, *, public: bool = True) -> MessageRecord:
    """Ask about a need, or answer as its owner, whose words all may read. Raises Refused or NotAllowed."""
    need = await _published(number)
    demand(actor, "write", "question", needs.subject_of(need), NO_ROLE)
    if need.example:
        raise Refused("example", Sentence("È un esempio: nessuno risponderebbe."))
    by_owner = actor.acts_for(need.owner_kind, need.owner_code)
    words = checked("text", text, TEXT, MISSING)

    async def work(writing: Writing) -> Message:
        thread, _ = await Thread.get_or_create(need_id=number, match=None)
        row = await _write(writing, actor, thread, f"need:{number}", words, public or by_owner)
        readers = set(await officers_of(need.owner_kind, need.owner_code))
        if by_owner:  # then those wait for it who asked
            readers |= await _authors(thread)
        await _tell(writing, readers, row, need.title, f"/bisogni/{number}")
        return row

    return _record(actor, await write(work))


async def post_on_match(actor: Actor, match_id: int, text: str) -> MessageRecord:
    """Write to the other side of a match. Raises NotFound, NotAllowed or Refused."""
    record = await match_records.find(actor, match_id)
    demand(actor, "write", "message", match_records.reading(record), NO_PART)
    if record.asked_at is None:
        raise Refused(
            "not_asked", Sentence("Il laboratorio non è ancora stato interpellato: nessuno leggerebbe.")
        )
    words = checked("text", text, TEXT, MISSING)

    async def work(writing: Writing) -> Message:
        thread, _ = await Thread.get_or_create(match_id=record.id, need=None)
        row = await _write(writing, actor, thread, f"match:{record.id}", words, False)
        readers = set(await answering_for(record.laboratory))
        for body in (record.owner, *record.parties):
            readers |= set(await officers_of(*body))
        await _tell(writing, readers, row, record.need_title, f"/collaborazioni/{record.id}")
        return row

    return _record(actor, await write(work))


async def post_on_association(actor: Actor, number: int, text: str) -> MessageRecord:
    """Write to the municipalities of a proposal. Raises NotFound, NotAllowed or Refused."""
    record = await association_records.find(actor, number)
    demand(actor, "write", "association", _parties(record), NO_MUNICIPALITY)
    words = checked("text", text, TEXT, MISSING)

    async def work(writing: Writing) -> Message:
        thread = await Thread.get_or_none(association=record.number)
        if thread is None:
            thread = await Thread.create()
            await AssociationProposal.filter(number=record.number).update(thread=thread)
        row = await _write(writing, actor, thread, f"association:{record.number}", words, False)
        readers = {
            person for body in _parties(record).bodies for person in await officers_of(*body)
        } | await _authors(thread)
        await _tell(
            writing,
            readers,
            row,
            association_news.function_of(record),
            f"{association_records.PATH_OF}{record.number}",
        )
        return row

    return _record(actor, await write(work))


def _parties(record: AssociationRecord) -> Subject:
    return Subject(bodies=association_records.subject_of(record).bodies)


async def _published(number: int) -> Need:
    need = catalogue.current().needs.get(number)
    if need is None:
        raise await needs.missing(number)
    return need


def _may_read(actor: Actor, need: Need, row: Message) -> bool:
    own = Subject(bodies=needs.subject_of(need).bodies)
    return (
        allows(actor, "read", "message", Subject(open=row.public))
        or allows(actor, "read", "message", own)
        or (_by_its_side(actor, row) and allows(actor, "write", "question", Subject(open=True)))
    )


def _by_its_side(actor: Actor, row: Message) -> bool:
    """Whether somebody wrote it itself, or works where its writer worked."""
    author: int | None = row.author_id  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
    if actor.person is not None and actor.person == author:
        return True
    ours, theirs = (label.removeprefix("DEMO ").partition(" ")[2] for label in (actor.label, row.acting_as))
    return actor.known and bool(ours) and ours == theirs


async def _write(
    writing: Writing, actor: Actor, thread: Thread, about: str, text: str, public: bool
) -> Message:
    row = await Message.create(
        thread=thread,
        author=await person_of(actor),
        acting_as=actor.label,
        text=text,
        public=public,
        at=datetime.now(UTC),
    )
    await audit.record(writing, actor, "write_message", f"message:{row.id}", {"about": about})
    return row


async def _authors(thread: Thread) -> set[int]:
    rows = await Message.filter(thread=thread, author_id__not_isnull=True).values_list("author_id", flat=True)
    return {int(str(author)) for author in rows}


async def _tell(
    writing: Writing, readers: Iterable[int], row: Message, title: str | Sentence, path: str
) -> None:
    """A message waits for its readers: they hear of it at once, but not of what it says."""
    author: int | None = row.author_id  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
    sentence = Sentence(NEWS.text, {"who": voice(row.acting_as), "need": title})
    others = [reader for reader in readers if reader != author]
    await notify(writing, others, "message", sentence, path, urgent=True)


def _records(actor: Actor, rows: Sequence[Message]) -> tuple[MessageRecord, ...]:
    return tuple(_record(actor, row) for row in rows)


def _record(actor: Actor, row: Message) -> MessageRecord:
    return MessageRecord(
        id=row.id,
        who=voice(row.acting_as),
        mine=actor.known and row.acting_as == actor.label,
        text=row.text,
        public=row.public,
        at=row.at,
    )
