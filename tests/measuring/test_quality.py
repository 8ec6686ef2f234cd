"""`make quality`: what it measures on a folder that the test wrote, and what it says when something is missing."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

import quality
from raccordo.catalogue import Catalogue
from raccordo_graph import CODE_VERSION
from raccordo_graph.factors import WEIGHTS
from yardsticks import product, report
from yardsticks.folder import Evaluation

Shipped = tuple[Catalogue, dict[str, product.Written]]
BRIDGE = "il ponte trema quando passano i camion"


@pytest.fixture(scope="module")
def shipped() -> Shipped:
    return asyncio.run(product.shipped())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "needs").mkdir()
    return tmp_path


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / "needs" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def measured(folder: Path, shipped: Shipped) -> dict[str, float]:
    found = quality.measure(Evaluation(folder), *shipped).measured
    return {one.key: one.ours.value for one in found}


def reason(folder: Path, shipped: Shipped, key: str) -> str:
    return quality.measure(Evaluation(folder), *shipped).missing[key]


def best(shipped: Shipped, text: str) -> list[str]:
    seen = product.preview(shipped[0], product.Written(description=text))
    return [match.laboratory for match in seen.ranking.matches]


def test_without_a_folder_it_says_how_to_name_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert quality.main([]) == 2
    assert "make quality EVAL=FOLDER" in capsys.readouterr().err


def test_what_is_no_folder_is_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert quality.main([str(tmp_path / "nothing")]) == 2
    assert "nothing is not a folder" in capsys.readouterr().err


def test_an_empty_folder_measures_nothing_and_names_every_file(folder: Path, shipped: Shipped) -> None:
    found = quality.measure(Evaluation(folder), *shipped)
    assert (found.measured, found.tables) == ([], [])
    assert found.missing["needs_ndcg10"] == "needs/relevance.csv: not in the folder"
    assert set(found.missing) == set(report.KEYS)


def test_the_first_laboratory_alone_is_a_perfect_answer(folder: Path, shipped: Shipped) -> None:
    first, second, *_ = best(shipped, BRIDGE)
    write(folder, "lay", "id,text_it,functions_ok,themes_ok", f"L1,{BRIDGE},b|d,strade-ponti")
    write(folder, "lay_relevance", "id,laboratory,grade", f"L1,{first},3", f"L1,{second},1")
    found = measured(folder, shipped)
    assert found["lay_ndcg10"] == 1
    assert found["lay_theme_top3"] == 1


def test_a_need_is_read_as_the_product_has_it(folder: Path, shipped: Shipped) -> None:
    published, needs = shipped
    matches = product.preview(published, needs["N01"]).ranking.matches
    write(folder, "relevance", "need,laboratory,grade", f"N01,{matches[5].laboratory},2")
    assert measured(folder, shipped)["needs_recall5"] == 0


def test_the_ablation_takes_each_factor_away(folder: Path, shipped: Shipped) -> None:
    write(folder, "relevance", "need,laboratory,grade", "N01,ossad,3")
    table, *_ = quality.measure(Evaluation(folder), *shipped).tables
    assert list(table.rows) == ["all factors", *(f"without {name}" for name in WEIGHTS)]
    assert table.columns == ["needs_ndcg10", "needs_recall5"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["need,laboratory,grade", "N01,nowhere,3"], "the product has no laboratory nowhere"),
        (["need,laboratory,grade", "N999,ossad,3"], "the product has no need N999"),
        (["need,laboratory,grade", "N01,ossad,good"], "row 2: 'good' is not a number"),
        (["need,laboratory,mark", "N01,ossad,3"], "no column grade"),
        (["need,laboratory,grade"], "no row"),
    ],
)
def test_what_cannot_be_read_is_named(folder: Path, shipped: Shipped, lines: list[str], words: str) -> None:
    write(folder, "relevance", *lines)
    assert words in reason(folder, shipped, "needs_ndcg10")


def test_a_figure_without_a_case_leaves_the_others_alone(folder: Path, shipped: Shipped) -> None:
    write(folder, "relevance", "need,laboratory,grade", "N01,ossad,1")
    assert reason(folder, shipped, "needs_recall5") == "the cases tell nothing apart"
    assert "needs_ndcg10" in measured(folder, shipped)


def test_a_product_that_never_abstains_is_not_measured(
    folder: Path, shipped: Shipped, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(product, "abstains", lambda: None)
    write(folder, "abstention", "id,text_it,laboratory_fits", f"L1,{BRIDGE},yes", "L2,la stampante,no")
    assert "never says" in reason(folder, shipped, "abstention")


def test_abstaining_is_judged_on_both_kinds(
    folder: Path, shipped: Shipped, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(product, "abstains", lambda: lambda *_: True)
    write(folder, "abstention", "id,text_it,laboratory_fits", f"L1,{BRIDGE},yes", "L2,la stampante,no")
    assert measured(folder, shipped)["abstention"] == 0.5


def test_a_text_is_the_same_need_as_itself(folder: Path, shipped: Shipped) -> None:
    write(
        folder, "duplicates", "text_a,text_b,duplicate", f"{BRIDGE},{BRIDGE},yes", f"{BRIDGE},le zanzare,no"
    )
    assert measured(folder, shipped)["duplicates_f1"] == 1


def test_the_numbers_are_flat_and_have_their_intervals(
    folder: Path, shipped: Shipped, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "duplicates", "text_a,text_b,duplicate", f"{BRIDGE},{BRIDGE},yes")
    assert quality.main([str(folder)], tmp_path / "build" / "quality.json") == 0
    assert "not measured: needs/lay.csv: not in the folder" in capsys.readouterr().out
    written = json.loads((tmp_path / "build" / "quality.json").read_text("utf-8"))
    assert written == {"duplicates_f1": 1.0, "intervals": {"duplicates_f1": [1.0, 1.0]}}


def test_what_is_kept_for_the_page_is_what_was_measured(
    folder: Path, shipped: Shipped, tmp_path: Path
) -> None:
    best_of_all = best(shipped, BRIDGE)[0]
    write(folder, "lay", "id,text_it,functions_ok,themes_ok", f"1,{BRIDGE},b,strade-ponti")
    write(folder, "lay_relevance", "id,laboratory,grade", f"1,{best_of_all},3")
    shown = tmp_path / "shown.json"
    assert quality.main([str(folder)], tmp_path / "quality.json", shown) == 0
    assert not shown.exists()
    assert quality.main([str(folder), "--keep"], tmp_path / "quality.json", shown) == 0
    kept = json.loads(shown.read_text("utf-8"))
    [ranked] = [one for one in kept["figures"] if one["key"] == "lay_ndcg10"]
    assert (ranked["cases"], ranked["value"]) == (1, 1.0)
    seen = product.preview(shipped[0], product.Written(description=BRIDGE)).ranking.matches
    counts = {one["band"]: one["suggestions"] for one in kept["bands"]}
    assert counts == {band: sum(match.band == band for match in seen) for band in counts}
    assert next(one["good"] for one in kept["bands"] if one["band"] == seen[0].band) > 0
    assert kept["code_version"] == CODE_VERSION
