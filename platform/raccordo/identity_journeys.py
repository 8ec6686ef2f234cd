"""A browser's way to an identity provider and back: begun here, in this browser, once, within ten minutes."""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from raccordo import single_use
from raccordo.database import Writing, write
from raccordo.identity_settings import Provider
from raccordo.language import Sentence
from raccordo.models import Person, Purpose, SingleUse
from raccordo.openid.conversation import Proven, address_to_ask, proven_by
from raccordo.openid.fetching import Unusable
from raccordo.refusals import NotFound, Refused
from raccordo.throttling import Act, attempt, network_of

LOG = logging.getLogger("raccordo.identities")
MOST_CODE = 4096  # characters
ROOM = 254  # characters that a single use remembers


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Where the browser goes, and the key with which it comes back."""

    address: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Who came back. `person` began the journey to add an identity; `confirm` is a secret that was mailed."""

    proven: Proven
    person: int | None
    confirm: str
    where: str


async def begin(
    provider: Provider,
    callback: str,
    address: str,
    *,
    where: str = "",
    confirm: str = "",
    person: Person | None = None,
) -> Departure:
    """Start a journey; `where` is the page to go on to, forgotten when it is too long to remember."""
    attempt(Act.IDENTITY, network_of(address), address)
    key, state = secrets.token_urlsafe(32), secrets.token_urlsafe(16)
    try:
        asked = await address_to_ask(provider, callback, state, key)
    except Unusable as error:
        raise _unusable(provider, error) from None
    known = f"{state} {provider.slug} {confirm} "
    subject = known + (where if len(known + where) <= ROOM else "")

    async def work(writing: Writing) -> None:
        await single_use.keep(writing, Purpose.IDENTITY_JOURNEY, key, person, subject)

    await write(work)
    return Departure(address=asked, key=key)


async def come_back(provider: Provider, callback: str, key: str, said: Mapping[str, str]) -> Arrival:
    """What the provider proves; `said` is the query with which it sent the browser back.

    The journey is over whatever comes of it: what was said twice is not heard twice.
    """

    async def work(writing: Writing) -> SingleUse:
        row = await single_use.look(key, Purpose.IDENTITY_JOURNEY)
        state, slug, *_ = row.subject.split(" ")
        if not hmac.compare_digest(state.encode(), said.get("state", "").encode()) or slug != provider.slug:
            raise _not_begun()
        return await single_use.use(writing, key, Purpose.IDENTITY_JOURNEY)

    try:
        row = await write(work)
    except NotFound:
        raise _not_begun() from None
    _, _, confirm, where = row.subject.split(" ", 3)
    proven = await _proven(provider, callback, key, said)
    return Arrival(proven=proven, person=row.person.id if row.person else None, confirm=confirm, where=where)


async def _proven(provider: Provider, callback: str, key: str, said: Mapping[str, str]) -> Proven:
    code = said.get("code", "")
    if said.get("error") == "access_denied":
        sentence = Sentence("L’accesso con {provider} è stato annullato.", {"provider": provider.name})
        raise Refused("access_denied", sentence)
    try:
        if said.get("iss", provider.issuer) != provider.issuer:
            raise Unusable("the answer comes from another issuer")
        if "error" in said or not code or len(code) > MOST_CODE:
            raise Unusable("comes back without a code")
        return await proven_by(provider, callback, code, key)
    except Unusable as error:
        raise _unusable(provider, error) from None


def _unusable(provider: Provider, error: Unusable) -> Refused:
    LOG.warning("identity provider %s: %s", provider.slug, error)
    return Refused(
        "provider",
        Sentence(
            "L’accesso con {provider} ora non riesce: si può riprovare fra poco, o usare la parola d’ordine.",
            {"provider": provider.name},
        ),
    )


def _not_begun() -> Refused:
    return Refused(
        "not_begun",
        Sentence(
            "Questo accesso non è cominciato in questo browser, o è passato troppo tempo: si ricomincia da qui."
        ),
    )
