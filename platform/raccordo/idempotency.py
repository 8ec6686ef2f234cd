"""A request with a key has one effect: reserved before it runs, signed by its effects, answered the same again."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tortoise.expressions import F

from raccordo.database import Writing, signing, write
from raccordo.language import Sentence
from raccordo.models import IdempotencyKey
from raccordo.people import Actor, person_of
from raccordo.refusals import Refused
from raccordo.single_use import digest

LASTS = timedelta(hours=24)
DEAD_AFTER = timedelta(seconds=60)  # a request that has not ended by then is taken for dead
PATIENCE = 8.0  # seconds that a second request waits for the first one
PAUSE, LONGEST_PAUSE = 0.05, 0.5
KEY = re.compile(r"[ -~]{1,128}")


class KeyReused(Refused):
    """The key belongs to another request."""


class Unfinished(Refused):
    """The first request with the key has no answer: `seconds` says when to ask again, None never."""

    def __init__(self, code: str, sentence: Sentence, seconds: int | None = None) -> None:
        super().__init__(code, sentence)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Reservation:
    """The right of one attempt to act under a key, while nobody has taken it over."""

    id: int
    attempt: int

    @contextmanager
    def signing(self) -> Iterator[None]:
        """What is written inside is written together with a mark on the reservation, or not at all."""
        before = signing.set(self._sign)
        try:
            yield
        finally:
            signing.reset(before)

    async def _sign(self, _writing: Writing) -> None:
        mine = IdempotencyKey.filter(id=self.id, attempt=self.attempt, answered_at=None)
        if not await mine.update(effects=F("effects") + 1):
            raise Unfinished(
                "in_progress",
                Sentence("Un’altra richiesta con la stessa chiave ha preso il posto di questa."),
            )


def applies(actor: Actor) -> bool:
    """Keys belong to persons: nobody else has any effect that could happen twice."""
    return actor.person is not None or actor.demo


async def begin(actor: Actor, key: str, fingerprint: str) -> Reservation | str:
    """A reservation to act under, or the answer that the same request got before.

    Waits a while for another request under the same key. Raises KeyReused or Unfinished.
    """
    person = await _person_id(actor)
    # Of one person two roles may use the same key; and what a key says is nobody's business.
    key = digest(f"{actor.membership} {actor.label} {key}")
    until, pause = time.monotonic() + PATIENCE, PAUSE
    while True:
        row = await IdempotencyKey.get_or_none(person_id=person, key=key)
        found = _judge(row, fingerprint) or await _reserve(person, key, fingerprint)
        if not isinstance(found, _Wait):
            return found
        if time.monotonic() > until:
            raise Unfinished(
                "in_progress", Sentence("La stessa richiesta è ancora in corso: riprovare fra poco."), 2
            )
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def finish(reservation: Reservation, answer: str, *, keep: bool) -> None:
    """Keep the answer; one that is not worth it is forgotten, with the key, unless something was written.

    An empty answer says that it was lost: the effect stands, and nobody can tell its words any more.
    """

    async def work(_: Writing) -> None:
        mine = IdempotencyKey.filter(id=reservation.id, attempt=reservation.attempt, answered_at=None)
        if not keep:
            await mine.filter(effects=0).delete()
        await mine.update(answer=answer, answered_at=datetime.now(UTC))

    await write(work)


async def _person_id(actor: Actor) -> int:
    if actor.person is not None:
        return actor.person
    person = await write(lambda _: person_of(actor))
    assert person is not None  # noqa: S101  # what `applies` promises
    return person.id


class _Wait:
    """Somebody else is at it."""


def _judge(row: IdempotencyKey | None, fingerprint: str) -> str | _Wait | None:
    """The kept answer, whether to wait, or None when the request may run."""
    now = datetime.now(UTC)
    if row is None or row.created_at <= now - LASTS:
        return None
    if row.fingerprint != fingerprint:
        raise KeyReused(
            "key_reused", Sentence("Questa chiave è già di un’altra richiesta: ne serve una nuova.")
        )
    if row.answered_at is not None and row.answer:
        return row.answer
    alive = row.attempted_at is not None and row.attempted_at > now - DEAD_AFTER
    if row.answered_at is None and alive:
        return _Wait()
    if row.effects:
        raise Unfinished(
            "answer_lost",
            Sentence(
                "La richiesta con questa chiave ha avuto effetto, ma la risposta è andata persa: "
                "prima di ripeterla con un’altra chiave va letto che cosa è cambiato."
            ),
        )
    return None


async def _reserve(person: int, key: str, fingerprint: str) -> Reservation | str | _Wait:
    """The same judgement again under the lock, then the reservation: new, or taken over from a dead attempt."""

    async def work(_: Writing) -> Reservation | str | _Wait:
        row = await IdempotencyKey.get_or_none(person_id=person, key=key)
        if (found := _judge(row, fingerprint)) is not None:
            return found
        now = datetime.now(UTC)
        if row is not None and row.created_at > now - LASTS:
            await IdempotencyKey.filter(id=row.id).update(
                attempt=row.attempt + 1, attempted_at=now, answered_at=None
            )
            return Reservation(row.id, row.attempt + 1)
        await IdempotencyKey.filter(person_id=person, key=key).delete()
        made = await IdempotencyKey.create(
            person_id=person, key=key, fingerprint=fingerprint, answer="", attempted_at=now, created_at=now
        )
        return Reservation(made.id, 1)

    return await write(work)
