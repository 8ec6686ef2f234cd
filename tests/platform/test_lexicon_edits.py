"""Coordinators change the lexicon: the engine hears it at once, a removed term never returns, a file is all or nothing."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

import raccordo_graph
from cast import COORDINATOR, PASTURO_OFFICER
from raccordo import (
    catalogue,
    database,
    lexicon,
    lexicon_edits,
    lexicon_files,
    lexicon_overlay,
    loading,
    matches,
)
from raccordo.catalogue import Catalogue
from raccordo.lexicon_edits import TermInput
from raccordo.models import AuditEntry
from raccordo.problems import BrokenTable
from raccordo.refusals import NotAllowed, Refused, Stale


@pytest.fixture
def bees(current: Catalogue) -> TermInput:
    """A word that the lexicon does not know, for one of its concepts."""
    return TermInput(
        term="arnia", variants=("arnie",), concepts=(next(iter(lexicon_edits.concepts_of(current))),)
    )


def heard(text: str) -> set[str]:
    return {topic.key for topic in raccordo_graph.understand(catalogue.current().index, text).concepts}


async def test_a_new_term_is_heard_at_once_and_names_another_snapshot(
    current: Catalogue, bees: TermInput
) -> None:
    assert bees.concepts[0] not in heard("arnie")
    entry = await lexicon_edits.save(COORDINATOR, bees, 0)
    assert (entry.term, entry.edited, entry.version) == ("arnia", True, 1)
    assert bees.concepts[0] in heard("arnie")
    assert matches.snapshot_id(catalogue.current()) != matches.snapshot_id(current)
    assert await AuditEntry.filter(verb="save_term").count() == 1


async def test_a_removed_term_is_heard_no_more_and_no_load_brings_it_back(current: Catalogue) -> None:
    entry = (await lexicon_edits.search(current, "passerella"))[0]
    await lexicon_edits.remove(COORDINATOR, entry.term, entry.language, entry.version)
    await loading.load(lambda _: None)
    # Without the index, which says nothing more and takes the longest.
    read = await lexicon_overlay.read({"themes": current.themes, "functions": current.functions})
    assert (entry.term, entry.language) not in {(one.term, one.language) for one in read.terms}
    assert (await lexicon_edits.find(catalogue.current(), entry.term, entry.language)).removed
    assert (await lexicon_edits.save(COORDINATOR, _as_input(entry), 1)).removed is False


def _as_input(entry: lexicon_edits.Entry) -> TermInput:
    slugs = tuple(one.slug for one in entry.concepts)
    return TermInput(term=entry.term, language=entry.language, variants=entry.variants, concepts=slugs)


async def test_only_coordinators_change_it_and_only_from_what_they_saw(
    current: Catalogue, bees: TermInput
) -> None:
    with pytest.raises(NotAllowed):
        await lexicon_edits.save(PASTURO_OFFICER, bees, 0)
    with pytest.raises(NotAllowed):
        await lexicon_edits.remove(PASTURO_OFFICER, "ponte", "it", 0)
    await lexicon_edits.save(COORDINATOR, bees, 0)
    with pytest.raises(Stale):
        await lexicon_edits.save(COORDINATOR, bees, 0)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (TermInput(term="", concepts=("x",)), "term"),
        (TermInput(term="di il", concepts=("x",)), "term"),
        (TermInput(term="arnia", concepts=()), "concepts"),
        (TermInput(term="arnia", concepts=("nessuno",)), "concepts"),
        (TermInput(term="arnia", language="fr", concepts=("x",)), "language"),
        (TermInput(term="a\x07b", concepts=("x",)), "term"),
        (TermInput(term="arnia", variants=("x" * 200,), concepts=("x",)), "variants"),
    ],
)
def test_what_cannot_be_a_term_is_refused_beside_its_field(
    loaded_file: tuple[object, Catalogue], wrong: TermInput, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        lexicon_edits.check(loaded_file[1], wrong)
    assert field in {one.field for one in refusal.value.fields}


async def test_an_export_comes_back_unchanged(current: Catalogue) -> None:
    content = await lexicon_files.export(current)
    done = await lexicon_files.bring_in(COORDINATOR, content.encode(), "l.csv", dry_run=False)
    assert (done.added, done.changed, done.removed) == ((), (), ())
    assert done.unchanged > 4000
    assert catalogue.current().lexicon.digest == current.lexicon.digest == lexicon.shipped().digest


async def test_a_rehearsal_writes_nothing_and_the_import_does(current: Catalogue, bees: TermInput) -> None:
    rows = f"term,language,variants,concepts\narnia,it,arnie,{bees.concepts[0]}\n"
    rehearsed = await lexicon_files.bring_in_text(COORDINATOR, rows, dry_run=True)
    assert rehearsed.added == ("arnia",)
    assert catalogue.current().lexicon.digest == current.lexicon.digest
    await lexicon_files.bring_in_text(COORDINATOR, rows, dry_run=False)
    assert bees.concepts[0] in heard("arnia")


async def test_a_broken_file_names_line_and_column_and_changes_nothing(
    current: Catalogue, bees: TermInput
) -> None:
    rows = f"term,language,variants,concepts\narnia,it,,{bees.concepts[0]}\nmiele,it,,nessuno\n"
    with pytest.raises(BrokenTable) as refusal:
        await lexicon_files.bring_in_text(COORDINATOR, rows, dry_run=False)
    assert [(one.line, one.column) for one in refusal.value.problems] == [(3, "concepts")]
    assert catalogue.current().lexicon.digest == current.lexicon.digest


async def test_what_a_coordinator_saves_while_a_file_is_read_is_seen_by_the_import(
    current: Catalogue, bees: TermInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, other = database.write, list(lexicon_edits.concepts_of(current))[1]

    async def late(work: database.Work[object]) -> object:
        monkeypatch.setattr(database, "write", write)
        await lexicon_edits.save(COORDINATOR, bees, 0)
        return await write(work)

    monkeypatch.setattr(database, "write", late)
    rows = f"term,language,variants,concepts\narnia,it,,{other}\n"
    done = await lexicon_files.bring_in(COORDINATOR, rows.encode(), "l.csv", dry_run=False)
    assert (done.added, done.changed) == ((), ("arnia",))
    assert (await lexicon_edits.find(catalogue.current(), "arnia", "it")).version == 2


async def test_edits_in_a_row_are_each_in_what_their_writer_sees_while_others_are_served(
    current: Catalogue, bees: TermInput
) -> None:
    """The old picture serves until the new one stands; whoever edits waits for hers."""
    seen: list[bool] = []

    async def reading() -> None:
        while len(seen) < 10_000:
            seen.append(bees.concepts[0] in heard("arnie"))
            await asyncio.sleep(0.002)

    reader = asyncio.create_task(reading())
    edits = [replace(bees, term=f"arnia{letter}", variants=(f"arnie{letter}",)) for letter in "xyz"]
    await lexicon_edits.save(COORDINATOR, bees, 0)
    before = len(seen)
    assert before > 3  # the reader was served while the index was built
    assert bees.concepts[0] in heard("arnie")

    async def edit(one: TermInput) -> None:
        await lexicon_edits.save(COORDINATOR, one, 0)
        assert bees.concepts[0] in heard(one.variants[0])

    await asyncio.gather(*(edit(one) for one in edits))
    assert len(seen) > before
    reader.cancel()
    assert seen == sorted(seen)  # never half a picture, and never an older one again
    assert False in seen
