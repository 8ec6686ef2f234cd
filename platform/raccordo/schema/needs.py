"""Needs: what is published, what their owners edit, what they find."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from raccordo import matches, need_search, published
from raccordo.models import Intent, NeedStatus
from raccordo.need_rows import NeedState as StoredNeed
from raccordo.need_search import AlikeNeed as FoundAlike
from raccordo.published import Axis
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo.schema.links import ABody, AFunction, AMatch, AnAlikeNeed, AnOfferMatch, ATheme
from raccordo.schema.listings import picked
from raccordo.schema.matches import COMPARING, RANKING, alike, fits
from raccordo.schema.node import Node
from raccordo.schema.offers import BESIDE, offers_of_need
from raccordo.schema.previews import Serving
from raccordo_graph import Match as GraphMatch
from raccordo_graph import Serving as GraphServing
from raccordo_graph.offers import OfferMatch

enumeration(
    NeedStatus,
    "Where a need stands in its life.",
    DRAFT="Written and seen by its owner only.",
    PUBLISHED="On the board.",
    WITHDRAWN="Taken off the board; it can be published again.",
    CLOSED="Done with.",
)


def _owner(root: strawberry.Parent[published.Need], info: Info) -> published.TerritorialBody:
    return info.context.catalogue.owner(root)


async def _description(root: strawberry.Parent[published.Need], info: Info) -> str | None:
    return await info.context.descriptions.load(root.number)


def _functions(root: strawberry.Parent[published.Need], info: Info) -> list[published.FundamentalFunction]:
    return picked(info.context.catalogue.functions, root.functions)


def _themes(root: strawberry.Parent[published.Need], info: Info) -> list[published.Theme]:
    return picked(info.context.catalogue.themes, root.themes)


def _inferred(root: strawberry.Parent[published.Need]) -> list[str]:
    return sorted(root.inferred)


def _intent(root: strawberry.Parent[published.Need]) -> Intent | None:
    return Intent(root.intent) if root.intent else None


def _matches(root: strawberry.Parent[published.Need], info: Info) -> Listing[GraphMatch]:
    catalogue = info.context.catalogue
    return fits(catalogue, f"matches:{root.number}", matches.for_need(catalogue, root), root)


def _serving(root: strawberry.Parent[published.Need], info: Info) -> GraphServing:
    return matches.serving(info.context.catalogue, root)


def _near(root: strawberry.Parent[published.Need], info: Info) -> Listing[FoundAlike]:
    return alike(f"near:{root.number}", need_search.near(info.context.catalogue, root))


def _alike(root: strawberry.Parent[published.Need], info: Info) -> Listing[FoundAlike]:
    return alike(f"alike:{root.number}", need_search.alike(info.context.catalogue, root))


def _offers(root: strawberry.Parent[published.Need], info: Info) -> Listing[OfferMatch]:
    return offers_of_need(info.context.catalogue, root)


@shows(published.Need, "A published need of a territorial body, in its own words.")
class Need(Node):
    number: int = described("Its natural key.")
    external_id: str | None = described(
        "The key that its owner's system, or its source, gives it; null when it has none."
    )
    owner: ABody = described("The body whose need it is.", _owner)
    title: str = described("One line on what is needed, in the language of who wrote it.")
    excerpt: str = described("The beginning of the description.")
    description: str | None = described(
        "The whole text; null only when the need was withdrawn while this answer was being made.",
        _description,
    )
    status: NeedStatus = described("Where it stands in its life: always PUBLISHED on the board.")
    example: bool = described("True for an example (“esempio, non una richiesta del Comune”): nobody asked.")
    functions: list[AFunction] = described("The fundamental functions it is about, at most five.", _functions)
    themes: list[ATheme] = described("The themes it is about, at most five.", _themes)
    axes: list[Axis] = described("The axes of sustainability it touches.")
    inferred: list[str] = described(
        "Which of `functions`, `themes` and `axes` nobody chose: they were inferred from the text.", _inferred
    )
    funding: str = described("The funding, as its owner words it; empty when unknown.")
    deadline: date | None = described("The day by which it is needed; null when there is none.")
    intent: Intent | None = described("What its owner looks for; null while that is open.", _intent)
    amount: int | None = described("Euros that its owner has for it; null when nothing was said.")
    starts: date | None = described("The day from which it is needed; null when nothing was said.")
    sites: list[str] = described(
        "Where it is, when that was said: ISTAT codes and slugs of mountain communities, at most five."
    )
    rejected: list[str] = described(
        "Themes and functions that the text suggests and its owner does not mean, such as `theme:rifiuti`."
    )
    summary_en: str = described(
        "A summary in English that its owner confirmed, made from the recognised concepts; empty without one."
    )
    deadline_note: str = described("What the deadline means; empty when nothing was said.")
    municipal_profile: str = described("The kind of municipality that an example was written for.")
    associable: bool | None = described("Whether several bodies could ask it together; null when unknown.")
    evidence: str = described("How far an example is tied to a public call or document.")
    source: str = described("Where an example comes from; empty for a need that somebody published.")
    published_at: datetime = described("When it was first published.")
    changed_at: datetime = described("When it last changed.")
    version: int = described("Raised by every change: pass it back when revising.")
    matches: Connection[AMatch] = listed(
        "The laboratories for it, best first, computed on read.", _matches, cost=RANKING
    )
    serving: Serving = described("Whether a laboratory should serve it at all.", _serving)
    near: Connection[AnAlikeNeed] = listed(
        "Needs of neighbouring municipalities that resemble it: with whom one could ask together.",
        _near,
        cost=COMPARING,
    )
    alike: Connection[AnAlikeNeed] = listed(
        "The five needs of anybody else that resemble it most.", _alike, cost=COMPARING
    )
    offers: Connection[AnOfferMatch] = listed(
        "The offers open today that have to do with it, best first.", _offers, cost=BESIDE
    )


def _written(name: str):  # type: ignore[no-untyped-def]  # a resolver for each field of the same input
    def resolver(root: strawberry.Parent[StoredNeed]) -> object:
        return getattr(root.written, name)

    return resolver


@shows(
    StoredNeed,
    "A need as it is stored and as its owner edits it: only what a person chose, nothing inferred.",
    right=("revise", "need"),
)
class NeedState:
    number: int = described("Its natural key.")
    version: int = described("The version to pass back with the next change.")
    status: NeedStatus = described("Where it stands in its life.")
    example: bool = described("True for an example.")
    title: str = described("The title as it is now.", _written("title"))
    description: str = described("The whole text as it is now.", _written("description"))
    functions: list[str] = described("The letters of the functions that were chosen.", _written("functions"))
    themes: list[str] = described("The slugs of the themes that were chosen.", _written("themes"))
    axes: list[Axis] = described("The axes that were chosen.", _written("axes"))
    funding: str = described("The funding as it is now.", _written("funding"))
    deadline: str = described("The deadline as YYYY-MM-DD; empty when there is none.", _written("deadline"))
    intent: str = described("What is looked for, by name of `Intent`; empty while open.", _written("intent"))
    amount: str = described("Euros as they are now; empty when nothing was said.", _written("amount"))
    starts: str = described("The first day as YYYY-MM-DD; empty when there is none.", _written("starts"))
    sites: list[str] = described("The sites that were confirmed.", _written("sites"))
    rejected: list[str] = described("The suggestions that were set aside.", _written("rejected"))
    summary_en: str = described("The summary in English that was confirmed.", _written("summary_en"))
    ended_because: str = described("Why it was withdrawn; empty when nothing was said.")
