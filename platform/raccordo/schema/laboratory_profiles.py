"""What a laboratory says of itself: concepts for everybody, the whole profile for those who work there."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import strawberry

import raccordo_graph
from raccordo import (
    laboratory_profiles,
    profile_files,
    profile_statements,
    published,
    semester_places,
)
from raccordo.laboratory_profiles import Profile as StoredProfile
from raccordo.laboratory_profiles import ProfileConcept as StoredConcept
from raccordo.laboratory_profiles import ProfileTheme as StoredTheme
from raccordo.laboratory_profiles import Publication as StoredPublication
from raccordo.models import Emphasis, InitiativeKind
from raccordo.profile_files import ChangeLine as StoredLine
from raccordo.profile_files import Rehearsal as StoredRehearsal
from raccordo.refusals import NotAllowed, NotFound
from raccordo.schema.answering import WRITING, answer
from raccordo.schema.context import Info
from raccordo.schema.fields import described, enumeration, shows
from raccordo.schema.initiatives import KIND, SEMESTER
from raccordo.schema.refusals import Refusal

RIGHT = ("revise", "profile")

enumeration(
    Emphasis,
    "How much a laboratory treats a concept, in three steps and none.",
    TRADE="It is what the laboratory is known for: weight 1.",
    DONE="The laboratory does it: weight 0.6.",
    EDGE="It touches it: weight 0.3.",
    NOT_OURS="It is not its own, whatever its card or an import says.",
)


@shows(StoredConcept, "A concept of the lexicon that a laboratory is linked to, and who says so.")
class ProfileConcept:
    key: str = described("Its key in the lexicon.")
    label_it: str = described("Its name in Italian.")
    label_en: str = described("Its name in English.")
    emphasis: Emphasis = described("What counts in rankings.")
    weight: float = described("The same as a number, between 0 and 1.")
    inferred: Emphasis | None = described("What card and reference data say; null where they say nothing.")
    written: str = described("The word of the card that says it; empty when the card does not.")
    stated: Emphasis | None = described(
        "What the laboratory itself says (“confermato dal laboratorio”), if it does."
    )


@shows(StoredTheme, "A theme of a laboratory, and who says so.")
class ProfileTheme:
    slug: str = described("Its key: pass it to `stateTheme`.")
    label_it: str = described("Its name in Italian.")
    label_en: str = described("Its name in English.")
    treated: bool = described("What counts in rankings.")
    on_card: bool = described("Whether the card of the laboratory states it.")
    stated: bool | None = described("What the laboratory itself says, if it does.")


@shows(semester_places.SemesterPlaces, "Places for a kind of initiative in a semester.")
class SemesterPlaces:
    kind: InitiativeKind = described(KIND)
    semester: str = described(SEMESTER)
    declared: int | None = described(
        "How many the laboratory can have; null when it did not say (“da chiedere”)."
    )
    taken: int = described(
        "How many partnerships of this kind and semester took a place: under way or done, not abandoned."
    )
    free: int | None = described("How many are left; null when nobody said how many there are.")


@shows(
    StoredPublication,
    "A publication of a laboratory: title, year, DOI, no authors.",
    right=("read", "profile"),
)
class Publication:
    title: str = described("Its title.")
    year: int | None = described("Its year; null when unknown.")
    doi: str = described("Its DOI without an address; empty when unknown.")


@shows(
    raccordo_graph.ProposedConcept, "A concept that titles speak of; nothing counts until it is confirmed."
)
class ProposedConcept:
    key: str = described("Its key: pass it to `stateConcept`.")
    label_it: str = described("Its name in Italian.")
    label_en: str = described("Its name in English.")
    titles: int = described("In how many titles it is said.")
    title: str = described("The title that says it loudest.")


@shows(
    StoredProfile,
    "All that a laboratory says of itself; those who work there read it.",
    right=("read", "profile"),
)
class LaboratoryProfile:
    laboratory: str = described("The slug of the laboratory.")
    version: int = described("The version to pass back with the next change.")
    concepts: list[ProfileConcept] = described(
        "Its concepts, the heaviest first; those taken away come last."
    )
    themes: list[ProfileTheme] = described("Its themes; those taken away come last.")
    languages: list[str] = described("The languages in which it works: `it`, `en` …")
    radius_km: int | None = described("How far it travels; null when it did not say.")
    places: list[SemesterPlaces] = described("Its places by kind and semester.")
    publications: list[Publication] = described("Its publications, the latest first.")
    proposals: list[ProposedConcept] = described("What its publications propose.")


def _what(root: strawberry.Parent[StoredLine], info: Info) -> str:
    return root.what.say(info.context.language)


@shows(StoredLine, "What one line of a file would do.", right=("revise", "profile"))
class ProfileFileLine:
    line: int = described("The line, or the place of the publication in the file.")
    subject: str = described("The concept or the title.")
    what: str = described("What would happen, in the language of `Accept-Language`.", _what)
    changes: bool = described("Whether anything would change.")


@shows(
    StoredRehearsal, "What a file would do to a profile; nothing was written.", right=("revise", "profile")
)
class ProfileRehearsal:
    laboratory: str = described("The slug of the laboratory.")
    version: int = described("The version to pass to `importProfileFile`.")
    count: int = described("How many lines would change something.")
    lines: list[ProfileFileLine] = described("Every line of the file.")


def _said(description: str) -> Any:
    return strawberry.argument(description=description)


ProfileResult: TypeAlias = Annotated[
    LaboratoryProfile | Refusal,
    strawberry.union("ProfileResult", description="The profile as it is now, or why not."),
]
RehearsalResult: TypeAlias = Annotated[
    ProfileRehearsal | Refusal,
    strawberry.union("RehearsalResult", description="What the file would do, or why it cannot be read."),
]
Slug: TypeAlias = Annotated[str, _said("The slug of the laboratory.")]
Version: TypeAlias = Annotated[int, _said("The version of the profile it was changed from.")]
ConceptKey: TypeAlias = Annotated[str, _said("The key of the concept in the lexicon.")]
ThemeKey: TypeAlias = Annotated[str, _said("The slug of the theme.")]
Treated: TypeAlias = Annotated[
    bool | None,
    _said("Whether the laboratory works on it; null takes the statement back, and its card counts."),
]
HowMuch: TypeAlias = Annotated[
    Emphasis | None, _said("How much; null takes the statement back, and card and reference data count.")
]
Languages: TypeAlias = Annotated[list[str], _said("Of `it`, `en`, `de`, `es`, `fr`; empty when unknown.")]
Radius: TypeAlias = Annotated[int | None, _said("Kilometres, 1 to 500; null when unknown.")]
Kind: TypeAlias = Annotated[InitiativeKind, _said(KIND)]
Semester: TypeAlias = Annotated[str, _said(SEMESTER)]
Places: TypeAlias = Annotated[int | None, _said("How many; null takes the declaration back.")]
Content: TypeAlias = Annotated[str, _said("The file: CSV, an export of ORCID or OpenAlex, or BibTeX.")]


async def _profile(info: Info, laboratory: Slug) -> StoredProfile | None:
    try:
        return await laboratory_profiles.read(info.context.actor, laboratory)
    except (NotFound, NotAllowed):
        return None


async def _state(
    info: Info, laboratory: Slug, version: Version, concept: ConceptKey, emphasis: HowMuch = None
) -> Any:
    said = emphasis.value if emphasis else ""
    return await answer(
        info,
        lambda: profile_statements.state_concept(info.context.actor, laboratory, version, concept, said),
    )


async def _state_theme(
    info: Info, laboratory: Slug, version: Version, theme: ThemeKey, treated: Treated = None
) -> Any:
    said = "" if treated is None else "YES" if treated else "NO"
    return await answer(
        info,
        lambda: profile_statements.state_theme(info.context.actor, laboratory, version, theme, said),
    )


async def _terms(
    info: Info, laboratory: Slug, version: Version, languages: Languages, radius_km: Radius = None
) -> Any:
    radius = "" if radius_km is None else str(radius_km)
    return await answer(
        info,
        lambda: profile_statements.declare_terms(
            info.context.actor, laboratory, version, tuple(languages), radius
        ),
    )


async def _semester(
    info: Info,
    laboratory: Slug,
    version: Version,
    initiative: Kind,
    semester: Semester,
    places: Places = None,
) -> Any:
    many = "" if places is None else str(places)
    return await answer(
        info,
        lambda: profile_statements.declare_semester_places(
            info.context.actor, laboratory, version, initiative.value, semester, many
        ),
    )


async def _rehearse(info: Info, laboratory: Slug, content: Content) -> Any:
    return await answer(info, lambda: profile_files.rehearse(info.context.actor, laboratory, content))


async def _import(info: Info, laboratory: Slug, version: Version, content: Content) -> Any:
    return await answer(
        info, lambda: profile_files.bring_in(info.context.actor, laboratory, version, content)
    )


def concepts_of(root: strawberry.Parent[published.Laboratory], info: Info) -> list[StoredConcept]:
    """What everybody reads of a laboratory: what it took away is not among it."""
    found = laboratory_profiles.concepts_of(info.context.catalogue, root)
    return [one for one in found if one.emphasis is not Emphasis.NOT_OURS]


async def places_of(
    root: strawberry.Parent[published.Laboratory], info: Info
) -> list[semester_places.SemesterPlaces]:
    """The places that a laboratory declared."""
    found = await info.context.places.load(root.slug)
    return [one for one in found if one.declared is not None]


@strawberry.type
class LaboratoryProfileQuery:
    laboratory_profile: LaboratoryProfile | None = described(
        "What a laboratory says of itself; null for whoever does not work there.", _profile
    )


@strawberry.type
class LaboratoryProfileMutation:
    state_concept: ProfileResult = described(
        "Say how much a laboratory treats a concept; its managers and professors, or a coordinator.",
        _state,
        cost=WRITING,
        right=RIGHT,
    )
    state_theme: ProfileResult = described(
        "Say whether a laboratory works on a theme, whatever its card says.",
        _state_theme,
        cost=WRITING,
        right=RIGHT,
    )
    declare_terms: ProfileResult = described(
        "Say in which languages a laboratory works and how far it travels.",
        _terms,
        cost=WRITING,
        right=RIGHT,
    )
    declare_semester_places: ProfileResult = described(
        "Say how many initiatives of a kind a laboratory can have in a semester.",
        _semester,
        cost=WRITING,
        right=RIGHT,
    )
    rehearse_profile_file: RehearsalResult = described(
        "Say line by line what a file would change in a profile; nothing is written.",
        _rehearse,
        cost=WRITING,
        right=RIGHT,
    )
    import_profile_file: ProfileResult = described(
        "Bring a file into a profile: concepts, or publications, which only propose.",
        _import,
        cost=WRITING,
        right=RIGHT,
    )
