"""Themes that a laboratory takes away or adds: they count everywhere; places of many laboratories are read together."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import pytest

from cast import LABORATORY
from desk import Desk
from questions import data_of
from raccordo import (
    catalogue,
    laboratories,
    loading,
    matches,
    profile_preview,
    profile_statements,
    reference_files,
    semester_places,
)
from raccordo.catalogue import Catalogue
from raccordo.laboratories import LaboratoryFilter
from raccordo.models import AuditEntry, Role
from raccordo.people import Actor
from raccordo.refusals import NotAllowed, Refused, Stale
from raccordo.settings import Settings
from shipped import silent

SLUG = "infralab"
PROFESSOR = Actor(role=Role.PROFESSOR, laboratory=SLUG, demo=True)
MEMBER = Actor(role=Role.LABORATORY_MEMBER, laboratory=SLUG, demo=True)


@pytest.fixture
def desk(opened_database: Settings, tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(autouse=True)
def _no_rankings_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """The databases of tests are copies with one name: a need of the same number is another need."""
    monkeypatch.setattr(matches, "_cache", OrderedDict())


async def test_a_theme_taken_away_or_added_counts_everywhere_and_survives_reference_data(
    current: Catalogue, desk: Desk
) -> None:
    before = current.laboratories[SLUG]
    gone, added = before.themes[0], next(slug for slug in current.themes if slug not in before.themes)
    moves, _ = await profile_preview.preview_theme(LABORATORY, SLUG, gone, "NO")
    assert moves
    found = await profile_statements.state_theme(PROFESSOR, SLUG, 1, gone, "NO")
    after = {one.need: one for one in matches.for_laboratory(catalogue.current(), before)}
    assert all(after[move.need] == move.after for move in moves)
    found = await profile_statements.state_theme(LABORATORY, SLUG, 2, added, "YES")
    assert [(one.treated, one.on_card, one.stated) for one in found.themes if one.slug in (gone, added)] == [
        (True, False, True),
        (False, True, False),
    ]
    await desk.bring("laboratories", (reference_files.shipped() / "laboratories.csv").read_bytes())
    await loading.load(silent, reference_files.shipped())
    await catalogue.open_catalogue()
    picture = catalogue.current()
    assert picture.laboratories[SLUG].themes == (*before.themes[1:], added)
    assert SLUG in {one.slug for one in laboratories.select(picture, LaboratoryFilter(theme=added))}
    assert SLUG not in {one.slug for one in laboratories.select(picture, LaboratoryFilter(theme=gone))}
    assert picture.index.graph.has_edge(("theme", added), ("laboratory", SLUG))
    assert not picture.index.graph.has_edge(("theme", gone), ("laboratory", SLUG))
    for version, slug in ((3, gone), (4, added)):
        await profile_statements.state_theme(LABORATORY, SLUG, version, slug, "")
    assert catalogue.current().laboratories[SLUG].themes == before.themes
    assert (catalogue.current().index.fit == current.index.fit).all()
    assert await AuditEntry.filter(verb="revise_profile", subject=f"laboratory:{SLUG}").count() == 4


@pytest.mark.parametrize(
    ("theme", "treated", "field"),
    [("nessuno", "YES", "theme"), ("", "NO", "theme"), ("strade-ponti", "FORSE", "treated")],
)
async def test_a_theme_or_an_answer_that_there_is_not_is_refused(
    current: Catalogue, theme: str, treated: str, field: str
) -> None:
    for ask in (
        profile_statements.state_theme(LABORATORY, SLUG, 1, theme, treated),
        profile_preview.preview_theme(LABORATORY, SLUG, theme, treated),
    ):
        with pytest.raises(Refused) as refusal:
            await ask
        assert [one.field for one in refusal.value.fields] == [field]
    with pytest.raises(Stale):
        await profile_statements.state_theme(LABORATORY, SLUG, 9, "strade-ponti", "NO")
    with pytest.raises(NotAllowed):
        await profile_statements.state_theme(MEMBER, SLUG, 1, "strade-ponti", "NO")


async def test_the_places_of_many_laboratories_are_read_together(
    current: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    await profile_statements.declare_semester_places(LABORATORY, SLUG, 1, "STUDY", "2027-1", "2")
    asked: list[int] = []
    read = semester_places.of_laboratories

    async def counted(slugs: list[str]) -> dict[str, tuple[semester_places.SemesterPlaces, ...]]:
        asked.append(len(slugs))
        return await read(slugs)

    monkeypatch.setattr(semester_places, "of_laboratories", counted)
    query = "{ laboratories(first: 20) { edges { node { slug semesterPlaces { kind places: declared } } } } }"
    await data_of(query)
    assert asked == [20]
    query = '{ laboratory(slug: "infralab") { semesterPlaces { declared } } }'
    assert await data_of(query) == {"laboratory": {"semesterPlaces": [{"declared": 2}]}}
