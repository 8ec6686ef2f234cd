"""What a text that is still being written already finds: laboratories, needs like it, an honest no, what would help."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import strawberry
from strawberry import UNSET

from raccordo import matches, municipalities, people, published
from raccordo.models import BodyKind, Intent
from raccordo.need_input import NeedInput
from raccordo.need_search import AlikeNeed as FoundAlike
from raccordo.published import Axis
from raccordo.schema.connections import Connection, Listing, listed
from raccordo.schema.context import Info
from raccordo.schema.fields import described, shows
from raccordo.schema.links import AFunction, ALaboratory, AMatch, AnAlikeNeed, ATheme
from raccordo.schema.listings import picked
from raccordo.schema.matches import alike, fits
from raccordo.schema.plain_words import Chip
from raccordo_graph import Help as GraphHelp
from raccordo_graph import Match as GraphMatch
from raccordo_graph import Service as GraphService
from raccordo_graph import Serving as GraphServing

PREVIEWING = 50  # what reading a text costs in the limiter's count
HELPING = 200  # what ranking it again with each of five themes and six semesters costs

Title: TypeAlias = Annotated[str, strawberry.argument(description="The title as written so far.")]
Text: TypeAlias = Annotated[str, strawberry.argument(description="The description as written so far.")]
Letters: TypeAlias = Annotated[
    list[str], strawberry.argument(description="Letters of chosen functions; unknown ones are left out.")
]
Slugs: TypeAlias = Annotated[
    list[str], strawberry.argument(description="Slugs of chosen themes; unknown ones are left out.")
]
Rejected: TypeAlias = Annotated[
    list[str], strawberry.argument(description="Values of chips that are set aside: they count no more.")
]
Asked: TypeAlias = Annotated[
    Intent | None, strawberry.argument(description="What is looked for, once that was confirmed.")
]
Euros: TypeAlias = Annotated[
    str, strawberry.argument(description="Euros that were confirmed, as people write them.")
]
From: TypeAlias = Annotated[
    str,
    strawberry.argument(
        description="From when, as YYYY-MM-DD or DD/MM/YYYY: free places are those of its semester."
    ),
]
By: TypeAlias = Annotated[str, strawberry.argument(description="By when, likewise.")]
Sites: TypeAlias = Annotated[
    list[str],
    strawberry.argument(description="ISTAT codes and slugs of mountain communities that were confirmed."),
]
SeenFrom: TypeAlias = Annotated[
    str | None,
    strawberry.argument(description="The municipality to see from; else the body of whoever acts."),
]


@shows(GraphService, "A service that a text asks for, of an office or a supplier: no laboratory studies it.")
class Service:
    key: str = described("Its key in the lexicon.")
    label_it: str = described("Its name in Italian.")
    label_en: str = described("Its name in English.")
    share: float = described("How much of the text asks for it, between 0 and 1.")
    words: list[str] = described("The words of the text that say so, the most telling first.")


def _offices(root: strawberry.Parent[GraphServing], info: Info) -> list[published.FundamentalFunction]:
    return picked(info.context.catalogue.functions, root.functions)


@shows(GraphServing, "Whether a laboratory should serve a text, or an office or a supplier would.")
class Serving:
    laboratory: bool = described("False: no laboratory, rather one of the services.")
    share: float = described("How much of the text asks for a service, between 0 and 1.")
    services: list[Service] = described("The services it asks for, the loudest first.")
    functions: list[AFunction] = described("The functions that the loudest service falls to.", _offices)


def _near(root: strawberry.Parent[matches.Preview]) -> Listing[FoundAlike]:
    return alike("near:text", root.near)


def _alike(root: strawberry.Parent[matches.Preview]) -> Listing[FoundAlike]:
    return alike("alike:text", root.alike)


def _matches(root: strawberry.Parent[matches.Preview], info: Info) -> Listing[GraphMatch]:
    return fits(info.context.catalogue, "matches:text", root.ranking, None)


def _snapshot(root: strawberry.Parent[matches.Preview]) -> str:
    return root.ranking.snapshot_id


def _themes(root: strawberry.Parent[matches.Preview], info: Info) -> list[published.Theme]:
    return picked(info.context.catalogue.themes, root.themes)


def _functions(root: strawberry.Parent[matches.Preview], info: Info) -> list[published.FundamentalFunction]:
    return picked(info.context.catalogue.functions, root.functions)


def _helps(root: strawberry.Parent[matches.Preview], info: Info) -> list[GraphHelp]:
    return list(matches.helps(info.context.catalogue, root))


def _theme(root: strawberry.Parent[GraphHelp], info: Info) -> published.Theme | None:
    return info.context.catalogue.themes.get(root.theme)


def _laboratory(root: strawberry.Parent[GraphHelp], info: Info) -> published.Laboratory:
    return info.context.catalogue.laboratories[root.laboratory]


@shows(
    GraphHelp,
    "If the theme is chosen, or the semester named, the laboratory rises: true because it was computed by doing so.",
)
class Help:
    theme: ATheme | None = described("The theme to choose; null where it is a semester.", _theme)
    semester: str = described("The semester in which to begin, such as `2027-1`; empty where it is a theme.")
    laboratory: ALaboratory = described("Who rises.", _laboratory)
    before: int = described("Its place now, from 1.")
    after: int = described("Its place then.")


@shows(matches.Preview, "What a text that is still being written already finds; nothing of it is stored.")
class Preview:
    functions: list[AFunction] = described("The functions chosen, else those the text speaks of.", _functions)
    themes: list[ATheme] = described("The themes chosen, else those the text speaks of.", _themes)
    axes: list[Axis] = described("The axes of sustainability that the first theme touches.")
    near: Connection[AnAlikeNeed] = listed(
        "Published needs of the neighbours of the municipality that resemble the text.", _near
    )
    alike: Connection[AnAlikeNeed] = listed("Published needs of anybody that resemble the text most.", _alike)
    matches: Connection[AMatch] = listed("The laboratories for the text, best first.", _matches)
    serving: Serving = described("Whether a laboratory should serve the text at all.")
    chips: list[Chip] = described("What the text says, to confirm or set aside.")
    same: list[AnAlikeNeed] = described(
        "Published needs that may be this very need; wrong for one pair of different needs in seventeen."
    )
    helps: list[Help] = described(
        "What one theme more, or saying from when, would change: the greatest rise first.",
        _helps,
        cost=HELPING,
    )
    summary_en: str = described("A summary in English made from the recognised concepts, to confirm.")
    snapshot_id: str = described(
        "What the ranking was computed from: the same id gives the same bytes.", _snapshot
    )


def _matches_for_text(
    info: Info,
    title: Title = "",
    description: Text = "",
    functions: Letters = (),  # type: ignore[assignment]  # GraphQL's empty list
    themes: Slugs = (),  # type: ignore[assignment]  # the same
    istat_code: SeenFrom = UNSET,
    rejected: Rejected = (),  # type: ignore[assignment]  # the same
    intent: Asked = None,
    amount: Euros = "",
    starts: From = "",
    deadline: By = "",
    sites: Sites = (),  # type: ignore[assignment]  # the same
) -> matches.Preview:
    catalogue, actor = info.context.catalogue, info.context.actor
    if isinstance(istat_code, str):
        town = municipalities.find(catalogue, istat_code)
        actor = people.Actor(body_kind=BodyKind.MUNICIPALITY, body_code=town.istat_code)
    written = NeedInput(
        title=title,
        description=description,
        functions=tuple(functions),
        themes=tuple(themes),
        rejected=tuple(rejected),
        intent=intent.value if intent else "",
        amount=amount,
        starts=starts,
        deadline=deadline,
        sites=tuple(sites),
    )
    return matches.preview(catalogue, actor, written)


@strawberry.type
class PreviewQuery:
    matches_for_text: Preview = described(
        "What a text that is still being written already finds; nothing of it is stored.",
        _matches_for_text,
        cost=PREVIEWING,
    )
