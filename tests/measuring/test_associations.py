"""`make associations`: what it measures on a folder that the test wrote, and what it says when something is missing."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

import associations_measure
from associations_measure import RealGroup, numbers, orders, real_groups, recalled
from raccordo.catalogue import Catalogue
from yardsticks import product
from yardsticks.folder import Evaluation, NotMeasured

PASTURO, BALLABIO, CREMENO, CAMPIONE = "097065", "097004", "097029", "013040"
HEAD = "n,function,members_istat"


@pytest.fixture(scope="module")
def published() -> Catalogue:
    return asyncio.run(product.shipped())[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "associations").mkdir()
    return tmp_path


def write(folder: Path, *lines: str) -> Evaluation:
    (folder / associations_measure.FILE).write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")
    return Evaluation(folder)


def test_without_a_folder_it_says_how_to_name_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert associations_measure.main([]) == 2
    assert "make associations EVAL=FOLDER" in capsys.readouterr().err


def test_what_is_no_folder_is_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert associations_measure.main([str(tmp_path / "nothing")]) == 2
    assert "nothing is not a folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([f"1,a,{PASTURO}|999999"], "row 2: no municipality of Lombardy has the code '999999'"),
        ([f"1,zz,{PASTURO}|{BALLABIO}"], "the product has no function zz"),
        (["1,a,013199|013228"], "no group of two municipalities or more"),  # one municipality since 2024
        ([], "no row"),
    ],
)
def test_what_cannot_be_read_is_named(
    folder: Path, published: Catalogue, lines: list[str], words: str
) -> None:
    with pytest.raises(NotMeasured, match=words):
        real_groups(write(folder, *lines), published)


def test_a_missing_file_is_named(folder: Path, published: Catalogue) -> None:
    with pytest.raises(NotMeasured, match=r"joint_projects\.csv: not in the folder"):
        real_groups(Evaluation(folder), published)


def test_a_group_is_read_by_todays_codes(folder: Path, published: Catalogue) -> None:
    (found,) = real_groups(write(folder, f"1,a,013199|{CAMPIONE}|013228"), published)
    assert found == RealGroup(function="a", members=(CAMPIONE, "013256"), connected=False)


def test_the_recall_is_a_share_of_what_could_be_found() -> None:
    group = RealGroup(function="a", members=("1", "2", "3"), connected=True)
    answers = {"1": ["2", "9", "8", "7", "6", "3"], "2": ["2", "1", "3"], "3": ["9"]}
    found = recalled([group], lambda code, _: answers[code])
    assert found == {5: [(0.5 + 1 + 0, 3.0)], 10: [(1 + 1 + 0, 3.0)]}


def test_everything_is_measured_on_the_same_groups(folder: Path, published: Catalogue) -> None:
    evaluation = write(folder, f"1,a,{PASTURO}|{BALLABIO}", f"2,g,{PASTURO}|{CREMENO}|{CAMPIONE}")
    groups = real_groups(evaluation, published)
    found = associations_measure.measure(groups, published)
    assert list(found) == list(orders(published))
    assert len(found) == 4
    told = numbers(groups, found)
    assert set(told) == {"recall5", "recall10", "by_function", "intervals"}
    assert told["by_function"]["a"] == {"recall5": 1.0, "recall10": 1.0}
    assert told["intervals"]["recall5"][0] <= told["recall5"] <= told["intervals"]["recall5"][1]
    assert json.loads(json.dumps(told)) == told
    text = "\n".join(associations_measure.lines(groups, found))
    assert "function g" in text
    assert "not contiguous" in text
