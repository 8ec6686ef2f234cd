"""What a person follows: themes, municipalities and searches among the needs; only ever its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from raccordo import audit, catalogue, municipalities, saved_searches
from raccordo.catalogue import Catalogue
from raccordo.database import Writing, write
from raccordo.language import Sentence
from raccordo.models import BodyKind, Follow, FollowKind
from raccordo.people import Actor, person_number, person_of
from raccordo.refusals import NotAllowed, NotFound, Refused, refused
from raccordo.rights import NOTHING, allows
from raccordo.written_text import has_controls

MOST = 100  # that one person follows
NOBODY = Sentence("Segue chi è entrato: prima bisogna farsi riconoscere. Senza utenza ci sono i feed Atom.")
SEARCHED = "/bisogni"
# Where each kind is read, and the same as a feed.
PAGES = {FollowKind.THEME: "/temi/", FollowKind.MUNICIPALITY: "/comuni/"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """Something that is followed, as it stands today: `gone` says why it can bring no news any more.

    `value` is a theme's slug, a municipality's code or the query of a list of needs; `was` is the value
    followed once, where a municipality merged away since.
    """

    kind: FollowKind
    value: str
    was: str
    since: datetime
    path: str
    feed: str
    gone: Sentence | None


async def follow(actor: Actor, kind: str, value: str) -> Followed:
    """Follow from now on; once is enough. Raises NotAllowed for visitors, Refused for what does not exist."""
    _demand(actor, "add")
    current, wanted = catalogue.current(), _kind(kind)
    kept = canonical(current, wanted, value)

    async def work(writing: Writing) -> Follow:
        person = await person_of(actor)
        mine = Follow.filter(person=person)
        if row := await mine.filter(kind=wanted, value__in=same(current, wanted, kept)).first():
            return row
        if await mine.count() >= MOST:
            sentence = Sentence("Si seguono al massimo {most} cose: qualcuna va lasciata.", {"most": MOST})
            raise Refused("too_many", sentence)
        await _record(writing, actor, "add_follow", wanted)
        return await Follow.create(person=person, kind=wanted, value=kept, created_at=datetime.now(UTC))

    return _followed(current, await write(work))


async def unfollow(actor: Actor, kind: str, value: str) -> int:
    """Follow no longer; what was not followed stays so. Returns how many rows said it."""
    _demand(actor, "remove")
    wanted = _kind(kind)
    meant = _meant(catalogue.current(), wanted, value)

    async def work(writing: Writing) -> int:
        person = await person_of(actor)
        gone = await Follow.filter(person=person, kind=wanted, value__in=meant).delete()
        if gone:
            await _record(writing, actor, "remove_follow", wanted)
        return gone

    return await write(work)


async def of(actor: Actor) -> tuple[Followed, ...]:
    """Everything that somebody follows, the last first; two towns that merged are one. Nothing for visitors."""
    person = await person_number(actor)
    if person is None or not allows(actor, "read", "follow", NOTHING):
        return ()
    current = catalogue.current()
    found = [_followed(current, row) for row in await Follow.filter(person_id=person).order_by("-id")]
    return tuple({(one.kind, one.value): one for one in reversed(found)}.values())[::-1]


async def follows(actor: Actor, kind: FollowKind, value: str) -> bool:
    """Whether somebody follows this already; `value` is canonical."""
    person = await person_number(actor)
    if person is None:
        return False
    meant = same(catalogue.current(), kind, value)
    return await Follow.filter(person_id=person, kind=kind, value__in=meant).exists()


def name_of(current: Catalogue, one: Followed, language: str) -> str:
    """What is followed in the reader's words; its key where it is gone."""
    if one.gone:
        return one.value
    if one.kind is FollowKind.THEME:
        return str(getattr(current.themes[one.value], f"label_{language}"))
    if one.kind is FollowKind.MUNICIPALITY:
        return current.municipalities[one.value].name
    return saved_searches.name_of(current, one.value, language)


def canonical(current: Catalogue, kind: FollowKind, value: str) -> str:
    """The value as it is kept; raises Refused about the field `value`."""
    if kind is FollowKind.SEARCH:
        return saved_searches.canonical(current, value)
    if kind is FollowKind.THEME:
        if value not in current.themes:
            raise refused("value", "unknown", Sentence("Questo tema non esiste."))
        return value
    try:
        return municipalities.find(current, value).code
    except NotFound as missing:
        raise refused("value", "unknown", missing.sentence) from None


def same(current: Catalogue, kind: FollowKind, value: str) -> set[str]:
    """Every value that means the same today: of a municipality also the codes that merged into it."""
    if kind is not FollowKind.MUNICIPALITY:
        return {value}
    return {value, *former_codes(current, value)}


def former_codes(current: Catalogue, code: str) -> set[str]:
    """The codes, however long ago, that the municipality continues."""
    towns = {one: current.body(BodyKind.MUNICIPALITY, one) for one in current.successions}
    return {one for one, town in towns.items() if town and town.code == code}


def _meant(current: Catalogue, kind: FollowKind, value: str) -> set[str]:
    """What somebody who follows no longer may have kept: also what nobody could follow today."""
    storable = len(value) <= saved_searches.LONGEST and not has_controls(value)
    said = {value} if storable else set()
    try:
        return said | same(current, kind, canonical(current, kind, value))
    except Refused:
        return said


def _followed(current: Catalogue, row: Follow) -> Followed:
    value, gone = row.value, None
    try:
        value = canonical(current, row.kind, row.value)
    except Refused as refusal:
        gone = refusal.fields[0].sentence
    page = SEARCHED if row.kind is FollowKind.SEARCH else PAGES[row.kind] + value
    query = f"?{value}" if row.kind is FollowKind.SEARCH and value else ""
    return Followed(
        kind=row.kind,
        value=value,
        was="" if value == row.value else row.value,
        since=row.created_at,
        path=page + query,
        feed=f"{page}.atom{query}",
        gone=gone,
    )


async def _record(writing: Writing, actor: Actor, verb: str, kind: FollowKind) -> None:
    """Without the value: the words of a search are somebody's own."""
    await audit.record(writing, actor, verb, f"person:{await person_number(actor)}", {"kind": kind.value})


def _kind(kind: str) -> FollowKind:
    if kind not in FollowKind.__members__:
        raise refused("kind", "unknown", Sentence("Si segue un tema, un comune o una ricerca fra i bisogni."))
    return FollowKind[kind]


def _demand(actor: Actor, verb: str) -> None:
    if actor.system or not allows(actor, verb, "follow", NOTHING):
        raise NotAllowed(f"{verb}_follow", NOBODY)
