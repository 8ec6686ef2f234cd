"""The rows of an offer: written in a transaction of the caller, who has checked the rights; read as they are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from raccordo import audit, offer_news
from raccordo.catalogue_reading import parts
from raccordo.cells import LIST_SEPARATOR
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import Offer, OfferStatus, Person
from raccordo.offer_input import CheckedOffer, OfferInput
from raccordo.people import Actor, person_of
from raccordo.refusals import NotFound, Stale

CHANGED_MEANWHILE = Sentence("Qualcuno ha cambiato l’offerta nel frattempo: ecco com’è adesso.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferState:
    """A stored offer as its laboratory edits it: chosen values only, nothing inferred."""

    number: int
    version: int
    status: OfferStatus
    laboratory: str
    written: OfferInput
    ended_because: str


def unknown(number: int) -> NotFound:
    return NotFound(
        "unknown_offer", Sentence("Non c’è nessuna offerta col numero {number}.", {"number": number})
    )


async def create(writing: Writing, actor: Actor, laboratory: str, checked: CheckedOffer) -> int:
    """Put a checked offer on the board, with its entry in the log."""
    number = await put(writing, laboratory, checked, await person_of(actor))
    await recorded(writing, actor, "publish", number, 1)
    return number


async def put(writing: Writing, laboratory: str, checked: CheckedOffer, author: Person | None = None) -> int:
    """The row of a new offer; its number. The caller logs and announces it."""
    now = datetime.now(UTC)
    offer = await Offer.create(
        **_columns(checked),
        kind=checked.kind,
        laboratory_id=laboratory,
        author=author,
        status=OfferStatus.PUBLISHED,
        published_at=now,
        changed_at=now,
        changed_in=writing.version,
    )
    return offer.number


async def replace(writing: Writing, actor: Actor, number: int, version: int, checked: CheckedOffer) -> None:
    """What the offer says from now on; raises Stale."""
    await step(writing, actor, "revise", number, version, _columns(checked))


async def step(
    writing: Writing, actor: Actor, verb: str, number: int, version: int, columns: dict[str, Any]
) -> None:
    """Move the offer from `version` to the next one, or raise Stale: of several editors one wins."""
    moved = await Offer.filter(number=number, version=version).update(
        **columns, version=version + 1, changed_at=datetime.now(UTC), changed_in=writing.version
    )
    if not moved:
        raise Stale(CHANGED_MEANWHILE, await stored(number))
    await recorded(writing, actor, verb, number, version + 1)


async def recorded(writing: Writing, actor: Actor, verb: str, number: int, version: int) -> None:
    """What every change of an offer leaves behind: an entry of the log, and news for who follows its themes."""
    await audit.record(writing, actor, verb, f"offer:{number}", {"version": version})
    by = await person_of(actor)
    await offer_news.announce(writing, number, by.id if by else None)
    writing.publishes = True


async def stored(number: int) -> OfferState:
    """The offer as it is in the database, whoever asks; raises NotFound."""
    row = await Offer.get_or_none(number=number) if 0 < number < 2**31 else None
    if row is None:
        raise unknown(number)
    return state_of(row)


def state_of(row: Offer) -> OfferState:
    """A row as its laboratory edits it."""
    details = json.loads(row.details)
    return OfferState(
        number=row.number,
        version=row.version,
        status=row.status,
        laboratory=row.laboratory_id,  # type: ignore[attr-defined]  # Tortoise adds it beside the relation
        ended_because=row.ended_because,
        written=OfferInput(
            kind=row.kind.value,
            title=row.title,
            text=row.text,
            title_en=row.title_en,
            text_en=row.text_en,
            themes=parts(row.themes),
            functions=parts(row.functions),
            radius_km="" if row.radius_km is None else str(row.radius_km),
            opens_on=row.opens_on.isoformat(),
            closes_on=row.closes_on.isoformat() if row.closes_on else "",
            details={name: str(value) for name, value in details.items()},
        ),
    )


def _columns(checked: CheckedOffer) -> dict[str, Any]:
    own = ("title", "text", "title_en", "text_en", "radius_km", "opens_on", "closes_on")
    return {
        **{name: getattr(checked, name) for name in own},
        "themes": LIST_SEPARATOR.join(checked.themes),
        "functions": LIST_SEPARATOR.join(checked.functions),
        "details": json.dumps(dict(checked.details), ensure_ascii=False, sort_keys=True),
    }
