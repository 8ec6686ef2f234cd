"""Files of a laboratory: tried line by line, brought in by a second click, never against what a person said."""

from __future__ import annotations

from pathlib import Path

import pytest

from cast import COORDINATOR, LABORATORY, PASTURO_OFFICER
from desk import Desk
from dump import dump
from raccordo import catalogue, profile_files, profile_statements
from raccordo.catalogue import Catalogue
from raccordo.laboratory_profiles import Profile
from raccordo.models import Emphasis, Role
from raccordo.people import Actor
from raccordo.problems import BrokenTable
from raccordo.publication_files import MOST
from raccordo.refusals import NotAllowed, Refused, Stale

SLUG = "infralab"
HEADER = "laboratory,concept,emphasis\n"
BRIDGES = "@article{a, title = {Cloud software for a municipal website}, year = 2020}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def test_a_rehearsal_says_every_line_and_writes_nothing(current: Catalogue) -> None:
    await profile_statements.state_concept(LABORATORY, SLUG, 1, "sito-comunale", "NOT_OURS")
    before = await dump()
    content = f"{HEADER}{SLUG},sito-comunale,TRADE\n{SLUG},cloud-gestionali,DONE\n"
    found = await profile_files.rehearse(LABORATORY, SLUG, content)
    assert [(line.line, line.changes) for line in found.lines] == [(2, False), (3, True)]
    assert "l’ha detto una persona" in found.lines[0].what.say()
    assert (found.count, found.version) == (1, 2)
    assert await dump() == before


async def test_what_was_rehearsed_is_brought_in_and_the_second_time_nothing_changes(
    current: Catalogue,
) -> None:
    content = f"{HEADER}{SLUG},cloud-gestionali,DONE\n"
    profile = await profile_files.bring_in(COORDINATOR, SLUG, 1, content)
    [cloud] = [one for one in profile.concepts if one.key == "cloud-gestionali"]
    assert cloud.stated is Emphasis.DONE
    assert catalogue.current().index.graph.has_edge(("concept", "cloud-gestionali"), ("laboratory", SLUG))
    assert (await profile_files.rehearse(LABORATORY, SLUG, content)).count == 0
    other = content.replace("DONE", "EDGE")
    assert (await profile_files.rehearse(LABORATORY, SLUG, other)).lines[0].what.say() == "da «DONE» a «EDGE»"


async def test_publications_propose_and_change_no_ranking_until_a_click(current: Catalogue) -> None:
    fit = catalogue.current().index.fit
    profile = await profile_files.bring_in(LABORATORY, SLUG, 1, BRIDGES)
    assert [one.title for one in profile.publications] == ["Cloud software for a municipal website"]
    assert (catalogue.current().index.fit == fit).all()
    proposal = profile.proposals[0]
    profile = await profile_statements.state_concept(LABORATORY, SLUG, 2, proposal.key, "NOT_OURS")
    assert proposal.key not in {one.key for one in profile.proposals}


async def test_a_csv_of_publications_is_taken_too(current: Catalogue) -> None:
    content = f"laboratory;title;year;doi\n{SLUG};Ponti;2020;10.1/x\n{SLUG};Strade;;\n"
    profile = await profile_files.bring_in(LABORATORY, SLUG, 1, content)
    assert [(one.title, one.year, one.doi) for one in profile.publications] == [
        ("Ponti", 2020, "10.1/x"),
        ("Strade", None, ""),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "Manca il file"),
        (" \n", "Manca il file"),
        (f"{HEADER}lia,cloud-gestionali,DONE\n", "«lia»"),
        (f"{HEADER}{SLUG},nessuno,DONE\n", "riga 2"),
        (f"{HEADER}{SLUG},cloud-gestionali,MOLTO\n", "riga 2, colonna emphasis"),
        ("una lettera qualunque", "colonna"),
        ('"una virgoletta mai chiusa', "virgolett"),
        ("{", "non si legge"),
        ("x" * 70_000, "troppo lungo"),
    ],
)
async def test_a_broken_file_is_refused_where_it_is_wrong(
    current: Catalogue, content: str, said: str
) -> None:
    with pytest.raises(Refused) as refusal:
        await profile_files.rehearse(LABORATORY, SLUG, content)
    assert {one.field for one in refusal.value.fields} == {"content"}
    assert said in " ".join(one.sentence.say() for one in refusal.value.fields)


async def test_a_file_that_an_operator_brought_meanwhile_makes_the_page_stale(
    current: Catalogue, desk: Desk
) -> None:
    before = await profile_files.rehearse(LABORATORY, SLUG, BRIDGES)
    await desk.bring("publications", f"laboratory,title\n{SLUG},Cloud software for a municipal website\n")
    with pytest.raises(Stale) as stale:
        await profile_files.bring_in(LABORATORY, SLUG, before.version, BRIDGES)
    assert isinstance(stale.value.current, Profile)
    assert stale.value.current.version == 2
    await desk.bring("profiles", f"{HEADER}{SLUG},cloud-gestionali,DONE\n")
    with pytest.raises(Stale):
        await profile_files.bring_in(LABORATORY, SLUG, 2, BRIDGES)
    await desk.bring("profiles", f"{HEADER}{SLUG},cloud-gestionali,DONE\n")  # changes nothing
    await profile_files.bring_in(LABORATORY, SLUG, 3, BRIDGES)


async def test_neither_a_page_nor_an_operator_brings_more_publications_than_a_laboratory_has(
    current: Catalogue, desk: Desk
) -> None:
    header = "laboratory;title\n"
    full = [f"{SLUG};Titolo {number}\n" for number in range(MOST)]
    await desk.bring("publications", header + "".join(full))
    one_more = f"{header}{SLUG};Titolo 0\n{SLUG};Uno di troppo\n"
    with pytest.raises(BrokenTable) as broken:
        await desk.bring("publications", one_more)
    assert ":3:laboratory" in broken.value.fields[0].field
    assert str(MOST) in broken.value.fields[0].sentence.say()
    with pytest.raises(Refused):
        await profile_files.rehearse(LABORATORY, SLUG, one_more)


async def test_strangers_members_and_old_pages_are_refused(current: Catalogue) -> None:
    member = Actor(role=Role.LABORATORY_MEMBER, laboratory=SLUG, demo=True)
    for actor in (PASTURO_OFFICER, member):
        with pytest.raises(NotAllowed):
            await profile_files.rehearse(actor, SLUG, BRIDGES)
    with pytest.raises(Stale):
        await profile_files.bring_in(LABORATORY, SLUG, 7, BRIDGES)
