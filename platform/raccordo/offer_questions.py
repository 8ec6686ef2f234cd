"""A body answers an offer with one of its needs: it asks the laboratory, through the same steps as from a ranking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from raccordo import catalogue, database, match_records, needs, offers
from raccordo.catalogue import Catalogue
from raccordo.database import Work, Writing
from raccordo.days import today
from raccordo.language import Sentence
from raccordo.match_records import MatchRecord
from raccordo.match_taking import asking, read, shortlisting, step
from raccordo.match_writing import NOTE
from raccordo.models import Match, MatchState, OfferInterest
from raccordo.people import Actor
from raccordo.published import Need
from raccordo.published_offers import Offer
from raccordo.refusals import Refused, refused
from raccordo.rights import Subject, allows, demand
from raccordo.written_text import checked

ABOUT = "A proposito dell’offerta {number}, «{title}»."  # for the laboratory, in the language of offers
NOT_YOURS = Sentence("A un’offerta risponde un ente, con uno dei suoi bisogni.")


def may_ask(actor: Actor) -> bool:
    """Whether the actor works for a body that may ask laboratories about its needs."""
    if not actor.body_kind or not actor.body_code:
        return False
    own = Subject(bodies=frozenset({(actor.body_kind, actor.body_code)}))
    return allows(actor, "ask", "match", own)


def own_needs(current: Catalogue, actor: Actor) -> tuple[Need, ...]:
    """The needs with which the actor may answer an offer, the last published first."""
    mine = [need for need in current.needs.values() if actor.acts_for(need.owner_kind, need.owner_code)]
    return tuple(sorted((need for need in mine if not need.example), key=lambda need: -need.number))


async def ask(actor: Actor, number: int, need_number: int, note: str = "") -> MatchRecord:
    """Ask the laboratory of an offer about a need; the question names the offer. Raises NotFound, NotAllowed, Refused.

    A conflict of interest, or a question that was asked already, is refused as it is from the need's own page.
    """
    current = catalogue.current()
    offer = current.offers.get(number)
    if offer is None:
        raise await offers.missing(number)
    need = current.needs.get(need_number)
    if need is None:
        raise refused(
            "need", "missing", Sentence("Manca il bisogno: uno di quelli pubblicati dal proprio ente.")
        )
    demand(actor, "ask", "match", needs.subject_of(need), NOT_YOURS)
    if not offer.open_on(today()):
        raise Refused(
            "not_open", Sentence("Oggi a questa offerta non si può rispondere: la pagina dice quando.")
        )
    about = ABOUT.format(number=number, title=offer.title)
    said = checked("note", "\n\n".join(part for part in (note.strip(), about) if part), NOTE, None)
    known = (await match_records.of_need(need_number)).get(offer.laboratory)
    asked = await database.write(await _question(actor, offer, need_number, known, said))
    await catalogue.catch_up()
    return await read(asked)


async def _question(
    actor: Actor, offer: Offer, need_number: int, known: MatchRecord | None, note: str
) -> Work[int]:
    """Shortlist where the need does not yet, remember the offer, ask: in one transaction, so all of it or nothing."""
    shortlist = await shortlisting(actor, need_number, offer.laboratory)

    async def work(writing: Writing) -> int:
        if known and known.state is MatchState.SHORTLISTED:
            match_id, version = known.id, known.version
        else:
            match_id, version = await shortlist(writing), None
        now = datetime.now(UTC)
        await OfferInterest.get_or_create(offer_id=offer.number, match_id=match_id, defaults={"at": now})
        await step(writing, actor, match_id, version, "ask", asking, note)
        return match_id

    return work


async def asked_about(laboratory: str, own: Iterable[Need]) -> dict[int, MatchRecord]:
    """By need, where the laboratory was asked and nobody renounced: from there one asks no second time."""
    rows = await Match.filter(
        laboratory_id=laboratory, need_id__in=[need.number for need in own], asked_at__not_isnull=True
    ).prefetch_related(*match_records.RELATED)
    found = await match_records.records(row for row in rows if row.state is not MatchState.DROPPED)
    return {record.need_number: record for record in found}


async def offers_of_match(match_id: int) -> tuple[int, ...]:
    """The offers from which a match came; callers check who reads the match."""
    found = await OfferInterest.filter(match_id=match_id).order_by("id").values_list("offer_id", flat=True)
    return tuple(int(str(number)) for number in found)
