"""Work that takes longer than a page may: asked for here, done by `raccordo.computing`, read here again.

A computation is a pure function of `raccordo_graph` and its inputs. It belongs to nobody: who may ask for it, and what
its result says, is decided by the subject that it is about. Its token is the only way to it.
"""

from __future__ import annotations

import json
import secrets
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from raccordo.catalogue import Catalogue
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import Computation, ComputationState
from raccordo.people import Actor
from raccordo.refusals import NotFound, Refused
from raccordo.rights import NOTHING, demand

MOST_WAITING = 20
MOST_ATTEMPTS = 3  # of workers that took it and were never heard of again
KEPT = timedelta(days=30)
UNFINISHED = (ComputationState.QUEUED, ComputationState.RUNNING)
PROBLEMS = {
    "failed": Sentence(
        "Il calcolo non è riuscito: si può riprovare; se succede ancora, è un difetto nostro."
    ),
    "too_long": Sentence(
        "Il calcolo ha superato il tempo massimo: si può riprovare con una zona più piccola."
    ),
    "given_up": Sentence(
        "Il calcolo si è interrotto {times} volte prima della fine, forse perché la memoria non basta: da solo non riparte. Con meno da calcolare può riuscire.",
        {"times": MOST_ATTEMPTS},
    ),
}

Values = Mapping[str, Any]
Report = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be computed: `run`, a function of a module, in a process of its own that is ended to cancel it.

    `prepare` adds what the published picture knows to the inputs; all values are JSON. `run` tells its report the
    share done, 0 to 1. `keep` gets the token and the result in the transaction that ends the computation: for
    whoever needs the result longer than computations are kept.
    """

    name: str
    run: Callable[[Values, Report], Values]
    prepare: Callable[[Catalogue, Values], Values]
    keep: Callable[[Writing, str, Values], Awaitable[None]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """A computation as one reads it; `ahead` counts those that come before it, `result` is there when it is done."""

    token: str
    kind: str
    state: ComputationState
    share: float
    ahead: int
    inputs: Values
    result: Values | None
    problem: Sentence | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def unfinished(self) -> bool:
        return self.state in UNFINISHED


async def start(kind: Kind, inputs: Values, snapshot_id: str) -> str:
    """Ask for a computation, in a transaction of its own; see `ask`."""
    return await write(lambda writing: ask(writing, kind, inputs, snapshot_id))


async def ask(_: Writing, kind: Kind, inputs: Values, snapshot_id: str) -> str:
    """Ask for a computation and return its token; what was computed already is not computed again.

    `snapshot_id` names the picture that it must be true of. Raises Refused when too many wait.
    """
    written = json.dumps(inputs, sort_keys=True, ensure_ascii=False)
    digest = sha256(f"{kind.name}\n{snapshot_id}\n{written}".encode()).hexdigest()

    await Computation.filter(finished_at__lt=datetime.now(UTC) - KEPT).delete()
    done = await Computation.filter(digest=digest, state=ComputationState.DONE).first()
    if done:
        return done.token
    if await Computation.filter(kind=kind.name, state__in=UNFINISHED).count() >= MOST_WAITING:
        raise Refused(
            "busy", Sentence("Ci sono già molti calcoli in attesa: si può riprovare fra qualche minuto.")
        )
    row = await Computation.create(
        token=secrets.token_hex(16),
        kind=kind.name,
        digest=digest,
        inputs=written,
        state=ComputationState.QUEUED,
        created_at=datetime.now(UTC),
    )
    return row.token


async def find(token: str, kind: str = "") -> Calculation:
    """The computation of a token, of any kind or of one; raises NotFound."""
    row = await Computation.filter(token=_key(token)).first()
    if row is None or (kind and row.kind != kind):
        raise NotFound(
            "unknown",
            Sentence(
                "Questo calcolo non c’è, o non c’è più: i risultati si tengono {days} giorni.",
                {"days": KEPT.days},
            ),
        )
    return _read(row, await _ahead([row]))


async def without_result(tokens: Iterable[str]) -> dict[str, Calculation]:
    """Those of some computations that have no result, by token."""
    rows = await Computation.filter(token__in=list(tokens)).exclude(state=ComputationState.DONE)
    ahead = await _ahead(rows)
    return {row.token: _read(row, ahead) for row in rows}


async def cancel(actor: Actor, token: str) -> Calculation:
    """End what is not finished; what is stays as it is. Raises NotFound."""
    sentence = Sentence("Questo programma non può annullare calcoli: al suo accesso manca la lettura.")
    demand(actor, "cancel", "computation", NOTHING, sentence)

    async def work(_: Writing) -> None:
        await Computation.filter(token=_key(token), state__in=UNFINISHED).update(
            state=ComputationState.CANCELLED, finished_at=datetime.now(UTC)
        )

    await write(work)
    return await find(token)


def _key(token: str) -> str:
    """The token as a database takes it: what nobody was given finds nothing."""
    return token[:32] if token.isascii() and token.isalnum() else ""


async def _ahead(rows: Iterable[Computation]) -> dict[int, int]:
    """How many come before each row that waits, by its number: the queue is one, whatever is computed."""
    waiting = [row.id for row in rows if row.state is ComputationState.QUEUED]
    if not waiting:
        return {}
    queue = await Computation.filter(state__in=UNFINISHED).order_by("id").values_list("id", flat=True)
    return {number: bisect_left(queue, number) for number in waiting}


def _read(row: Computation, ahead: Mapping[int, int]) -> Calculation:
    return Calculation(
        token=row.token,
        kind=row.kind,
        state=row.state,
        share=row.share,
        ahead=ahead.get(row.id, 0),
        inputs=json.loads(row.inputs),
        result=json.loads(row.result) if row.state is ComputationState.DONE else None,
        problem=PROBLEMS.get(row.problem),
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
