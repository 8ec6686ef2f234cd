"""The rows of a need: written in a transaction of the caller, who has checked the rights; read as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from raccordo import audit, catalogue, corrections, follow_news, unknown_words
from raccordo.catalogue import Catalogue
from raccordo.catalogue_reading import parts
from raccordo.database import Writing
from raccordo.language import Sentence
from raccordo.models import Need, NeedFunction, NeedStatus, NeedTheme, Person, ProposedNeed, TerritorialBody
from raccordo.need_input import CheckedNeed, NeedInput
from raccordo.need_search import Facets, facets_of
from raccordo.people import Actor, person_of
from raccordo.published import Axis
from raccordo.refusals import Refused, Stale, refused
from raccordo.rights import Body

SEPARATOR = "|"
CHANGED_MEANWHILE = Sentence("Qualcuno ha cambiato il bisogno nel frattempo: ecco com’è adesso.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """What the text of a need teaches the lexicon: corrections of its suggestions, and words that it does not know."""

    corrections: tuple[corrections.Said, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedState:
    """A stored need with its long text, as its owner edits it. Chosen values only, nothing inferred."""

    number: int
    version: int
    status: NeedStatus
    example: bool
    written: NeedInput
    ended_because: str


async def create(
    writing: Writing,
    actor: Actor,
    owner: Body,
    author: Person | None,
    checked: CheckedNeed,
    teaches: Teaching,
    *,
    external_id: str = "",
    **details: object,
) -> int:
    """Put a checked need on the board, in a transaction of the caller, who has checked the rights.

    Raises Refused when its owner has a need with that key.
    """
    body = await TerritorialBody.get(kind=owner[0], code=owner[1])
    key = external_id.strip() or None
    if key and (taken := await Need.get_or_none(owner=body, external_id=key, example=False)):
        sentence = Sentence("Questo codice è già del bisogno {number}.", {"number": taken.number})
        raise refused("external_id", "taken", sentence)
    now = datetime.now(UTC)
    need = await Need.create(
        **_columns(checked),
        external_id=key,
        owner=body,
        author=author,
        status=NeedStatus.PUBLISHED,
        published_at=now,
        changed_at=now,
        changed_in=writing.version,
    )
    await _link(need.number, checked)
    await _remember(writing, owner, checked, teaches)
    await audit.record(writing, actor, "publish", f"need:{need.number}", {"version": 1, **details})
    await announce(writing, actor, need.number)
    writing.publishes = True
    return need.number


async def replace(
    writing: Writing, actor: Actor, number: int, version: int, checked: CheckedNeed, teaches: Teaching
) -> None:
    """What the need says from now on; raises Stale. Call it while writing."""
    current = catalogue.current()
    known = current.needs.get(number)
    await step(writing, number, version, _columns(checked))
    await NeedFunction.filter(need_id=number).delete()
    await NeedTheme.filter(need_id=number).delete()
    await _link(number, checked)
    if known and not known.example:
        await _remember(writing, (known.owner_kind, known.owner_code), checked, teaches)
    await audit.record(writing, actor, "revise", f"need:{number}", {"version": version + 1})
    await announce(writing, actor, number, facets_of(current, known) if known else None)


async def step(writing: Writing, number: int, version: int, columns: dict[str, Any]) -> None:
    """Move the need from `version` to the next one, or raise Stale: of several editors one wins."""
    moved = await Need.filter(number=number, version=version).update(
        **columns, version=version + 1, changed_at=datetime.now(UTC), changed_in=writing.version
    )
    if not moved:
        raise Stale(CHANGED_MEANWHILE, await stored(number))
    writing.publishes = True


async def announce(writing: Writing, actor: Actor, number: int, before: Facets | None = None) -> None:
    """Tell who follows it, once the transaction is over; `before` is what it was on the board."""
    by = await person_of(actor)
    await follow_news.announce(writing, number, by.id if by else None, before=before)


def _columns(checked: CheckedNeed) -> dict[str, Any]:
    chosen = {axis.value.lower(): axis in checked.axes for axis in Axis}
    return {
        "title": checked.title,
        "description": checked.description,
        "funding": checked.funding,
        "deadline": checked.deadline,
        **understood_columns(checked),
        # Without a single choice the axes stay unknown and are inferred.
        **(chosen if checked.axes else dict.fromkeys(chosen)),
    }


def teaching(current: Catalogue, checked: CheckedNeed) -> Teaching:
    """What a need teaches; ask it before writing, while nobody waits."""
    return Teaching(
        corrections=tuple(corrections.corrected(current, checked)),
        words=unknown_words.found(current, f"{checked.title}\n{checked.description}"),
    )


async def _remember(writing: Writing, owner: Body, checked: CheckedNeed, teaches: Teaching) -> None:
    await corrections.remember(writing, owner, checked, teaches.corrections)
    await unknown_words.remember(owner, teaches.words)


def understood_columns(checked: CheckedNeed) -> dict[str, Any]:
    """What a person confirmed of what the text says beside its subject."""
    return {
        **{name: getattr(checked, name) for name in ("intent", "amount", "starts", "summary_en")},
        **{name: SEPARATOR.join(getattr(checked, name)) for name in ("sites", "rejected")},
    }


def understood_fields(row: Need | ProposedNeed) -> dict[str, Any]:
    """The same columns as a person writes them."""
    return {
        "intent": row.intent,
        "amount": str(row.amount or ""),
        "starts": row.starts.isoformat() if row.starts else "",
        "sites": parts(row.sites),
        "rejected": parts(row.rejected),
        "summary_en": row.summary_en,
    }


async def _link(number: int, checked: CheckedNeed) -> None:
    await NeedFunction.bulk_create(
        NeedFunction(need_id=number, function_id=letter, position=position)
        for position, letter in enumerate(checked.functions)
    )
    await NeedTheme.bulk_create(
        NeedTheme(need_id=number, theme_id=slug, position=position)
        for position, slug in enumerate(checked.themes)
    )


async def stored(number: int) -> NeedState:
    """The need as it is in the database, whoever asks."""
    row = await Need.get_or_none(number=number)
    if row is None:
        raise Refused("unknown_need", Sentence("Il bisogno {number} non esiste.", {"number": number}))
    functions = (
        await NeedFunction.filter(need_id=number).order_by("position").values_list("function_id", flat=True)
    )
    themes = await NeedTheme.filter(need_id=number).order_by("position").values_list("theme_id", flat=True)
    return NeedState(
        number=number,
        version=row.version,
        status=row.status,
        example=row.example,
        written=NeedInput(
            title=row.title,
            description=row.description,
            functions=tuple(str(letter) for letter in functions),
            themes=tuple(str(slug) for slug in themes),
            axes=tuple(axis.value for axis in Axis if getattr(row, axis.value.lower())),
            funding=row.funding,
            deadline=row.deadline.isoformat() if row.deadline else "",
            **understood_fields(row),
        ),
        ended_because=row.ended_because,
    )
