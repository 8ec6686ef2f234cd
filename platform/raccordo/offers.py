"""The life of an offer: publish, revise, close, withdraw, publish again. Rights and versions are decided here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from raccordo import catalogue, database, offer_rows, written_text
from raccordo.catalogue import Catalogue
from raccordo.database import Writing
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.models import Offer, OfferInterest, OfferStatus
from raccordo.offer_input import OfferInput, check
from raccordo.offer_rows import OfferState, state_of, stored, unknown
from raccordo.people import Actor
from raccordo.published_offers import Offer as PublishedOffer
from raccordo.refusals import NotAllowed, NotFound, Refused, refused
from raccordo.rights import Subject, allows
from raccordo.spoken import Day

REASON = 500  # characters
ENDED = {"close": OfferStatus.CLOSED, "withdraw": OfferStatus.WITHDRAWN}


def find(current: Catalogue, number: int) -> PublishedOffer:
    """The offer with that number, open or over; raises NotFound."""
    offer = current.offers.get(number)
    if offer is None:
        raise unknown(number)
    return offer


async def missing(number: int) -> NotFound:
    """Why an offer cannot be read: it was withdrawn on a day, or it never existed."""
    row = await Offer.get_or_none(number=number) if 0 < number < 2**31 else None
    if row is None or row.status is not OfferStatus.WITHDRAWN or row.ended_at is None:
        return unknown(number)
    told = {"number": number, "day": Day(row.ended_at), "reason": row.ended_because}
    return NotFound(
        "withdrawn",
        Sentence("L’offerta {number} è stata ritirata il {day}. Motivo: {reason}", told)
        if row.ended_because
        else Sentence("L’offerta {number} è stata ritirata il {day}.", told),
    )


def may(actor: Actor, verb: str, laboratory: str) -> bool:
    """Whether the actor may do this to the offers of a laboratory."""
    return allows(actor, verb, "offer", Subject(laboratory=laboratory, open=True))


def may_publish(actor: Actor) -> bool:
    return actor.laboratory is not None and may(actor, "publish", actor.laboratory)


async def publish(actor: Actor, wanted: OfferInput) -> PublishedOffer:
    """Publish an offer for the laboratory that the actor works in; raises NotAllowed or Refused."""
    laboratory = publishing_laboratory(actor)
    checked = check(catalogue.current(), wanted, today())
    number = await database.write(lambda writing: offer_rows.create(writing, actor, laboratory, checked))
    return find(await catalogue.catch_up(), number)


def publishing_laboratory(actor: Actor) -> str:
    """The laboratory for which the actor publishes; raises NotAllowed."""
    if actor.laboratory is None or not may(actor, "publish", actor.laboratory):
        raise NotAllowed(
            "publish_offer",
            Sentence(
                "Le offerte le pubblica un laboratorio, per mano di chi ne risponde o vi insegna: "
                "prima va scelto per chi si agisce."
            ),
        )
    return actor.laboratory


async def state_for(actor: Actor, number: int) -> OfferState:
    """The offer as its laboratory edits it; raises NotFound or NotAllowed."""
    state = await _changeable(actor, "revise", number)
    _demand_published(state)
    return state


async def revise(actor: Actor, number: int, version: int, wanted: OfferInput) -> PublishedOffer:
    """Replace what the offer says; raises NotFound, NotAllowed, Refused, or Stale with the current state.

    An empty day of opening leaves the one there was; the kind stays.
    """
    state = await state_for(actor, number)
    if wanted.kind and wanted.kind != state.written.kind:
        sentence = Sentence("Il tipo non si cambia: si chiude questa offerta e se ne pubblica un’altra.")
        raise refused("kind", "changed", sentence)
    whole = replace(
        wanted, kind=state.written.kind, opens_on=wanted.opens_on.strip() or state.written.opens_on
    )
    checked = check(catalogue.current(), whole, today())
    await database.write(lambda writing: offer_rows.replace(writing, actor, number, version, checked))
    return find(await catalogue.catch_up(), number)


async def close(actor: Actor, number: int, version: int, reason: str = "") -> OfferState:
    """Done with: nobody can answer it any more, everybody can still read it."""
    return await _end(actor, "close", number, version, reason)


async def withdraw(actor: Actor, number: int, version: int, reason: str = "") -> OfferState:
    """Take an offer off the board; it stays in the database and can be published again."""
    return await _end(actor, "withdraw", number, version, reason)


async def ending(actor: Actor, verb: str, number: int) -> OfferState:
    """The offer for whoever may end it, whether it is over already or not; raises NotFound or NotAllowed."""
    return await _changeable(actor, verb, number)


async def publish_again(actor: Actor, number: int, version: int) -> PublishedOffer:
    """Undo a closing or a withdrawal; whoever may do that."""
    state = await _changeable(actor, "publish_again", number)
    if state.status is OfferStatus.PUBLISHED:
        raise Refused("wrong_state", Sentence("L’offerta è già pubblicata."))
    again = {"status": OfferStatus.PUBLISHED, "ended_at": None, "ended_because": ""}
    await database.write(
        lambda writing: offer_rows.step(writing, actor, "publish_again", number, version, again)
    )
    return find(await catalogue.catch_up(), number)


async def of_laboratory(laboratory: str) -> tuple[tuple[OfferState, int], ...]:
    """Every offer of a laboratory, the last first, each with how many questions came of it; callers check who reads."""
    rows = await Offer.filter(laboratory_id=laboratory).order_by("-number")
    counted: dict[int, int] = {}
    for offer in await OfferInterest.filter(
        offer__laboratory_id=laboratory, match__asked_at__not_isnull=True
    ).values_list("offer_id", flat=True):
        counted[int(str(offer))] = counted.get(int(str(offer)), 0) + 1
    return tuple((state_of(row), counted.get(row.number, 0)) for row in rows)


async def _end(actor: Actor, verb: str, number: int, version: int, reason: str) -> OfferState:
    state = await _changeable(actor, verb, number)
    because = written_text.checked("reason", " ".join(reason.split()), REASON, None)
    if state.version == version:
        _demand_published(state)
    ended = {"status": ENDED[verb], "ended_at": datetime.now(UTC), "ended_because": because}

    async def work(writing: Writing) -> None:
        await offer_rows.step(writing, actor, verb, number, version, ended)

    await database.write(work)
    await catalogue.catch_up()
    return await stored(number)


async def _changeable(actor: Actor, verb: str, number: int) -> OfferState:
    """The stored offer, for whoever may do this to it; what was withdrawn is told to its own side only."""
    state = await stored(number)
    if may(actor, verb, state.laboratory):
        return state
    if state.status is OfferStatus.WITHDRAWN:
        raise await missing(number)
    sentence = Sentence("L’offerta {number} può cambiarla solo il suo laboratorio.", {"number": number})
    raise NotAllowed(f"{verb}_offer", sentence)


def _demand_published(state: OfferState) -> None:
    if state.status is not OfferStatus.PUBLISHED:
        raise Refused(
            "wrong_state",
            Sentence("L’offerta è chiusa o ritirata: prima va pubblicata di nuovo."),
        )
