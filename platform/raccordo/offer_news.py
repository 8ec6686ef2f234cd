"""An offer on a theme that people follow is told to each of them once, after it was written."""

from __future__ import annotations

from raccordo import catalogue, outbox
from raccordo.database import Writing
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.models import Follow, FollowKind, Offer, OfferStatus, PersonStatus
from raccordo.outbox import Event, GivenUp
from raccordo.telling import take_back, tell_once

EVENT = "offers"  # the kind of the outbox's events
KIND = "followed_offer"  # of the notifications
BATCH = 500  # followers told in one transaction


async def announce(writing: Writing, number: int, by: int | None) -> None:
    """Write down that an offer changed, in the transaction of the change; `by` is not told."""
    await outbox.put(writing, EVENT, {"offer": number, "by": by})


async def deliver(event: Event) -> int:
    """Tell who follows a theme of the offer and was not told yet; returns how many.

    Of an offer that is over or withdrawn nobody hears, and what nobody read or was mailed is taken back.
    """
    number = event.payload.get("offer")
    if not isinstance(number, int):
        raise GivenUp("news of no offer")
    current = await catalogue.catch_up()
    offer = current.offers.get(number)
    if offer is None or not offer.still_to_answer(today()):
        await take_back(KIND, _path(number))
        return 0
    name = current.laboratories[offer.laboratory].name
    sentence = Sentence("Offerta di {laboratory}: «{offer}».", {"laboratory": name, "offer": offer.title})
    author = await Offer.filter(number=number).values_list("author_id", flat=True)
    following = Follow.filter(
        kind=FollowKind.THEME, value__in=offer.themes or [""], person__status=PersonStatus.ACTIVE
    )
    persons = {int(str(one)) for one in await following.values_list("person_id", flat=True)}
    persons -= {event.payload.get("by"), *author}
    told, waiting = 0, sorted(persons)
    published = Offer.filter(number=number, status=OfferStatus.PUBLISHED).exists
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        told += await tell_once(KIND, _path(number), sentence, batch, published)
    return told


def _path(number: int) -> str:
    return f"/offerte/{number}"
