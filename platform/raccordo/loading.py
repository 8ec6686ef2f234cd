"""The reference data into the database: all of it or nothing, and a second time nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from raccordo import models, reference_files
from raccordo.database import STATE, Writing, state, write
from raccordo.language import Sentence
from raccordo.models import BodyKind, NeedStatus
from raccordo.published import Axis
from raccordo.reference_files import Reference
from raccordo.rows import Difference, Values, bring, bring_links
from raccordo.tables import Row
from raccordo.territory_rows import body_ids, bring_geography, bring_territory

Say = Callable[[Sentence], None]

# The month in which the examples were collected: fixed, so that two installations hold the same bytes and
# give the same snapshot ids, and in the past, so that an example never looks newer than a real need.
EXAMPLES_PUBLISHED = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, over all tables; all zeros when the files were loaded before."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    kept: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


async def load(say: Say, folder: Path | None = None) -> Loaded:
    """Bring the database to the reference data in `folder` (default: what ships); raises BrokenTable."""
    contents = reference_files.read_contents(folder or reference_files.shipped())
    digest = reference_files.digest(contents)
    if (await state()).reference_digest == digest:
        say(Sentence("I dati di riferimento sono già caricati."))
        return Loaded()
    say(Sentence("Lettura dei dati di riferimento"))
    reference = reference_files.parse(contents)
    done = await write(lambda writing: _load(writing, reference, digest, say))
    say(
        Sentence(
            "Dati di riferimento caricati. Righe nuove: {added}; cambiate: {changed}; tolte: {removed}; "
            "lasciate come le persone le hanno cambiate: {kept}.",
            {"added": done.added, "changed": done.changed, "removed": done.removed, "kept": done.kept},
        )
    )
    return done


async def _load(writing: Writing, reference: Reference, digest: str, say: Say) -> Loaded:
    differences: list[Difference] = []
    for label, step in (
        (Sentence("Funzioni, settori e temi"), _vocabulary),
        (Sentence("Province, comunità montane e comuni"), bring_territory),
        (Sentence("Confini e successioni"), bring_geography),
        (Sentence("Laboratori"), _laboratories),
        (Sentence("Bisogni di esempio"), _needs),
    ):
        say(label)
        differences.extend(await step(reference, writing))
    done = Loaded(
        added=sum(len(one.added) for one in differences),
        changed=sum(len(one.changed) for one in differences),
        removed=sum(len(one.removed) for one in differences),
        kept=sum(len(one.kept) for one in differences),
    )
    writing.publishes = writing.reference = bool(done)
    await models.CatalogueState.filter(id=STATE).update(reference_digest=digest)
    return done


async def _vocabulary(reference: Reference, _writing: Writing) -> list[Difference]:
    themes = reference["themes"]
    return [
        await bring(models.FundamentalFunction, ["letter"], _plain(reference["functions"])),
        await bring(models.StrategicSector, ["slug"], _plain(reference["sectors"])),
        await bring(models.Department, ["acronym"], _plain(reference["departments"])),
        await bring(models.School, ["acronym"], _plain(reference["schools"])),
        await bring(models.Campus, ["code"], _plain(reference["campuses"])),
        await bring(models.Theme, ["slug"], [_theme(row) for row in themes]),
        await bring_links(
            models.ThemeFunction, "theme_id", "function_id", _lists(themes, "slug", "functions")
        ),
        await bring_links(models.ThemeSector, "theme_id", "sector_id", _lists(themes, "slug", "sectors")),
        await bring_links(
            models.ThemeDepartment, "theme_id", "department_id", _lists(themes, "slug", "departments")
        ),
    ]


def _plain(rows: list[Row]) -> list[Values]:
    return [row.values for row in rows]


def _lists(rows: list[Row], key: str, column: str) -> dict[Any, tuple[Any, ...]]:
    return {row[key]: row[column] for row in rows if column in row.values}


def _theme(row: Row) -> Values:
    links = {"functions", "sectors", "departments"}
    return {
        **{name: value for name, value in row.values.items() if name not in links},
        "axes": "|".join(row["axes"]),
    }


async def _laboratories(reference: Reference, _writing: Writing) -> list[Difference]:
    rows = reference["laboratories"]
    laboratories = await bring(
        models.Laboratory, ["slug"], [laboratory(row) for row in rows], keeps=lambda row: row["version"] > 1
    )
    edited = set(await models.Laboratory.filter(version__gt=1).values_list("slug", flat=True))
    return [laboratories, *await laboratory_links([row for row in rows if row["slug"] not in edited])]


def laboratory(row: Row) -> Values:
    """The columns of a laboratory that a row decides: those that its file has."""
    renamed = {"department": "department_id", "campus": "campus_id", "availability": "free_places"}
    links = {"themes", "sectors"}
    return {renamed.get(name, name): value for name, value in row.values.items() if name not in links}


async def laboratory_links(rows: list[Row]) -> list[Difference]:
    """The themes and sectors of laboratories, where the file has those columns."""
    return [
        await bring_links(
            models.LaboratoryTheme, "laboratory_id", "theme_id", _lists(rows, "slug", "themes")
        ),
        await bring_links(
            models.LaboratorySector, "laboratory_id", "sector_id", _lists(rows, "slug", "sectors")
        ),
    ]


async def _needs(reference: Reference, writing: Writing) -> list[Difference]:
    ids = await body_ids()
    rows = reference["needs"]
    needs = await bring(
        models.Need,
        ["example", "external_id"],
        [_need(row, ids) for row in rows],
        defaults={"status": NeedStatus.PUBLISHED, "published_at": EXAMPLES_PUBLISHED},
        always={"changed_at": EXAMPLES_PUBLISHED, "changed_in": writing.version},
        keeps=_is_peoples,
    )
    untouched = [row for row in await models.Need.filter(example=True).values() if not _is_peoples(row)]
    numbers = {row["external_id"]: row["number"] for row in untouched}
    mine = {numbers[row["external_id"]]: row for row in rows if row["external_id"] in numbers}
    links = [
        await bring_links(
            model, "need_id", target, {number: row.values.get(column, ()) for number, row in mine.items()}
        )
        for model, target, column in (
            (models.NeedFunction, "function_id", "functions"),
            (models.NeedTheme, "theme_id", "themes"),
        )
    ]
    touched = links[0].touched | links[1].touched
    await models.Need.filter(number__in=touched).update(changed_in=writing.version)
    return [needs, *links]


def _is_peoples(need: Values) -> bool:
    """True for an example that is no longer as it was loaded."""
    return bool(need["version"] > 1)


def _need(row: Row, ids: Mapping[tuple[BodyKind, str], int]) -> Values:
    elsewhere = {"functions", "themes", "axes", "owner_kind", "owner_code"}
    return {
        **{name: value for name, value in row.values.items() if name not in elsewhere},
        "example": True,
        "owner_id": ids[row["owner_kind"], row["owner_code"]],
        **chosen_axes(row.values.get("axes", ())),
    }


def chosen_axes(axes: Collection[Axis]) -> dict[str, bool | None]:
    """The three columns of a need; without a single choice they stay unknown and are inferred."""
    return {axis.value.lower(): (axis in axes) if axes else None for axis in Axis}
