"""The reference data: loaded whole, twice without a change, refused with a place and a remedy."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dump import dump
from raccordo import loading, models, reference_files
from raccordo.database import STATE, state
from raccordo.loading import Loaded
from raccordo.models import BodyKind, Need, NeedStatus
from raccordo.problems import BrokenTable
from raccordo.settings import Settings
from shipped import edit, refusal, silent

AGRA, ALBIZZATE = "012001", "012002"


async def test_everything_that_ships_is_there(opened_database: Settings) -> None:
    counts = {model.__name__: await model.all().count() for model in (
        models.Municipality, models.Border, models.Province, models.MountainCommunity, models.Succession,
        models.Department, models.School, models.Campus, models.Laboratory, models.Theme,
        models.FundamentalFunction, models.StrategicSector, models.Need,
    )}  # fmt: skip
    assert counts == {
        "Municipality": 1501, "Border": 4260, "Province": 12, "MountainCommunity": 23, "Succession": 8,
        "Department": 12, "School": 4, "Campus": 8, "Laboratory": 91, "Theme": 40,
        "FundamentalFunction": 11, "StrategicSector": 9, "Need": 88,
    }  # fmt: skip


async def test_every_shipped_need_is_a_published_example(opened_database: Settings) -> None:
    assert await Need.filter(example=True, status=NeedStatus.PUBLISHED, author=None).count() == 88
    assert await Need.exclude(published_at=loading.EXAMPLES_PUBLISHED).count() == 0


async def test_every_body_has_the_name_of_what_it_is(opened_database: Settings) -> None:
    milan = await models.TerritorialBody.get(kind=BodyKind.PROVINCE, code="015")
    assert milan.name == "Città metropolitana di Milano"
    assert await models.TerritorialBody.all().count() == 1501 + 12 + 23


async def test_loading_again_is_answered_from_the_fingerprint(opened_database: Settings) -> None:
    before, said = await dump(), list[str]()
    assert await loading.load(lambda sentence: said.append(str(sentence))) == Loaded()
    assert said == ["I dati di riferimento sono già caricati."]
    assert await dump() == before


async def test_loading_the_same_rows_again_moves_nothing(opened_database: Settings) -> None:
    before = await dump()
    await models.CatalogueState.filter(id=STATE).update(reference_digest="")
    assert await loading.load(silent) == Loaded()
    assert await dump() == before


async def test_a_changed_row_is_written_and_the_versions_move(
    opened_database: Settings, folder: Path
) -> None:
    before = await state()
    edit(folder, "municipalities", 2, name="Agra Nuova")
    assert await loading.load(silent, folder) == Loaded(changed=2)  # the municipality and its body
    after = await state()
    assert (after.version, after.reference_version) == (before.version + 1, before.version + 1)
    assert (await models.TerritorialBody.get(kind=BodyKind.MUNICIPALITY, code=AGRA)).name == "Agra Nuova"


async def test_a_theme_that_changes_functions_keeps_no_old_link(
    opened_database: Settings, folder: Path
) -> None:
    edit(folder, "themes", 2, functions="b|c")
    await loading.load(silent, folder)
    links = models.ThemeFunction.filter(theme_id="trasformazione-digitale").order_by("position")
    assert [link["function_id"] for link in await links.values("function_id")] == ["b", "c"]


async def test_two_municipalities_may_exchange_their_cadastral_codes(
    opened_database: Settings, folder: Path
) -> None:
    edit(folder, "municipalities", 2, cadastral_code="A167")
    edit(folder, "municipalities", 3, cadastral_code="A085")
    assert await loading.load(silent, folder) == Loaded(changed=2)


async def test_a_changed_example_is_read_again_by_the_catalogue(
    opened_database: Settings, folder: Path
) -> None:
    before = await state()
    edit(folder, "needs", 2, title="Un altro titolo")
    await loading.load(silent, folder)
    need = await Need.get(external_id="N01")
    assert (need.title, need.version, need.changed_in) == ("Un altro titolo", 1, before.version + 1)


async def test_an_example_with_other_themes_only_is_read_again_too(
    opened_database: Settings, folder: Path
) -> None:
    before = await state()
    edit(folder, "needs", 2, themes="rischio-sismico")
    await loading.load(silent, folder)
    assert (await Need.get(external_id="N01")).changed_in == before.version + 1
    assert await Need.filter(changed_in=before.version + 1).count() == 1


async def test_a_need_that_people_changed_stays_as_they_left_it(
    opened_database: Settings, folder: Path
) -> None:
    await Need.filter(external_id="N01").update(title="Nostro", version=2)
    edit(folder, "needs", 2, title="Un altro titolo", themes="rischio-sismico")
    assert await loading.load(silent, folder) == Loaded(kept=1)
    assert (await Need.get(external_id="N01")).title == "Nostro"


async def test_a_laboratory_that_people_changed_stays_as_they_left_it(
    opened_database: Settings, folder: Path
) -> None:
    await models.Laboratory.filter(slug="lia").update(card_it="Nostra", version=2)
    edit(folder, "laboratories", 2, card_it="Altra", themes="rischio-sismico")
    assert await loading.load(silent, folder) == Loaded(kept=1)
    assert await models.LaboratoryTheme.filter(laboratory_id="lia").count() == 4


async def test_progress_is_said_step_by_step(opened_database: Settings, folder: Path) -> None:
    said: list[str] = []
    edit(folder, "schools", 2, note_it="Nuova")
    await loading.load(lambda sentence: said.append(str(sentence)), folder)
    assert said[:2] == ["Lettura dei dati di riferimento", "Funzioni, settori e temi"]
    assert "Righe nuove: 0; cambiate: 1; tolte: 0" in said[-1]


@pytest.mark.parametrize(
    ("table", "line", "cells", "expected"),
    [
        ("municipalities", 3, {"population": "5.155"}, "riga 3, colonna population: '5.155' non è un numero"),
        ("municipalities", 3, {"population_over_65": "9999"}, "colonna population_over_65: supera la popolazione"),
        ("municipalities", 3, {"province": "099"}, "riga 3, colonna province: '099' non c'è nella tabella provinces"),
        ("municipalities", 3, {"istat_code": "012001"}, "riga 3, colonna istat_code: '012001' c'è già alla riga 2"),
        ("municipalities", 3, {"cadastral_code": "A085"}, "colonna cadastral_code: 'A085' c'è già alla riga 2"),
        ("municipalities", 3, {"mountain_community": "alpi"}, "colonna mountain_community: 'alpi' non c'è"),
        ("municipalities", 3, {"latitude": "45,7"}, "colonna latitude: '45,7' non è un numero"),
        ("borders", 2, {"first": "999999"}, "borders.csv, riga 2, colonna first: '999999' non c'è"),
        ("borders", 2, {"first": "012065", "second": "012001"}, "colonna second: il primo codice deve essere"),
        ("successions", 2, {"successor_istat": "012009"}, "colonna successor_istat: '012009' non c'è"),
        ("successions", 2, {"predecessor_istat": AGRA}, "'012001' è ancora in municipalities.csv"),
        ("successions", 2, {"on": "ieri"}, "colonna on: 'ieri' non è una data"),
        ("themes", 2, {"functions": "a|z"}, "themes.csv, riga 2, colonna functions: 'z' non c'è"),
        ("themes", 2, {"axes": "MORAL"}, "colonna axes: 'MORAL' non è fra i valori ammessi"),
        ("concepts", 2, {"themes": "nessuno"}, "concepts.csv, riga 2, colonna themes: 'nessuno' non c'è"),
        ("concepts", 2, {"functions": "a|z"}, "concepts.csv, riga 2, colonna functions: 'z' non c'è"),
        ("lexicon", 2, {"concepts": "nessuno"}, "lexicon.csv, riga 2, colonna concepts: 'nessuno' non c'è"),
        ("lexicon", 2, {"kind": "SLANG"}, "colonna kind: 'SLANG' non è fra i valori ammessi"),
        ("lexicon", 3, {"term": "sito"}, "lexicon.csv, riga 3"),
        ("laboratory_concepts", 2, {"laboratory": "nessuno"}, "colonna laboratory: 'nessuno' non c'è"),
        ("laboratory_concepts", 2, {"concept": "nessuno"}, "colonna concept: 'nessuno' non c'è"),
        ("laboratory_concepts", 2, {"weight": "2"}, "laboratory_concepts.csv, riga 2, colonna weight"),
        ("laboratory_concepts", 2, {"evidence": "forse"}, "colonna evidence: 'forse' non è un codice valido"),
        ("laboratories", 2, {"department": "XYZ"}, "laboratories.csv, riga 2, colonna department: 'XYZ' non c'è"),
        ("laboratories", 2, {"card_it": ""}, "colonna card_it: la cella è vuota"),
        ("provinces", 2, {"capital_istat": "999999"}, "colonna capital_istat: '999999' non c'è"),
        ("needs", 2, {"owner_code": "999999"}, "needs.csv, riga 2, colonna owner_code: '999999' non c'è"),
        ("needs", 2, {"owner_kind": "UNION_OF_MUNICIPALITIES"}, "colonna owner_kind: un esempio non può"),
    ],
)  # fmt: skip
def test_a_broken_table_says_where_and_what_to_do(
    folder: Path, table: str, line: int, cells: dict[str, str], expected: str
) -> None:
    edit(folder, table, line, **cells)
    with pytest.raises(BrokenTable) as broken:
        reference_files.parse(reference_files.read_contents(folder))
    assert any(expected in str(problem.sentence) for problem in broken.value.problems)


async def test_a_broken_table_is_refused_and_nothing_changes(opened_database: Settings, folder: Path) -> None:
    edit(folder, "needs", 2, owner_code="999999")
    edit(folder, "municipalities", 2, name="Agra Nuova")
    assert [problem.partition(":")[0] for problem in await refusal(folder)] == [
        "needs.csv, riga 2, colonna owner_code"
    ]


async def test_a_truncated_file_is_refused_and_nothing_changes(
    opened_database: Settings, folder: Path
) -> None:
    path = folder / "themes.csv"
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b'"')])
    assert "non sono mai chiuse" in (await refusal(folder))[0]


async def test_a_missing_file_is_refused_and_nothing_changes(opened_database: Settings, folder: Path) -> None:
    (folder / "borders.csv").unlink()
    assert await refusal(folder) == ["borders.csv: il file non esiste: controllare il nome e la cartella"]


async def test_a_failure_half_way_keeps_nothing(
    opened_database: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any) -> None:
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(loading, "_needs", fail)
    edit(folder, "municipalities", 2, name="Agra Nuova")
    before = await dump()
    with pytest.raises(RuntimeError):
        await loading.load(silent, folder)
    assert await dump() == before


SHIPPED = reference_files.read_contents(reference_files.shipped())
SMALL = ("functions", "sectors", "departments", "schools", "campuses", "provinces", "successions")


@given(st.data())
def test_any_cell_of_a_shipped_table_may_be_wrong_without_a_crash(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(SMALL))
    rows = list(csv.reader(io.StringIO(SHIPPED[table].decode(), newline="")))
    row = data.draw(st.integers(0, len(rows) - 1))
    rows[row][data.draw(st.integers(0, len(rows[row]) - 1))] = data.draw(st.text(max_size=30))
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    with suppress(BrokenTable):
        reference_files.parse({**SHIPPED, table: text.getvalue().encode("utf-8", "surrogatepass")})
